package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** The way of the beat through windows that leave no doubt. */
class TempoPathTest {
  private static TempoPath through(int... steps) {
    TempoPath path = new TempoPath();
    path.reset(steps.length);
    for (int w = 0; w < steps.length; w++) {
      float[] scores = path.scores(w);
      for (int i = 0; i < LagGrid.BEATS; i++) {
        scores[i] = i == steps[w] ? 0 : -100;
      }
    }
    path.find();
    return path;
  }

  @Test
  void whereTempoHoldsNothingDrifts() {
    TempoPath path = through(40, 40, 40, 40);
    for (int w = 0; w < 4; w++) {
      assertThat(path.drift(w), is(0.0));
    }
  }

  @Test
  void driftsAreFromTheMedianBeatOfWhichFastWindowsHaveMore() {
    // As many windows of fast beats as of slow ones, which are a quarter longer.
    TempoPath path = through(40, 40, 40, 40, 40, 40, 48, 48, 48, 48, 48, 48);
    assertThat(path.drift(0), is(greaterThan(-2.0)));
    assertThat(path.drift(11), closeTo(path.drift(0) + 8, 1e-9));
  }

  @Test
  void anotherLevelOfTheMetreIsNoDrift() {
    // Octave, twelfth, fifth and fourth.
    for (int level : new int[] {24, 38, 14, 10}) {
      TempoPath path = through(40, 40, 40, 40 + level, 40 + level, 40, 40);
      for (int w = 0; w < 7; w++) {
        assertThat(level + " steps, window " + w, path.drift(w), is(0.0));
      }
    }
  }
}
