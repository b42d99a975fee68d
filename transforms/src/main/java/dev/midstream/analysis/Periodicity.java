package dev.midstream.analysis;

import dev.midstream.simd.SignalKernel;

/**
 * How strongly onsets repeat after each lag: the autocorrelation of the train of onsets, summed
 * over its pairs, for all kinds of evidence at once. Intervals are counted in cells: of 10 ms as
 * far as onsets jitter by more than a step of the {@linkplain LagGrid grid}, and from 0.87 s on in
 * the steps themselves. Where the two meet, an interval belongs to a cell of either kind: there it
 * is counted in a part that no edge of either divides, so that each pair of onsets adds to one
 * cell, and the parts are added to both. Plain loops over arrays of fixed shapes.
 */
final class Periodicity {
  /** The longest lag in seconds, and the length of a window. */
  static final int SECONDS = 8;

  private static final int CELL_MICROS = 10_000;
  private static final int EVEN_CELLS = 88;

  /** The first lag that is read from steps. */
  private static final int FIRST_STEP = 115;

  /** Cells of intervals: even ones, then the grid's from the step before the first. */
  private static final int OWN_CELLS = EVEN_CELLS + LagGrid.LAGS - FIRST_STEP + 1;

  /** Room for the parts of cells. */
  private static final int MOST_PARTS = 12;

  /** All cells that {@link #addIntervals} counts in. */
  static final int CELLS = OWN_CELLS + MOST_PARTS;

  /** Weights of an even cell, its neighbours and theirs: a triangle of some 25 ms to both sides. */
  private static final float EVEN_CENTRE = 1;

  private static final float EVEN_NEIGHBOUR = 0.625f;
  private static final float EVEN_FAR = 0.125f;

  /** The same triangle over steps: its mean over the step itself and over each neighbour. */
  private static final float CENTRE = 0.79f;

  private static final float NEIGHBOUR = 0.2f;

  private static final int UNITS = SECONDS * 1_000_000 / SignalKernel.UNIT_MICROS + 1;

  /** For each unit of an interval the first number of its cell. */
  private static final int[] CELL_OF = new int[UNITS];

  /** The even cell that each part is of. */
  private static final int[] EVEN_OF = new int[MOST_PARTS];

  /** And the step. */
  private static final int[] STEP_OF = new int[MOST_PARTS];

  private static final int PARTS;

  /** The even cell whose centre is the last before a lag. */
  private static final int[] BEFORE = new int[FIRST_STEP];

  /** How much of the lag the cell after it has: lags lie between the centres of cells. */
  private static final float[] SHARE_AFTER = new float[FIRST_STEP];

  static {
    int parts = 0;
    for (int unit = 0; unit < UNITS; unit++) {
      // Edges of units keep away from round numbers, where a microsecond must not decide.
      double seconds = ((unit + 0.5) * SignalKernel.UNIT_MICROS - SignalKernel.OFFSET_MICROS) / 1e6;
      int even = (int) (seconds * 1e6 / CELL_MICROS);
      int step = (int) Math.rint(LagGrid.step(seconds)) - FIRST_STEP + 1;
      int ofSteps = EVEN_CELLS + Math.min(step, LagGrid.LAGS - FIRST_STEP);
      int cell = even < EVEN_CELLS ? even : ofSteps;
      if (even < EVEN_CELLS && step >= 0) {
        if (parts == 0 || EVEN_OF[parts - 1] != even || STEP_OF[parts - 1] != ofSteps) {
          EVEN_OF[parts] = even;
          STEP_OF[parts++] = ofSteps;
        }
        cell = OWN_CELLS + parts - 1;
      }
      CELL_OF[unit] = cell * Onsets.KINDS;
    }
    PARTS = parts;
    for (int lag = 0; lag < FIRST_STEP; lag++) {
      double cell = Math.max(0, LagGrid.seconds(lag) * 1e6 / CELL_MICROS - 0.5);
      BEFORE[lag] = Math.min(EVEN_CELLS - 2, (int) cell);
      SHARE_AFTER[lag] = (float) Math.min(1, cell - BEFORE[lag]);
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
  static void addIntervals(
      SignalKernel kernel, long[] micros, float[] weights, int from, int to, float[] cells) {
    kernel.addPairs(micros, weights, from, to, CELL_OF, cells);
  }

  /**
   * Smooths cells of intervals onto the grid of lags.
   *
   * @param cells {@link #CELLS} times {@link Onsets#KINDS}; changed
   * @param smooth scratch of the same size
   * @param energies only kinds that have any get a row
   * @param into {@link Onsets#KINDS} rows of {@link LagGrid#STRIDE}; those of other kinds stay
   */
  static void toLags(float[] cells, float[] smooth, float[] energies, float[] into) {
    shareOut(cells);
    smooth(cells, smooth);
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      if (energies[kind] > 0) {
        toLags(smooth, kind, into);
      }
    }
  }

  /** Adds what was counted in parts to the cells that they are parts of. */
  private static void shareOut(float[] cells) {
    for (int part = 0; part < PARTS; part++) {
      int from = (OWN_CELLS + part) * Onsets.KINDS;
      int even = EVEN_OF[part] * Onsets.KINDS;
      int step = STEP_OF[part] * Onsets.KINDS;
      for (int kind = 0; kind < Onsets.KINDS; kind++) {
        cells[even + kind] += cells[from + kind];
        cells[step + kind] += cells[from + kind];
      }
    }
  }

  private static void toLags(float[] smooth, int kind, float[] into) {
    int row = kind * LagGrid.STRIDE + LagGrid.MARGIN;
    for (int lag = 0; lag < FIRST_STEP; lag++) {
      int cell = BEFORE[lag] * Onsets.KINDS + kind;
      float before = smooth[cell];
      into[row + lag] = before + SHARE_AFTER[lag] * (smooth[cell + Onsets.KINDS] - before);
    }
    int cell = (EVEN_CELLS + 1) * Onsets.KINDS + kind;
    for (int lag = FIRST_STEP; lag < LagGrid.LAGS; lag++) {
      into[row + lag] = smooth[cell];
      cell += Onsets.KINDS;
    }
  }

  /** Cells, side by side for all kinds, in two long loops that the compiler makes vectors of. */
  private static void smooth(float[] cells, float[] smooth) {
    final int k = Onsets.KINDS;
    for (int kind = 0; kind < k; kind++) {
      // No interval is shorter than an onset: there is nothing before the first cell.
      int low = kind;
      smooth[low] =
          EVEN_CENTRE * cells[low]
              + EVEN_NEIGHBOUR * cells[low + k]
              + EVEN_FAR * cells[low + 2 * k];
      int high = (EVEN_CELLS - 1) * k + kind;
      smooth[high] =
          EVEN_CENTRE * cells[high]
              + EVEN_NEIGHBOUR * cells[high - k]
              + EVEN_FAR * cells[high - 2 * k];
      low += k;
      smooth[low] =
          EVEN_CENTRE * cells[low]
              + EVEN_NEIGHBOUR * (cells[low - k] + cells[low + k])
              + EVEN_FAR * cells[low + 2 * k];
      high -= k;
      smooth[high] =
          EVEN_CENTRE * cells[high]
              + EVEN_NEIGHBOUR * (cells[high + k] + cells[high - k])
              + EVEN_FAR * cells[high - 2 * k];
    }
    for (int i = 2 * k; i < (EVEN_CELLS - 2) * k; i++) {
      smooth[i] =
          EVEN_CENTRE * cells[i]
              + EVEN_NEIGHBOUR * (cells[i - k] + cells[i + k])
              + EVEN_FAR * (cells[i - 2 * k] + cells[i + 2 * k]);
    }
    for (int i = (EVEN_CELLS + 1) * k; i < (OWN_CELLS - 1) * k; i++) {
      smooth[i] = CENTRE * cells[i] + NEIGHBOUR * (cells[i - k] + cells[i + k]);
    }
    for (int i = (OWN_CELLS - 1) * k; i < OWN_CELLS * k; i++) {
      smooth[i] = CENTRE * cells[i] + NEIGHBOUR * cells[i - k];
    }
  }
}
