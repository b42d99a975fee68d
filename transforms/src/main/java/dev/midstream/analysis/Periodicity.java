package dev.midstream.analysis;

/**
 * How strongly onsets repeat after each lag: the autocorrelation of the train of onsets, summed
 * over its pairs, for all kinds of evidence at once. Intervals are counted in cells: of 10 ms as
 * far as onsets jitter by more than a step of the {@linkplain LagGrid grid}, and from 0.87 s on in
 * the steps themselves. Plain loops over arrays of fixed shapes.
 */
final class Periodicity {
  /** The longest lag in seconds, and the length of a window. */
  static final int SECONDS = 8;

  private static final int CELL_MICROS = 10_000;
  private static final int EVEN_CELLS = 88;

  /** The first lag that is read from steps. */
  private static final int FIRST_STEP = 115;

  /** Cells of intervals: even ones, then the grid's from the step before the first. */
  static final int CELLS = EVEN_CELLS + LagGrid.LAGS - FIRST_STEP + 1;

  /** Half the width of the triangle that smooths even cells. */
  private static final double SMOOTH_MICROS = 25_000;

  private static final double SMOOTH_SHARE = 0.035;

  /** The same triangle over steps: its mean over the step itself and over each neighbour. */
  private static final float CENTRE = 0.79f;

  private static final float NEIGHBOUR = 0.2f;

  /** Intervals in units of 2.5 ms to cells. */
  private static final int UNIT_MICROS = 2_500;

  /** Keeps the edges of units away from round numbers, where a microsecond must not decide. */
  private static final int OFFSET_MICROS = 617;

  private static final int UNITS = SECONDS * 1_000_000 / UNIT_MICROS + 1;
  private static final short[] CELL_OF = new short[UNITS];

  /** Where both kinds of cells meet, the cell of the other kind; else −1. */
  private static final short[] ALSO = new short[UNITS];

  private static final int[] FIRST = new int[FIRST_STEP];
  private static final float[][] TRIANGLES = new float[FIRST_STEP][];

  static {
    for (int unit = 0; unit < UNITS; unit++) {
      double seconds = ((unit + 0.5) * UNIT_MICROS - OFFSET_MICROS) / 1e6;
      int even = (int) (seconds * 1e6 / CELL_MICROS);
      int step = (int) Math.rint(LagGrid.step(seconds)) - FIRST_STEP + 1;
      boolean inSteps = step >= 0 && step <= LagGrid.LAGS - FIRST_STEP;
      boolean isEven = even < EVEN_CELLS;
      CELL_OF[unit] =
          (short) (isEven ? even : EVEN_CELLS + Math.min(step, LagGrid.LAGS - FIRST_STEP));
      ALSO[unit] = (short) (isEven && inSteps ? EVEN_CELLS + step : -1);
    }
    for (int lag = 0; lag < FIRST_STEP; lag++) {
      double centre = LagGrid.seconds(lag) * 1e6;
      double half = Math.max(SMOOTH_MICROS, SMOOTH_SHARE * centre);
      int first = (int) Math.max(0, (centre - half) / CELL_MICROS);
      int last = (int) Math.min(EVEN_CELLS - 1, (centre + half) / CELL_MICROS);
      FIRST[lag] = first;
      TRIANGLES[lag] = new float[last - first + 1];
      for (int cell = first; cell <= last; cell++) {
        double off = Math.abs((cell + 0.5) * CELL_MICROS - centre);
        TRIANGLES[lag][cell - first] = (float) Math.max(0, 1 - off / half);
      }
    }
  }

  private Periodicity() {}

  /**
   * Adds the products of the weights of all pairs of onsets, by their interval.
   *
   * @param micros times, ascending, entries {@code from … to-1}, within {@link #SECONDS}
   * @param weights {@link Onsets#KINDS} for each onset
   * @param cells {@link #CELLS} times {@link Onsets#KINDS}
   */
  static void addIntervals(long[] micros, float[] weights, int from, int to, float[] cells) {
    for (int i = from; i < to; i++) {
      long time = micros[i];
      for (int j = i + 1; j < to; j++) {
        int unit = ((int) (micros[j] - time) + OFFSET_MICROS) / UNIT_MICROS;
        addProducts(weights, i, j, cells, CELL_OF[unit]);
        if (ALSO[unit] >= 0) {
          addProducts(weights, i, j, cells, ALSO[unit]);
        }
      }
    }
  }

  private static void addProducts(float[] weights, int i, int j, float[] cells, int cell) {
    int a = i * Onsets.KINDS;
    int b = j * Onsets.KINDS;
    int into = cell * Onsets.KINDS;
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      cells[into + kind] += weights[a + kind] * weights[b + kind];
    }
  }

  /**
   * Smooths cells of intervals onto the grid of lags.
   *
   * @param cells {@link #CELLS} times {@link Onsets#KINDS}
   * @param into {@link Onsets#KINDS} rows of {@link LagGrid#LAGS}
   */
  static void toLags(float[] cells, float[] into) {
    // A sum of its own for each kind: they do not wait for each other.
    for (int lag = 0; lag < FIRST_STEP; lag++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      float s4 = 0;
      float s5 = 0;
      float s6 = 0;
      float s7 = 0;
      int cell = FIRST[lag] * Onsets.KINDS;
      for (float weight : TRIANGLES[lag]) {
        s0 += weight * cells[cell];
        s1 += weight * cells[cell + 1];
        s2 += weight * cells[cell + 2];
        s3 += weight * cells[cell + 3];
        s4 += weight * cells[cell + 4];
        s5 += weight * cells[cell + 5];
        s6 += weight * cells[cell + 6];
        s7 += weight * cells[cell + 7];
        cell += Onsets.KINDS;
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
    for (int lag = FIRST_STEP; lag < LagGrid.LAGS; lag++) {
      int centre = (EVEN_CELLS + lag - FIRST_STEP + 1) * Onsets.KINDS;
      boolean isLast = lag == LagGrid.LAGS - 1;
      for (int kind = 0; kind < Onsets.KINDS; kind++) {
        float after = isLast ? 0 : cells[centre + Onsets.KINDS + kind];
        float before = cells[centre - Onsets.KINDS + kind];
        into[kind * LagGrid.LAGS + lag] =
            CENTRE * cells[centre + kind] + NEIGHBOUR * (before + after);
      }
    }
  }
}
