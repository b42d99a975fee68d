package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import org.junit.jupiter.api.Test;

class SparingTest {
  private static final long ASKING = 10_000;
  private static final long ANALYSIS = 100_000;

  private final Sparing sparing = new Sparing();

  /** Lets batches of 100 contents pass, of which {@code known} are known; how many are asked. */
  private int asked(int batches, int known) {
    int asked = 0;
    for (int batch = 0; batch < batches; batch++) {
      int analyzed = 100;
      if (sparing.isWorthAsking()) {
        sparing.asked(100, known, 100 * ASKING);
        analyzed -= known;
        asked++;
      } else {
        sparing.unasked();
      }
      sparing.analyzed(analyzed, analyzed * ANALYSIS);
    }
    return asked;
  }

  @Test
  void theFirstBatchIsAlwaysAskedAbout() {
    assertThat(sparing.isWorthAsking(), is(true));
    assertThat(asked(1, 0), is(1));
  }

  @Test
  void whereNothingIsKnownOneBatchInSixteenIs() {
    assertThat(asked(10 * Sparing.PROBE_BATCHES, 0), is(10));
  }

  @Test
  void whereMuchIsKnownEveryBatchIs() {
    assertThat(asked(100, 50), is(100));
    assertThat(asked(100, 100), is(100));
  }

  @Test
  void whereLittleIsKnownAnalysingIsCheaper() {
    assertThat(asked(10 * Sparing.PROBE_BATCHES, 5), is(10));
  }

  @Test
  void copiesThatBeginLateAreFoundAndTheirEndIsToo() {
    asked(100, 0);
    assertThat(asked(100, 100), is(greaterThan(80)));
    assertThat(asked(100, 0), is(lessThan(25)));
  }

  @Test
  void aBatchWithoutContentsTellsNothing() {
    sparing.asked(0, 0, 5);
    sparing.analyzed(0, 5);
    assertThat(sparing.isWorthAsking(), is(false));
    assertThat(asked(100, 100), is(greaterThan(80)));
  }
}
