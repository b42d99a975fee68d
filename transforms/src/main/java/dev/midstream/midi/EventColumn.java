package dev.midstream.midi;

import java.util.Arrays;

/**
 * Events of one kind: a tick and a packed value each, ordered by tick once the file is parsed
 * (events of one tick keep the order of the file). Entries {@code 0 … size()-1} are valid; the
 * arrays belong to this object and are read only for others. Reused from file to file; one thread.
 */
public final class EventColumn {
  private static final int INITIAL = 64;

  private int size;
  private int[] ticks = new int[INITIAL];
  private int[] values = new int[INITIAL];

  EventColumn() {}

  void reset() {
    size = 0;
  }

  void trim(int keep) {
    if (ticks.length > keep) {
      ticks = new int[INITIAL];
      values = new int[INITIAL];
      size = 0;
    }
  }

  void add(int tick, int value) {
    if (size == ticks.length) {
      ticks = Arrays.copyOf(ticks, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    ticks[size] = tick;
    values[size++] = value;
  }

  /** Orders by tick; events from several tracks arrive one track after the other. */
  void sortByTick() {
    boolean sorted = true;
    for (int i = 1; i < size && sorted; i++) {
      sorted = ticks[i - 1] <= ticks[i];
    }
    if (sorted) {
      return;
    }
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      keys[i] = (long) ticks[i] << 32 | i;
    }
    Arrays.sort(keys);
    int[] unsorted = Arrays.copyOf(values, size);
    for (int i = 0; i < size; i++) {
      ticks[i] = (int) (keys[i] >>> 32);
      values[i] = unsorted[(int) keys[i]];
    }
  }

  /** The number of events. */
  public int size() {
    return size;
  }

  /** Ticks from the beginning of the file, ascending. */
  public int[] ticks() {
    return ticks;
  }

  /** Values, packed as the owner of the column says. */
  public int[] values() {
    return values;
  }
}
