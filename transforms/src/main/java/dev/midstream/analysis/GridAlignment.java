package dev.midstream.analysis;

/**
 * How strongly onsets sit on the file's own tick grid, 0 (anywhere) … 1 (always): the larger of the
 * circular means at a sixteenth note and at a triplet eighth. A file that was played in freely and
 * carries a tempo event that means nothing scores near 0.
 */
final class GridAlignment {
  /** Steps of the table of cosines, which over sums of many onsets is as good as cosines. */
  private static final int TURN = 1 << 10;

  private static final float[] COSINES = new float[TURN];

  static {
    for (int i = 0; i < COSINES.length; i++) {
      COSINES[i] = (float) Math.cos(2 * Math.PI * i / TURN);
    }
  }

  private GridAlignment() {}

  static double of(NoteTimeline notes, int division) {
    return Math.max(resultant(notes, 4.0 / division), resultant(notes, 3.0 / division));
  }

  private static double resultant(NoteTimeline notes, double turnsPerTick) {
    int[] ticks = notes.startTicks();
    double cos = 0;
    double sin = 0;
    int onsets = 0;
    int previous = -1;
    for (int i = 0; i < notes.size(); i++) {
      int tick = ticks[i];
      if (tick != previous) {
        // Rounded, so that a tick on the grid is at the angle 0 and not just before it.
        int angle = (int) (long) Math.rint(tick * turnsPerTick * TURN) & TURN - 1;
        cos += COSINES[angle];
        sin += COSINES[angle + TURN * 3 / 4 & TURN - 1];
        onsets++;
        previous = tick;
      }
    }
    return onsets == 0 ? 0 : Math.hypot(cos, sin) / onsets;
  }
}
