package dev.midstream.analysis;

/**
 * How the file's own beat is divided, from where in the quarter note its onsets lie: the off-beat
 * eighths in the middle (straight), at two thirds with the first third in use (triplet), or later
 * than the middle without it (swung). Only for notes on the file's grid.
 */
final class Groove {
  /** Steps of a quarter note. */
  private static final int STEPS = 96;

  private static final int FINER = GridAlignment.STEPS / STEPS;

  /**
   * Where an off-beat eighth can lie: from 0.44 to 0.70 of a quarter note, short of the last
   * sixteenth.
   */
  private static final int OFF_FROM = 42;

  private static final int OFF_TO = 67;

  /** From here on it is late: 0.54. */
  private static final int LATE = 52;

  /** The first third, 0.29 to 0.38. */
  private static final int THIRD_FROM = 28;

  private static final int THIRD_TO = 36;

  /** Half of the off-beat onsets must be this near to their median; else it means nothing. */
  private static final int NEAR = 2;

  private static final int FEWEST = 12;

  private Groove() {}

  /** Straight, triplet or swung, of the file last measured; null where hardly anything is off. */
  static Analysis.Groove of(GridAlignment grid) {
    int[] counts = new int[STEPS];
    for (int step = 0; step < GridAlignment.STEPS; step++) {
      counts[(step + FINER / 2) / FINER % STEPS] += grid.counts()[step];
    }
    int off = sum(counts, OFF_FROM, OFF_TO);
    if (off < FEWEST) {
      return Analysis.Groove.UNKNOWN;
    }
    int median = OFF_FROM;
    for (int passed = counts[median]; passed * 2 < off; passed += counts[median]) {
      median++;
    }
    if (2 * sum(counts, median - NEAR, median + NEAR) < off) {
      return Analysis.Groove.UNKNOWN;
    }
    float ratio = Math.round(100f * median / (STEPS - median)) / 100f;
    if (median < LATE) {
      return new Analysis.Groove(Analysis.Grid.STRAIGHT, ratio);
    }
    boolean thirds = sum(counts, THIRD_FROM, THIRD_TO) * 3 >= off;
    return new Analysis.Groove(thirds ? Analysis.Grid.TRIPLET : Analysis.Grid.SWUNG, ratio);
  }

  private static int sum(int[] counts, int from, int to) {
    int sum = 0;
    for (int i = from; i <= to; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
