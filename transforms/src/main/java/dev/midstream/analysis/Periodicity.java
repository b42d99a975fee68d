package dev.midstream.analysis;

/**
 * How strongly onsets repeat after each lag: the autocorrelation of the train of onsets, summed
 * over its pairs, for all kinds of evidence at once. Plain loops over arrays of fixed shapes.
 */
final class Periodicity {
  /** The longest lag in seconds, and the length of a window. */
  static final int SECONDS = 8;

  /** Width of a bin of the histogram of intervals, in microseconds. */
  static final int BIN_MICROS = 10_000;

  /** Bins of the histogram of intervals. */
  static final int BINS = SECONDS * 1_000_000 / BIN_MICROS;

  /** Half the width of the triangle that smooths, in seconds, and as a share of the lag. */
  private static final double SMOOTH_SECONDS = 0.025;

  private static final double SMOOTH_SHARE = 0.035;

  private static final int[] FIRST = new int[LagGrid.LAGS];
  private static final float[][] TRIANGLES = new float[LagGrid.LAGS][];

  static {
    for (int lag = 0; lag < LagGrid.LAGS; lag++) {
      double centre = LagGrid.seconds(lag) * 1e6 / BIN_MICROS;
      double half = Math.max(SMOOTH_SECONDS * 1e6 / BIN_MICROS, SMOOTH_SHARE * centre);
      int first = Math.max(1, (int) Math.ceil(centre - half));
      int last = Math.min(BINS - 1, (int) (centre + half));
      FIRST[lag] = first;
      TRIANGLES[lag] = new float[Math.max(0, last - first + 1)];
      for (int bin = first; bin <= last; bin++) {
        TRIANGLES[lag][bin - first] = (float) (1 - Math.abs(bin - centre) / half);
      }
    }
  }

  private Periodicity() {}

  /**
   * Adds the products of the weights of all pairs of onsets, by their interval.
   *
   * @param micros times, ascending, entries {@code from … to-1}, within {@link #SECONDS}
   * @param weights {@link Onsets#KINDS} for each onset
   * @param histogram {@link #BINS} times {@link Onsets#KINDS}
   */
  static void addIntervals(long[] micros, float[] weights, int from, int to, float[] histogram) {
    for (int i = from; i < to; i++) {
      long time = micros[i];
      for (int j = i + 1; j < to; j++) {
        int bin = (int) (micros[j] - time + BIN_MICROS / 2) / BIN_MICROS;
        if (bin >= BINS) {
          break;
        }
        int into = bin * Onsets.KINDS;
        for (int kind = 0; kind < Onsets.KINDS; kind++) {
          histogram[into + kind] +=
              weights[i * Onsets.KINDS + kind] * weights[j * Onsets.KINDS + kind];
        }
      }
    }
  }

  /**
   * Smooths a histogram of intervals onto the grid of lags.
   *
   * @param into {@link Onsets#KINDS} rows of {@link LagGrid#LAGS}
   */
  static void toLags(float[] histogram, float[] into) {
    for (int lag = 0; lag < LagGrid.LAGS; lag++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      float s4 = 0;
      float s5 = 0;
      float s6 = 0;
      float s7 = 0;
      float[] triangle = TRIANGLES[lag];
      int bin = FIRST[lag] * Onsets.KINDS;
      for (float weight : triangle) {
        s0 += weight * histogram[bin];
        s1 += weight * histogram[bin + 1];
        s2 += weight * histogram[bin + 2];
        s3 += weight * histogram[bin + 3];
        s4 += weight * histogram[bin + 4];
        s5 += weight * histogram[bin + 5];
        s6 += weight * histogram[bin + 6];
        s7 += weight * histogram[bin + 7];
        bin += Onsets.KINDS;
      }
      into[lag] = s0;
      into[LagGrid.LAGS + lag] = s1;
      into[2 * LagGrid.LAGS + lag] = s2;
      into[3 * LagGrid.LAGS + lag] = s3;
      into[4 * LagGrid.LAGS + lag] = s4;
      into[5 * LagGrid.LAGS + lag] = s5;
      into[6 * LagGrid.LAGS + lag] = s6;
      into[7 * LagGrid.LAGS + lag] = s7;
    }
  }
}
