package dev.midstream.analysis;

/**
 * How many notes sound at once, on all channels: a sweep over the starts that keeps the ends of
 * what still sounds; a note that ends where another starts does not overlap it.
 *
 * @param max the most at once
 * @param mean the average while any sounds, weighted by ticks
 */
record Polyphony(int max, double mean) {
  /** So few ends are faster looked through, without a guess, than kept as a heap. */
  private static final int FEW = 48;

  static Polyphony of(NoteTimeline notes) {
    int[] starts = notes.startTicks();
    int[] ends = notes.endTicks();
    long noteTicks = 0;
    long soundingTicks = 0;
    int soundingTo = 0;
    for (int i = 0; i < notes.size(); i++) {
      int start = starts[i];
      int end = ends[i];
      noteTicks += end - start;
      soundingTicks += Math.max(0, end - Math.max(start, soundingTo));
      soundingTo = Math.max(soundingTo, end);
    }
    int max = mostAtOnce(starts, ends, notes.size());
    // Notes at the last tick there is have no length at all.
    return new Polyphony(max, soundingTicks == 0 ? max : (double) noteTicks / soundingTicks);
  }

  /**
   * The most notes at once, of which the {@code n} starts ascend. Ends that have passed stay where
   * they are until there are as many ends as the most that were found: only then it matters.
   */
  private static int mostAtOnce(int[] starts, int[] ends, int n) {
    int[] sounding = new int[FEW];
    int size = 0;
    int max = 0;
    for (int i = 0; i < n; i++) {
      if (size == max) {
        int start = starts[i];
        int kept = 0;
        for (int k = 0; k < size; k++) {
          int end = sounding[k];
          sounding[kept] = end;
          kept += end > start ? 1 : 0;
        }
        size = kept;
        if (size == FEW) {
          return mostAtOnce(starts, ends, n, i, sounding);
        }
        max = Math.max(max, size + 1);
      }
      sounding[size++] = ends[i];
    }
    return max;
  }

  /** The same from note {@code from} on, however many sound: those before it end at {@code few}. */
  private static int mostAtOnce(int[] starts, int[] ends, int n, int from, int[] few) {
    TickHeap sounding = new TickHeap();
    for (int end : few) {
      sounding.add(end);
    }
    int max = few.length;
    for (int i = from; i < n; i++) {
      while (sounding.size() > 0 && sounding.first() <= starts[i]) {
        sounding.removeFirst();
      }
      sounding.add(ends[i]);
      max = Math.max(max, sounding.size());
    }
    return max;
  }
}
