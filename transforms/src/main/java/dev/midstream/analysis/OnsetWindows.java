package dev.midstream.analysis;

import java.util.Arrays;

/**
 * The onsets of a file in windows of {@link Periodicity#SECONDS}: side by side in a short file,
 * samples in the middle of so many equal parts in a long one, of which nothing else is read. They
 * can be read in two goes: a few spread over all of the file, and then the others. Where windows
 * begin does not depend on the file's ticks. Reused from file to file; one thread.
 */
final class OnsetWindows {
  private static final int WINDOW_MICROS = Periodicity.SECONDS * 1_000_000;
  private static final int FEWEST_IN_WINDOW = 4;
  private static final int UNREAD = -1;

  private final Onsets onsets = new Onsets();
  private int mostOnsets;
  private long start;
  private long length;
  private double first;
  private double step;
  private boolean gaps;
  private int all;
  private long microsRead;

  /** The windows that were read and have onsets enough, in the order of time. */
  private int[] places = new int[0];

  private int size;
  private int[] firsts = new int[0];
  private int[] ends = new int[0];

  /**
   * Lays out the windows of a file; none is read.
   *
   * @param map where the notes are in time
   * @param mostWindows there are no more
   * @param most a window with more onsets is no music; it is cut short
   */
  void reset(NoteTimeline timeline, TempoMap map, int mostWindows, int most) {
    onsets.clear();
    mostOnsets = most;
    size = 0;
    microsRead = 0;
    int count = timeline.size();
    int[] ticks = timeline.startTicks();
    start = map.microsAt(ticks[0]);
    length = map.microsAt(ticks[count - 1]) - start + 1;
    long wanted = (length - 1) / WINDOW_MICROS + 1;
    all = (int) Math.min(wanted, mostWindows);
    gaps = all < wanted;
    step = gaps ? (double) length / all : WINDOW_MICROS;
    first = gaps ? (step - WINDOW_MICROS) / 2 : 0;
    if (firsts.length < all) {
      int capacity = Math.max(16, Integer.highestOneBit(all) * 2);
      firsts = new int[capacity];
      ends = new int[capacity];
      places = new int[capacity];
    }
    Arrays.fill(ends, 0, all, UNREAD);
    if (!gaps) {
      onsets.add(timeline, map, 0, Long.MAX_VALUE, Integer.MAX_VALUE);
      microsRead = length;
    }
  }

  /** Reads the windows {@code from}, {@code from + stride} and so on, as far as not yet read. */
  void read(NoteTimeline timeline, TempoMap map, int from, int stride) {
    int note = 0;
    int onset = 0;
    for (int w = from; w < all; w += stride) {
      if (ends[w] == UNREAD) {
        long begin = begin(w);
        long end = begin + WINDOW_MICROS;
        if (gaps) {
          int[] ticks = timeline.startTicks();
          note = map.firstFrom(ticks, note, timeline.size(), begin);
          firsts[w] = onsets.size();
          microsRead += onsets.add(timeline, map, note, end, mostOnsets) - begin;
          ends[w] = onsets.size();
        } else {
          onset = onsets.firstFrom(onset, begin);
          firsts[w] = onset;
          ends[w] = Math.min(onsets.firstFrom(onset, end), onset + mostOnsets);
        }
      }
    }
    size = 0;
    for (int w = 0; w < all; w++) {
      if (ends[w] != UNREAD && ends[w] - firsts[w] >= FEWEST_IN_WINDOW) {
        places[size++] = w;
      }
    }
  }

  private long begin(int place) {
    return start + (long) (first + place * step);
  }

  /** How many windows there are, read or not. */
  int all() {
    return all;
  }

  /** Windows that were read and have enough onsets to tell anything. */
  int size() {
    return size;
  }

  /** Which of {@link #all} windows is {@code window} of {@link #size}. */
  int place(int window) {
    return places[window];
  }

  /** The onsets of all windows. */
  Onsets onsets() {
    return onsets;
  }

  /** The first onset of a window. */
  int first(int window) {
    return firsts[places[window]];
  }

  /** The first onset behind a window. */
  int end(int window) {
    return ends[places[window]];
  }

  /** The middle of a window, in seconds of the file. */
  double centre(int window) {
    return (begin(places[window]) + WINDOW_MICROS / 2) / 1e6;
  }

  /** What was read, in seconds. */
  double secondsRead() {
    return microsRead / 1e6;
  }

  /** The share of the file that was read, to 1. */
  double share() {
    return (double) microsRead / length;
  }

  void trim() {
    onsets.trim();
  }
}
