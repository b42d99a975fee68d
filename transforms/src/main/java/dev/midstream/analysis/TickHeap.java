package dev.midstream.analysis;

import java.util.Arrays;

/**
 * A binary heap of ticks, the smallest first: as small as music is thin, and never an object each.
 */
final class TickHeap {
  private int[] ticks = new int[32];
  private int size;

  int size() {
    return size;
  }

  /** The smallest; there must be one. */
  int first() {
    return ticks[0];
  }

  void add(int tick) {
    if (size == ticks.length) {
      ticks = Arrays.copyOf(ticks, size * 2);
    }
    int at = size++;
    while (at > 0 && ticks[(at - 1) / 2] > tick) {
      ticks[at] = ticks[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    ticks[at] = tick;
  }

  void removeFirst() {
    int last = ticks[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && ticks[child + 1] < ticks[child]) {
        child++;
      }
      if (ticks[child] >= last) {
        break;
      }
      ticks[at] = ticks[child];
      at = child;
    }
    ticks[at] = last;
  }
}
