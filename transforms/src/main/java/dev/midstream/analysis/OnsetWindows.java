package dev.midstream.analysis;

import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * The onsets of a file in windows of {@link Periodicity#SECONDS}: side by side and half over each
 * other in a short file, samples in the middle of so many equal parts in a long one, of which
 * nothing else is read. Where windows begin does not depend on the file's ticks. Reused from file
 * to file; one thread.
 */
final class OnsetWindows {
  /** From window to window, as long as there are not too many of them. */
  private static final int HOP_MICROS = 4_000_000;

  private static final int WINDOW_MICROS = Periodicity.SECONDS * 1_000_000;
  private static final int FEWEST_IN_WINDOW = 4;

  private final Onsets onsets = new Onsets();
  private int size;
  private int[] firsts = new int[0];
  private int[] ends = new int[0];
  private double[] centres = new double[0];
  private double secondsRead;
  private double share;

  /**
   * Reads.
   *
   * @param map where the notes are in time
   * @param mostWindows no more are read
   * @param mostOnsets a window with more is no music; it is cut short
   */
  void read(
      NoteColumns notes, NoteTimeline timeline, TempoMap map, int mostWindows, int mostOnsets) {
    onsets.clear();
    size = 0;
    int count = timeline.size();
    int[] ticks = timeline.startTicks();
    long start = map.microsAt(ticks[0]);
    long length = map.microsAt(ticks[count - 1]) - start + 1;
    long wanted = Math.max(0, length - WINDOW_MICROS + HOP_MICROS - 1) / HOP_MICROS + 1;
    int all = (int) Math.min(wanted, mostWindows);
    reserve(all);
    double step = all < wanted ? (double) (length - WINDOW_MICROS) / (all - 1) : HOP_MICROS;
    boolean gaps = step > WINDOW_MICROS;
    if (gaps) {
      step = (double) length / all;
    }
    double first = gaps ? (step - WINDOW_MICROS) / 2 : 0;
    if (!gaps) {
      onsets.add(notes, timeline, map, 0, count);
    }
    int read = 0;
    int from = 0;
    for (int w = 0; w < all; w++) {
      long begin = start + (long) (first + w * step);
      long end = begin + WINDOW_MICROS;
      if (gaps) {
        int firstNote = Math.max(read, map.firstFrom(ticks, count, begin));
        read = Math.max(firstNote, map.firstFrom(ticks, count, end));
        onsets.add(notes, timeline, map, firstNote, read);
      }
      from = onsets.firstFrom(from, begin);
      int to = Math.min(onsets.firstFrom(from, end), from + mostOnsets);
      if (to - from >= FEWEST_IN_WINDOW) {
        firsts[size] = from;
        ends[size] = to;
        centres[size++] = (begin + WINDOW_MICROS / 2) / 1e6;
      }
    }
    double parts = gaps ? (double) all * WINDOW_MICROS : length;
    secondsRead = parts / 1e6;
    share = parts / length;
  }

  private void reserve(int windows) {
    if (firsts.length < windows) {
      int capacity = Math.max(16, Integer.highestOneBit(windows) * 2);
      firsts = Arrays.copyOf(firsts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      centres = Arrays.copyOf(centres, capacity);
    }
  }

  /** Windows with enough onsets to tell anything. */
  int size() {
    return size;
  }

  /** The onsets of all windows. */
  Onsets onsets() {
    return onsets;
  }

  /** The first onset of a window. */
  int first(int window) {
    return firsts[window];
  }

  /** The first onset behind a window. */
  int end(int window) {
    return ends[window];
  }

  /** The middle of a window, in seconds of the file. */
  double centre(int window) {
    return centres[window];
  }

  /** What was read, in seconds. */
  double secondsRead() {
    return secondsRead;
  }

  /** The share of the file that was read, to 1. */
  double share() {
    return share;
  }

  void trim() {
    onsets.trim();
  }
}
