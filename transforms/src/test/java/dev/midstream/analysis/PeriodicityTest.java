package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.midstream.simd.Kernels;
import org.junit.jupiter.api.Test;

/** An interval is found at its lag, also where even cells and steps of the grid meet. */
class PeriodicityTest {
  /** A step of the grid is 3 %, and a cell 10 ms. */
  private static final double NEAR = 0.025;

  /** The row of the first kind, for two onsets so far apart. */
  private static float[] lags(long micros) {
    float[] weights = new float[2 * Onsets.KINDS];
    weights[0] = 1;
    weights[Onsets.KINDS] = 1;
    float[] cells = new float[Periodicity.CELLS * Onsets.KINDS];
    float[] energies = new float[Onsets.KINDS];
    energies[0] = 2;
    float[] rows = new float[TempoEvidence.ROWS];
    long[] times = {3_000_000, 3_000_000 + micros};
    Periodicity.addIntervals(Kernels.scalarSignals(), times, weights, 0, 2, cells);
    Periodicity.toLags(cells, new float[cells.length], energies, rows);
    float[] lags = new float[LagGrid.LAGS];
    System.arraycopy(rows, LagGrid.MARGIN, lags, 0, lags.length);
    return lags;
  }

  @Test
  void theHighestLagIsTheInterval() {
    for (long micros = 700_000; micros < 1_000_000; micros += 2_500) {
      float[] lags = lags(micros);
      int highest = 0;
      for (int lag = 1; lag < lags.length; lag++) {
        highest = lags[lag] > lags[highest] ? lag : highest;
      }
      assertThat(LagGrid.seconds(highest), closeTo(micros / 1e6, NEAR));
    }
  }

  @Test
  void whereBothKindsOfCellsMeetAnIntervalIsInBoth() {
    // Between the last lag that is read from even cells and the first that is read from steps.
    float[] lags = lags(855_000);
    assertThat(lags[114], greaterThan(0.2f));
    assertThat(lags[115], greaterThan(0.2f));
  }
}
