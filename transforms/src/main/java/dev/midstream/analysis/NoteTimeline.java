package dev.midstream.analysis;

import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * The notes of all tracks in the order of time: the view on {@link NoteColumns} that the analyses
 * sweep over. Notes of one tick keep the order of the columns. Reused from file to file; one
 * thread.
 */
final class NoteTimeline {
  private int size;
  private long[] keys = new long[1 << 12];
  private int[] order = new int[1 << 12];
  private int[] startTicks = new int[1 << 12];
  private int[] endTicks = new int[1 << 12];

  void reset(NoteColumns notes) {
    size = notes.size();
    if (keys.length < size) {
      int capacity = Integer.highestOneBit(size) * 2;
      keys = new long[capacity];
      order = new int[capacity];
      startTicks = new int[capacity];
      endTicks = new int[capacity];
    }
    int[] starts = notes.startTicks();
    int[] durations = notes.durationTicks();
    boolean sorted = true;
    for (int i = 0; i < size; i++) {
      keys[i] = (long) starts[i] << 32 | i;
      sorted &= i == 0 || keys[i - 1] < keys[i];
      // A note of no length still sounds: for one tick.
      int length = Math.max(1, durations[i]);
      endTicks[i] = starts[i] > Integer.MAX_VALUE - length ? Integer.MAX_VALUE : starts[i] + length;
    }
    if (!sorted) {
      Arrays.sort(keys, 0, size);
    }
    Arrays.sort(endTicks, 0, size);
    for (int i = 0; i < size; i++) {
      order[i] = (int) keys[i];
      startTicks[i] = (int) (keys[i] >>> 32);
    }
  }

  void trim() {
    if (keys.length > 1 << 16) {
      keys = new long[1 << 12];
      order = new int[1 << 12];
      startTicks = new int[1 << 12];
      endTicks = new int[1 << 12];
    }
  }

  /** The number of notes. */
  int size() {
    return size;
  }

  /** Column indices of the notes by ascending start. */
  int[] order() {
    return order;
  }

  /** Starts in ticks, ascending; entry {@code i} belongs to note {@code order()[i]}. */
  int[] startTicks() {
    return startTicks;
  }

  /** Ends in ticks, ascending on their own: entry {@code i} is not the end of start {@code i}. */
  int[] endTicks() {
    return endTicks;
  }
}
