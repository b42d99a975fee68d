package dev.midstream.analysis;

/**
 * A piece, from its first note to the start of its last, cut into windows of one length. All is
 * reckoned in integers, so that it is the same at any division. Reused from file to file; one
 * thread.
 */
final class PieceWindows {
  /** How many there are. */
  static final int COUNT = 32;

  /** Where a piece begins and ends tells most: so many windows at either end are whole. */
  private static final int WHOLE = COUNT / 8;

  private int firstTick;
  private int spanTicks;

  /**
   * @param first the tick of the first note
   * @param last the tick at which the last one starts
   */
  void reset(int first, int last) {
    firstTick = first;
    spanTicks = Math.max(1, last - first);
  }

  int firstTick() {
    return firstTick;
  }

  /** From the first note to the start of the last, at least one. */
  int spanTicks() {
    return spanTicks;
  }

  /** Whether a window is never sampled. */
  static boolean isWhole(int window) {
    return window < WHOLE || window >= COUNT - WHOLE;
  }

  /** The first tick of a window. */
  int start(int window) {
    return tick(window, COUNT);
  }

  /** The tick at which the first of so many equal parts of a window ends. */
  int firstPartEnd(int window, int parts) {
    return tick((long) window * parts + 1, (long) COUNT * parts);
  }

  /** The first tick that lies so much of the piece behind its beginning, or farther. */
  private int tick(long part, long of) {
    return (int) (firstTick + (part * spanTicks + of - 1) / of);
  }

  /** Ticks, no more of them than a window has, in units that hold a window's length exactly. */
  long weight(int ticks) {
    return Math.min((long) ticks * COUNT, spanTicks);
  }
}
