package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.transforms.Progress.Snapshot;
import dev.midstream.transforms.RunStage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final int THREADS = 2;

  private final ProgressLine line =
      new ProgressLine(new PrintStream(new ByteArrayOutputStream()), false, THREADS);

  private String at(double seconds, Snapshot counts) {
    return line.describe(nanos(seconds), counts);
  }

  private static long nanos(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  /** What the threads have done after so many seconds of analysing and of writing. */
  private static Snapshot counts(
      long matched, long analyzed, long rejected, double analysis, double writing) {
    Map<RunStage, Long> nanos = new EnumMap<>(RunStage.class);
    for (RunStage stage : RunStage.values()) {
      nanos.put(stage, 0L);
    }
    nanos.put(RunStage.ANALYSIS, nanos(analysis));
    nanos.put(RunStage.WRITING, nanos(writing));
    return new Snapshot(matched, 0, analyzed, rejected, 0, nanos);
  }

  @Test
  void tellsRateAndLimitOfTheLastSecondsAndWhatIsLeftOnceMatchingIsDone() {
    assertThat(at(0, counts(0, 0, 0, 0, 0)), is("0 files found"));
    assertThat(at(1, counts(1000, 0, 0, 0, 0)), is("1,000 files found"));
    assertThat(
        at(2, counts(3000, 500, 10, 2.5, 1)),
        is("510 of 3,000 files, 255 files/s, 10 rejected, limited by analysis"));
    assertThat(
        at(9, counts(3000, 2000, 10, 3, 12)),
        is("2,010 of 3,000 files, 214 files/s, 10 rejected, 0:05 left, limited by writing"));
    assertThat(
        at(15, counts(3000, 2100, 10, 3.5, 12.5)),
        is(
            "2,110 of 3,000 files, 17 files/s, 10 rejected, 0:53 left,"
                + " limited by Beam and waiting"));
  }

  @Test
  void sharesAreOfTheTimeOfAllThreadsTheGreatestFirst() {
    Snapshot before = counts(0, 0, 0, 1, 1);
    TimeShares shares = new TimeShares(before, counts(9, 9, 0, 1.5, 13), nanos(10), THREADS);
    assertThat(shares.toString(), is("writing 60 %, Beam and waiting 38 %, analysis 3 %"));
    assertThat(shares.greatest(), is("writing"));
  }

  @Test
  void moreThreadsThanSlotsShareWhatTheyHaveSpent() {
    TimeShares shares =
        new TimeShares(counts(0, 0, 0, 0, 0), counts(9, 9, 0, 30, 10), nanos(10), THREADS);
    assertThat(shares.toString(), is("analysis 75 %, writing 25 %"));
  }

  @Test
  void nothingIsSaidOfWorkDoneElsewhere() {
    Snapshot nothing = counts(0, 0, 0, 0, 0);
    TimeShares shares = new TimeShares(nothing, nothing, nanos(10), THREADS);
    assertThat(shares.toString(), is(""));
    assertThat(shares.greatest(), is(""));
  }
}
