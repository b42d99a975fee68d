package dev.midstream.analysis;

import dev.midstream.simd.SignalKernel;
import java.util.Arrays;

/**
 * For how long each pitch class sounds in each of the {@link PieceWindows}, in the units of {@link
 * PieceWindows#weight}, and what of it {@link KeyModel} is shown: rows of the square roots of
 * shares. Between the shares, in which a rare note is nothing, and their logarithms, in which it is
 * all. Reused from file to file; one thread.
 */
final class SoundingTimes {
  /** Of a window the twelve pitch classes, and behind them where drums go to be forgotten. */
  private static final int SLOTS = 16;

  private static final int CLASSES = 12;
  private static final int WINDOWS = PieceWindows.COUNT;

  private final PieceWindows windows;

  /**
   * The time of pitch class or drums {@code s} in window {@code w} is entry {@code w ×} {@link
   * #SLOTS} {@code + s}. At most 2²² notes of 2³¹ units each.
   */
  private final long[] sums = new long[WINDOWS * SLOTS];

  private final long[] stretches = new long[WINDOWS * SLOTS];
  private final double[] wholes = new double[WINDOWS * SLOTS];
  private final double[] roots = new double[WINDOWS * SLOTS];
  private final long[] added = new long[CLASSES];

  SoundingTimes(PieceWindows windows) {
    this.windows = windows;
  }

  void reset() {
    Arrays.fill(sums, 0);
  }

  /**
   * Adds the notes {@code from} to {@code to} of a window, the latter left out.
   *
   * @param slots of {@link DrumChannels}
   * @return how many of them are no drums
   */
  int add(NoteTimeline timeline, byte[] slots, int from, int to, int window) {
    int[] starts = timeline.startTicks();
    int[] ends = timeline.endTicks();
    int[] sounds = timeline.sounds();
    int first = window * SLOTS;
    int pitched = 0;
    for (int i = from; i < to; i++) {
      int sound = sounds[i];
      int slot = slots[NoteTimeline.channelAndPitch(sound)];
      sums[first + slot] += windows.weight(ends[i] - starts[i] - NoteTimeline.added(sound));
      pitched += DrumChannels.pitched(slot);
    }
    return pitched;
  }

  /** Adds the windows {@code from} to {@code to}, the latter left out, to twelve numbers. */
  void addWindows(int from, int to, long[] into, int at) {
    for (int window = from * SLOTS; window < to * SLOTS; window += SLOTS) {
      for (int pitchClass = 0; pitchClass < CLASSES; pitchClass++) {
        into[at + pitchClass] += sums[window + pitchClass];
      }
    }
  }

  /** As {@link KeyEvidence#windowRow}. */
  boolean windowRow(int from, int to, int turn, float[] row, int at) {
    Arrays.fill(added, 0);
    addWindows(from, to, added, 0);
    long total = 0;
    for (long time : added) {
      total += time;
    }
    double whole = Math.max(1, total);
    for (int pitchClass = 0; pitchClass < CLASSES; pitchClass++) {
      put(row, at - turn, pitchClass, turn, Math.sqrt(added[pitchClass] / whole));
    }
    return total > 0;
  }

  /** A row for each window, as {@link #windowRow} fills them. */
  void windowRows(int turn, float[] rows) {
    fillRows(sums, WINDOWS, turn, rows);
  }

  /**
   * The same for each stretch of so many windows side by side, unturned.
   *
   * @param length a divisor of {@link PieceWindows#COUNT}
   * @return bit {@code i} is set where in stretch {@code i} something begins that has a length
   */
  int stretchRows(int length, float[] rows) {
    int count = WINDOWS / length;
    for (int i = 0; i < count; i++) {
      int first = i * length * SLOTS;
      for (int slot = 0; slot < SLOTS; slot++) {
        stretches[i * SLOTS + slot] = sums[first + slot];
      }
      for (int window = first + SLOTS; window < first + length * SLOTS; window += SLOTS) {
        for (int slot = 0; slot < SLOTS; slot++) {
          stretches[i * SLOTS + slot] += sums[window + slot];
        }
      }
    }
    return fillRows(stretches, count, 0, rows);
  }

  /** Roots in one long loop, of which the compiler makes vectors. */
  private int fillRows(long[] from, int count, int turn, float[] rows) {
    int sounding = 0;
    for (int first = 0; first < count * SLOTS; first += SLOTS) {
      long total = 0;
      for (int i = first; i < first + CLASSES; i++) {
        total += from[i];
      }
      Arrays.fill(wholes, first, first + SLOTS, Math.max(1, total));
      sounding |= (total > 0 ? 1 : 0) << (first / SLOTS);
    }
    for (int i = 0; i < count * SLOTS; i++) {
      roots[i] = Math.sqrt(from[i] / wholes[i]);
    }
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < CLASSES; i++) {
        put(rows, r * SignalKernel.ROW - turn, i, turn, roots[r * SLOTS + i]);
      }
    }
    return sounding;
  }

  /** Twice, so that a turned row is a slice. */
  static void put(float[] rows, int row, int pitchClass, int turn, double root) {
    int at = row + pitchClass + (pitchClass < turn ? CLASSES : 0);
    rows[at] = (float) root;
    rows[at + CLASSES] = (float) root;
  }
}
