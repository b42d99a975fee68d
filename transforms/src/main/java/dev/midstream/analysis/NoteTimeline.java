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
  private int lastEnd;
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
    }
    if (!sorted) {
      Arrays.sort(keys, 0, size);
    }
    lastEnd = 0;
    for (int i = 0; i < size; i++) {
      int note = (int) keys[i];
      int start = (int) (keys[i] >>> 32);
      // A note of no length still sounds: for one tick.
      int length = Math.max(1, durations[note]);
      int end = start > Integer.MAX_VALUE - length ? Integer.MAX_VALUE : start + length;
      order[i] = note;
      startTicks[i] = start;
      endTicks[i] = end;
      lastEnd = Math.max(lastEnd, end);
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

  /** Ends in ticks, each of the note that starts at the same entry. */
  int[] endTicks() {
    return endTicks;
  }

  /** The tick at which the last note ends; 0 without notes. */
  int lastEnd() {
    return lastEnd;
  }
}
