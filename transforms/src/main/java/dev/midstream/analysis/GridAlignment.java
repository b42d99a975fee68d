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
  private static final float[] WAVES = new float[STEPS * 6];

  static {
    for (int step = 0; step < STEPS; step++) {
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

  /**
   * Measures.
   *
   * @param division ticks a quarter note, more than 0
   */
  double of(NoteTimeline notes, int division) {
    int[] ticks = notes.startTicks();
    int size = notes.size();
    if (size > SAMPLES * SAMPLE_NOTES) {
      Arrays.fill(counts, 0);
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
    Arrays.fill(counts, 0);
    return alignment(count(ticks, 0, size, division));
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

  /**
   * Counts onsets by their place in the quarter note; returns how many there are. No branch: nobody
   * could guess which notes are one chord, and where the next quarter note begins.
   */
  private int count(int[] ticks, int from, int to, int division) {
    double perTick = 1.0 / division;
    int onsets = 0;
    int previous = -1;
    for (int i = from; i < to; i++) {
      int tick = ticks[i];
      double quarters = tick * perTick;
      int step = (int) ((quarters - (int) quarters) * STEPS + NoteTimeline.ROUNDING);
      // 1 for the first note of a tick: ticks ascend.
      int isNew = (previous - tick) >>> 31;
      counts[step] += isNew;
      onsets += isNew;
      previous = tick;
    }
    return onsets;
  }

  /** The square of the longest of the three sums over onsets of {@link #WAVES}. */
  private double largest() {
    double cos4 = 0;
    double sin4 = 0;
    double cos6 = 0;
    double sin6 = 0;
    double cos8 = 0;
    double sin8 = 0;
    for (int step = 0; step < STEPS; step++) {
      int count = counts[step];
      if (count != 0) {
        int at = step * 6;
        cos4 += count * WAVES[at];
        sin4 += count * WAVES[at + 1];
        cos6 += count * WAVES[at + 2];
        sin6 += count * WAVES[at + 3];
        cos8 += count * WAVES[at + 4];
        sin8 += count * WAVES[at + 5];
      }
    }
    return Math.max(
        cos4 * cos4 + sin4 * sin4, Math.max(cos6 * cos6 + sin6 * sin6, cos8 * cos8 + sin8 * sin8));
  }
}
