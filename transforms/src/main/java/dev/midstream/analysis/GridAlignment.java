package dev.midstream.analysis;

import java.util.Arrays;

/**
 * How strongly onsets sit on the file's own tick grid, 0 (anywhere) … 1 (always): the largest of
 * the circular means at sixteenth notes, triplet sixteenths and thirty-second notes. A file that
 * was played in freely and carries a tempo event that means nothing scores near 0. Holds the counts
 * of the file last read; one thread.
 */
final class GridAlignment {
  /** Steps of a quarter note in which onsets are counted: a multiple of all three grids. */
  static final int STEPS = 384;

  /** Of a quarter note, the turns of the three circular means. */
  private static final int[] TURNS = {4, 6, 8};

  /** The cosine and the sine at each step for each of {@link #TURNS}, side by side. */
  private static final float[] WAVES = new float[(STEPS + 1) * 6];

  /** Puts what is midway between two steps, but for rounding, always into the later one. */
  private static final double ROUND = 0.5 + 1e-9;

  static {
    for (int step = 0; step <= STEPS; step++) {
      for (int wave = 0; wave < TURNS.length; wave++) {
        double angle = 2 * Math.PI * step * TURNS[wave] / STEPS;
        WAVES[step * 6 + 2 * wave] = (float) Math.cos(angle);
        WAVES[step * 6 + 2 * wave + 1] = (float) Math.sin(angle);
      }
    }
  }

  /** So many samples of so many notes are enough to see that a file sits on its grid. */
  private static final int SAMPLES = 16;

  private static final int SAMPLE_NOTES = 32;

  /** With this or more in the samples the file is on its grid, whatever the other notes do. */
  private static final double PLAIN = 0.4;

  /** And with less it is not. Between the two all notes are looked at. */
  private static final double NONE = 0.06;

  /** One more than steps: what is rounded up to the next quarter note. */
  private final int[] counts = new int[STEPS + 1];

  /** The sums over onsets of each of {@link #WAVES}. */
  private double cos4;

  private double sin4;
  private double cos6;
  private double sin6;
  private double cos8;
  private double sin8;

  /**
   * Measures.
   *
   * @param division ticks a quarter note, more than 0
   */
  double of(NoteTimeline notes, int division) {
    int[] ticks = notes.startTicks();
    int size = notes.size();
    if (size > SAMPLES * SAMPLE_NOTES) {
      clear();
      int onsets = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        int from = (int) ((long) (size - SAMPLE_NOTES) * sample / (SAMPLES - 1));
        onsets += count(ticks, from, from + SAMPLE_NOTES, division);
      }
      double alignment = alignment(onsets);
      if (alignment >= PLAIN || alignment < NONE) {
        return alignment;
      }
    }
    clear();
    return alignment(count(ticks, 0, size, division));
  }

  private void clear() {
    Arrays.fill(counts, 0);
    cos4 = 0;
    sin4 = 0;
    cos6 = 0;
    sin6 = 0;
    cos8 = 0;
    sin8 = 0;
  }

  private double alignment(int onsets) {
    counts[0] += counts[STEPS];
    counts[STEPS] = 0;
    return onsets == 0 ? 0 : Math.min(1, Math.sqrt(largest()) / onsets);
  }

  /**
   * Onsets of the file last measured by their place in the quarter note, in {@link #STEPS} equal
   * parts; all of them, or samples of a large file. They belong to this object.
   */
  int[] counts() {
    return counts;
  }

  /** Counts onsets by their place in the quarter note; returns how many there are. */
  private int count(int[] ticks, int from, int to, int division) {
    double perTick = (double) STEPS / division;
    int onsets = 0;
    double c4 = 0;
    double s4 = 0;
    double c6 = 0;
    double s6 = 0;
    double c8 = 0;
    double s8 = 0;
    int previous = -1;
    int quarter = ticks[from] - ticks[from] % division;
    for (int i = from; i < to; i++) {
      int tick = ticks[i];
      if (tick != previous) {
        if (tick - quarter >= division) {
          quarter = tick - tick % division;
        }
        int step = (int) ((tick - quarter) * perTick + ROUND);
        counts[step]++;
        int at = step * 6;
        c4 += WAVES[at];
        s4 += WAVES[at + 1];
        c6 += WAVES[at + 2];
        s6 += WAVES[at + 3];
        c8 += WAVES[at + 4];
        s8 += WAVES[at + 5];
        onsets++;
        previous = tick;
      }
    }
    cos4 += c4;
    sin4 += s4;
    cos6 += c6;
    sin6 += s6;
    cos8 += c8;
    sin8 += s8;
    return onsets;
  }

  /** The square of the largest of the three sums. */
  private double largest() {
    return Math.max(
        cos4 * cos4 + sin4 * sin4, Math.max(cos6 * cos6 + sin6 * sin6, cos8 * cos8 + sin8 * sin8));
  }
}
