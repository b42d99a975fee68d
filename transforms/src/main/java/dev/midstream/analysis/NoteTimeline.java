package dev.midstream.analysis;

import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * The notes of all tracks in the order of time: the view on {@link NoteColumns} that the analyses
 * sweep over, in columns of its own, so that nobody has to jump through those of the file. Notes of
 * one tick keep the order of the file. Reused from file to file; one thread.
 */
final class NoteTimeline {
  private static final int CAPACITY = 1 << 12;

  /** A note is moved over so many others on average, and no farther: then sorting is faster. */
  private static final int MOST_MOVES = 8;

  private static final int CHANNEL_SHIFT = 7;
  private static final int VELOCITY_SHIFT = 11;

  /** Sounds that differ in channel or pitch. */
  static final int CHANNELS_AND_PITCHES = 1 << VELOCITY_SHIFT;

  private static final int SEVEN_BITS = 0x7F;

  /**
   * What is added to a position in steps of a quarter note before its fraction is cut off: a half,
   * and a little for what the product of doubles may be short of. A position is a fraction with at
   * most twice the division below its line, so the next that could be taken for a half is twice as
   * far away; the product is off by less.
   */
  static final double ROUNDING = 0.5 + 0x1p-17;

  private int size;
  private int lastEnd;
  private int[] startTicks = new int[CAPACITY];
  private int[] endTicks = new int[CAPACITY];
  private int[] sounds = new int[CAPACITY];
  private int[] places = new int[CAPACITY + 1];

  void reset(NoteColumns notes) {
    size = notes.size();
    lastEnd = 0;
    if (size == 0) {
      return;
    }
    if (startTicks.length < size) {
      allocate(Integer.highestOneBit(size) * 2);
    }
    int[] starts = notes.startTicks();
    int first = starts[0];
    int last = first;
    int before = first;
    int descents = 0;
    for (int i = 1; i < size; i++) {
      int start = starts[i];
      descents |= start - before;
      before = start;
      first = Math.min(first, start);
      last = Math.max(last, start);
    }
    // Ticks are not negative, so that no difference of two overflows.
    if (descents >= 0) {
      copy(notes);
    } else {
      scatter(notes, first, last);
      if (!insert()) {
        sort(notes);
      }
    }
  }

  private void allocate(int capacity) {
    startTicks = new int[capacity];
    endTicks = new int[capacity];
    sounds = new int[capacity];
    places = new int[capacity + 1];
  }

  /** Notes that are in order already. */
  private void copy(NoteColumns notes) {
    int end = 0;
    for (int i = 0; i < size; i++) {
      end = Math.max(end, put(notes, i, i));
    }
    lastEnd = end;
  }

  /**
   * Puts each note where about it belongs: in front of all that start in later of so many equal
   * parts as there are notes at most (a distribution sort), and behind those before it in the file.
   */
  private void scatter(NoteColumns notes, int first, int last) {
    int[] starts = notes.startTicks();
    int shift = 0;
    while ((last - first) >> shift >= size) {
      shift++;
    }
    int parts = ((last - first) >> shift) + 1;
    Arrays.fill(places, 0, parts + 1, 0);
    for (int i = 0; i < size; i++) {
      places[((starts[i] - first) >> shift) + 1]++;
    }
    int place = 0;
    for (int part = 1; part < parts; part++) {
      place += places[part];
      places[part] = place;
    }
    int end = 0;
    for (int i = 0; i < size; i++) {
      end = Math.max(end, put(notes, i, places[(starts[i] - first) >> shift]++));
    }
    lastEnd = end;
  }

  /** Returns the note's end. */
  private int put(NoteColumns notes, int note, int at) {
    int start = notes.startTicks()[note];
    int duration = notes.durationTicks()[note];
    // A note of no length still sounds: for one tick.
    int end = start + Math.max(1, duration);
    end = end < 0 ? Integer.MAX_VALUE : end;
    startTicks[at] = start;
    endTicks[at] = end;
    sounds[at] =
        notes.pitches()[note]
            | (notes.channels()[note] << CHANNEL_SHIFT)
            | (notes.velocities()[note] << VELOCITY_SHIFT)
            // Its sign tells a note of no length.
            | ((duration - 1) & (start - end) & Integer.MIN_VALUE);
    return end;
  }

  /** Sorts by insertion what is nearly sorted; false where it is not, and would take too long. */
  private boolean insert() {
    int moves = 0;
    for (int i = 1; i < size; i++) {
      int start = startTicks[i];
      if (startTicks[i - 1] > start) {
        int end = endTicks[i];
        int sound = sounds[i];
        int at = i;
        while (at > 0 && startTicks[at - 1] > start) {
          startTicks[at] = startTicks[at - 1];
          endTicks[at] = endTicks[at - 1];
          sounds[at] = sounds[at - 1];
          at--;
        }
        startTicks[at] = start;
        endTicks[at] = end;
        sounds[at] = sound;
        moves += i - at;
        if (moves > MOST_MOVES * size) {
          return false;
        }
      }
    }
    return true;
  }

  /** For files whose notes all start at a few places far from each other. */
  private void sort(NoteColumns notes) {
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      keys[i] = (long) notes.startTicks()[i] << 32 | i;
    }
    Arrays.sort(keys);
    for (int i = 0; i < size; i++) {
      put(notes, (int) keys[i], i);
    }
  }

  void trim() {
    if (startTicks.length > 1 << 16) {
      allocate(CAPACITY);
      size = 0;
    }
  }

  /** The number of notes. */
  int size() {
    return size;
  }

  /** Starts in ticks, ascending. */
  int[] startTicks() {
    return startTicks;
  }

  /** Ends in ticks, each of the note that starts at the same entry, at least a tick behind it. */
  int[] endTicks() {
    return endTicks;
  }

  /**
   * What sounds, for each note: {@link #pitch}, {@link #channel} and {@link #velocity} in one
   * number.
   */
  int[] sounds() {
    return sounds;
  }

  static int pitch(int sound) {
    return sound & SEVEN_BITS;
  }

  static int channel(int sound) {
    return sound >> CHANNEL_SHIFT & 0xF;
  }

  /** Channel and pitch in one number below {@link #CHANNELS_AND_PITCHES}, a sound of their own. */
  static int channelAndPitch(int sound) {
    return sound & CHANNELS_AND_PITCHES - 1;
  }

  static int velocity(int sound) {
    return sound >> VELOCITY_SHIFT & SEVEN_BITS;
  }

  /** What the tick is too much that a note of no length got; else 0. */
  static int added(int sound) {
    return sound >>> 31;
  }

  /** The tick at which the last note ends; 0 without notes. */
  int lastEnd() {
    return lastEnd;
  }
}
