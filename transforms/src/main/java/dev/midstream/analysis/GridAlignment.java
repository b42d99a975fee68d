package dev.midstream.analysis;

/**
 * How strongly onsets sit on the file's own tick grid, 0 (anywhere) … 1 (always): the largest of
 * the circular means at sixteenth notes, triplet sixteenths and thirty-second notes. A file that
 * was played in freely and carries a tempo event that means nothing scores near 0.
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

  /**
   * Measures.
   *
   * @param division ticks a quarter note, more than 0
   */
  static double of(NoteTimeline notes, int division) {
    // Of a quarter note, in turns of half of it: a 1/8 turns four times, a 1/6 three times.
    int[] ticks = notes.startTicks();
    double fourCos = 0;
    double fourSin = 0;
    double sixCos = 0;
    double sixSin = 0;
    double eightCos = 0;
    double eightSin = 0;
    int onsets = 0;
    int previous = -1;
    for (int i = 0; i < notes.size(); i++) {
      int tick = ticks[i];
      if (tick != previous) {
        // Rounded, so that a tick on the grid is at the angle 0 and not just before it.
        // Divided, not multiplied by a reciprocal: the same for all divisions that say the same.
        double turns = 2.0 * TURN * tick / division;
        int four = angle(2 * turns);
        int six = angle(3 * turns);
        int eight = angle(4 * turns);
        fourCos += COSINES[four];
        fourSin += COSINES[four + TURN * 3 / 4 & TURN - 1];
        sixCos += COSINES[six];
        sixSin += COSINES[six + TURN * 3 / 4 & TURN - 1];
        eightCos += COSINES[eight];
        eightSin += COSINES[eight + TURN * 3 / 4 & TURN - 1];
        onsets++;
        previous = tick;
      }
    }
    double largest =
        Math.max(
            fourCos * fourCos + fourSin * fourSin,
            Math.max(sixCos * sixCos + sixSin * sixSin, eightCos * eightCos + eightSin * eightSin));
    return onsets == 0 ? 0 : Math.min(1, Math.sqrt(largest) / onsets);
  }

  private static int angle(double turns) {
    return (int) (long) Math.rint(turns) & TURN - 1;
  }
}
