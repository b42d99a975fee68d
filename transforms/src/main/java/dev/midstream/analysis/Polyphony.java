package dev.midstream.analysis;

/**
 * How many notes sound at once, on all channels: a sweep over the starts that keeps the ends of
 * what still sounds; a note that ends where another starts does not overlap it.
 *
 * @param max the most at once
 * @param mean the average while any sounds, weighted by ticks
 */
record Polyphony(int max, double mean) {

  static Polyphony of(NoteTimeline notes) {
    int[] starts = notes.startTicks();
    int[] ends = notes.endTicks();
    TickHeap sounding = new TickHeap();
    int max = 0;
    long noteTicks = 0;
    long soundingTicks = 0;
    int soundingTo = 0;
    for (int i = 0; i < notes.size(); i++) {
      int start = starts[i];
      int end = ends[i];
      while (sounding.size() > 0 && sounding.first() <= start) {
        sounding.removeFirst();
      }
      sounding.add(end);
      max = Math.max(max, sounding.size());
      noteTicks += end - start;
      if (end > soundingTo) {
        soundingTicks += end - Math.max(start, soundingTo);
        soundingTo = end;
      }
    }
    // Notes at the last tick there is have no length at all.
    return new Polyphony(max, soundingTicks == 0 ? max : (double) noteTicks / soundingTicks);
  }
}
