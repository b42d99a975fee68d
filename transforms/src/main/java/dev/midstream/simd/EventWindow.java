package dev.midstream.simd;

import java.util.Arrays;

/**
 * A stretch of a track, copied so that whatever is known of a byte is found at the same distance
 * from it in one array: the byte at {@code i}, the length of the plain event that would begin there
 * at {@code LENGTHS + i}, how far four events would reach at {@code QUADS + i}. One thread.
 */
public final class EventWindow {
  /** The most positions of a window. */
  public static final int CAPACITY = 2048;

  /** A vector and an event may lie so far behind what there is. */
  private static final int PADDING = 128;

  /** Two events. */
  private static final int LOOKED_BEHIND = 16;

  /** Where the lengths begin: 3 to 5, or {@link EventKernel#NO_EVENT}. */
  public static final int LENGTHS = CAPACITY + PADDING;

  static final int PAIRS = 2 * LENGTHS;

  /**
   * Where the reaches of four events begin: as unsigned numbers at least {@link
   * EventKernel#NO_EVENT} if one of the four is no plain event, or begins behind the window.
   */
  public static final int QUADS = 3 * LENGTHS;

  /** All of it, to be read with the offsets above. */
  public final byte[] work = new byte[4 * LENGTHS];

  private int from;
  private int size;

  /** Forgets what it holds. */
  public void clear() {
    size = 0;
  }

  /** Whether position {@code at} of the data is in the window. */
  public boolean holds(int at) {
    return at >= from && at < from + size;
  }

  /** The position in the data of the first byte. */
  public int from() {
    return from;
  }

  /** The number of positions that it tells of. */
  int size() {
    return size;
  }

  /**
   * Moves to {@code data[at]}: tells of the positions before {@code stop}, and of events that end
   * before {@code end}, which is not less.
   */
  public void moveTo(byte[] data, int at, int stop, int end, EventKernel kernel) {
    from = at;
    size = Math.min(stop - at, CAPACITY);
    int there = Math.min(end - at, size + EventKernel.LONGEST_EVENT);
    // Whatever the array holds behind: vectors look at it, but it decides nothing.
    int copied = Math.min(data.length - at, size + PADDING);
    System.arraycopy(data, at, work, 0, copied);
    kernel.measure(this);
    for (int i = Math.max(0, there - EventKernel.LONGEST_EVENT + 1); i < size; i++) {
      if (i + work[LENGTHS + i] > there) {
        work[LENGTHS + i] = EventKernel.NO_EVENT;
      }
    }
    fillBehind(LENGTHS);
    kernel.reach(this);
    fillBehind(QUADS);
  }

  /**
   * Says of the positions behind the window, as far as anyone looks, that no event begins there.
   */
  void fillBehind(int table) {
    Arrays.fill(work, table + size, table + size + LOOKED_BEHIND, EventKernel.NO_EVENT);
  }
}
