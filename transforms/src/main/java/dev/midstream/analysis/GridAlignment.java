package dev.midstream.analysis;

/**
 * How strongly onsets sit on the file's own tick grid, 0 (anywhere) … 1 (always): the larger of the
 * circular means at a sixteenth note and at a triplet eighth. A file that was played in freely and
 * carries a tempo event that means nothing scores near 0.
 */
final class GridAlignment {
  private GridAlignment() {}

  static double of(NoteTimeline notes, int division) {
    return Math.max(resultant(notes, division / 4.0), resultant(notes, division / 3.0));
  }

  private static double resultant(NoteTimeline notes, double gridTicks) {
    double cos = 0;
    double sin = 0;
    int onsets = 0;
    int previous = -1;
    for (int i = 0; i < notes.size(); i++) {
      int tick = notes.startTicks()[i];
      if (tick != previous) {
        double angle = 2 * Math.PI * (tick / gridTicks % 1);
        cos += Math.cos(angle);
        sin += Math.sin(angle);
        onsets++;
        previous = tick;
      }
    }
    return onsets == 0 ? 0 : Math.hypot(cos, sin) / onsets;
  }
}
