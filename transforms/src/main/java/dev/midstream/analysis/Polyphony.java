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

  /** In place of a number of ends: the most at once is known. */
  private static final int COUNTED = -1;

  static Polyphony of(NoteTimeline notes) {
    int n = notes.size();
    int[] starts = notes.startTicks();
    int[] ends = notes.endTicks();
    long noteTicks = 0;
    long soundingTicks = 0;
    int soundingTo = 0;
    // Ends that have passed stay where they are until there are as many ends as the most that were
    // found: only then it matters.
    int[] sounding = new int[FEW];
    int size = 0;
    int max = 0;
    for (int i = 0; i < n; i++) {
      int start = starts[i];
      int end = ends[i];
      noteTicks += end - start;
      soundingTicks += Math.max(0, end - Math.max(start, soundingTo));
      soundingTo = Math.max(soundingTo, end);
      if (size == max) {
        size = keepLater(start, sounding, size);
        if (size == FEW) {
          max = mostAtOnce(starts, ends, n, i, sounding);
          size = COUNTED;
        } else {
          max = Math.max(max, size + 1);
        }
      }
      if (size >= 0) {
        sounding[size++] = end;
      }
    }
    // Notes at the last tick there is have no length at all.
    return new Polyphony(max, soundingTicks == 0 ? max : (double) noteTicks / soundingTicks);
  }

  /** Moves the ends behind a tick together, to the front; returns how many they are. */
  private static int keepLater(int tick, int[] ends, int size) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int end = ends[i];
      ends[kept] = end;
      kept += end > tick ? 1 : 0;
    }
    return kept;
  }

  /** The most at once from note {@code from} on; those that sound before it end at {@code few}. */
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
