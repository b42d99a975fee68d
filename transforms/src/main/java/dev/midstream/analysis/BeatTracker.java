package dev.midstream.analysis;

import java.util.Arrays;

/**
 * Single beats of music that is played freely, followed from onset to onset through windows: the
 * way with the most likely beats whose lengths change least from one to the next. A dynamic program
 * as that of Ellis ("Beat tracking by dynamic programming", 2007), but over pairs of onsets, so
 * that a beat is measured against the one before it and not against one tempo: it may go where the
 * player goes. Which way is the best nobody could guess, so that all is integers and no branch
 * depends on it. Reused from file to file; one thread.
 */
final class BeatTracker {
  /** A beat is this long at least, and at most, in usual ones. */
  private static final double SHORTEST = 0.6;

  private static final double LONGEST = 1.7;

  /** The same of two beats side by side with nothing that starts between them. */
  private static final double SHORTEST_SILENT = 0.8;

  private static final double LONGEST_SILENT = 1.25;

  /** So much is 1, of log-odds and of logarithms of lengths. */
  private static final int ONE_SHIFT = 10;

  private static final int ONE = 1 << ONE_SHIFT;

  /** What a beat is worth beside its own log-odds: with less than that there are too few. */
  private static final int WORTH = 2 * ONE;

  /** What the square of a change costs, of the logarithm of length from a beat to the next. */
  private static final int CHANGE = 25;

  /** The same of how far a beat is from the usual one. */
  private static final int UNUSUAL = 2;

  /** What a beat costs on which nothing starts; two of them side by side there are not. */
  private static final int SILENT = 5 * ONE / 2;

  /** So many onsets a beat, those most likely to be one, may be one. */
  private static final double ONSETS_A_BEAT = 3;

  /** Fewer beats have no median that would be better than what was known before. */
  private static final int FEWEST_BEATS = 9;

  /** Onsets of a window that may be beats: as many as {@link #BEFORE_SHIFT} leaves bits for. */
  private static final int MOST_ONSETS = 1 << 7;

  /** The best ways to an onset that are gone on with. */
  private static final int WAYS = 3;

  /** No way came before: the onset before is the first beat. */
  private static final int FIRST = WAYS;

  /**
   * A way in one number, so that the greater is the better: its sum, and below that the logarithm
   * of its last beat's length, the onset before, whether a silent beat is between, and which of the
   * ways to the onset before it goes on with.
   */
  private static final int SUM_SHIFT = 32;

  private static final int LOG_SHIFT = 10;
  private static final int LOG_BITS = (1 << 12) - 1;

  /** Logarithms are stored with this added: then they are not negative. */
  private static final int LOG_ZERO = 1 << 11;

  private static final int BEFORE_SHIFT = 3;
  private static final int SILENT_BIT = 1 << 2;
  private static final int FROM_BITS = 3;

  /** No way: its sum is so low that nothing is gone on with from there. */
  private static final long NONE = (long) (Integer.MIN_VALUE / 8) << SUM_SHIFT;

  /** Entries of {@link #LOGS} a beat. */
  private static final int LOGS_A_BEAT = 512;

  /** The logarithms of lengths in beats. */
  private static final int[] LOGS = new int[(int) (LONGEST * LOGS_A_BEAT) + 1];

  static {
    for (int i = 0; i < LOGS.length; i++) {
      LOGS[i] = (int) Math.rint(Math.log((i + 0.5) / LOGS_A_BEAT) * ONE);
    }
  }

  /** Onsets of a window that may be a beat: when, in usual beats, and what it would be worth. */
  private final double[] times = new double[MOST_ONSETS];

  private final int[] worth = new int[MOST_ONSETS];
  private final float[] odds = new float[MOST_ONSETS];
  private final float[] sorted = new float[MOST_ONSETS];

  /** {@link #WAYS} for each onset, the best first. */
  private final long[] ways = new long[MOST_ONSETS * WAYS];

  private double usual;
  private int count;
  private double[] lengths = new double[64];

  /** Begins with a file whose usual beat takes so many seconds. */
  void reset(double beat) {
    usual = beat;
    count = 0;
  }

  /**
   * Follows the beats through one window.
   *
   * @param micros times, ascending, entries {@code from … to-1}, {@link #MOST_ONSETS} at most
   * @param kinds {@link Onsets#KINDS} weights for each onset
   */
  void add(BeatSalience salience, long[] micros, float[] kinds, int from, int to) {
    salience.score(micros, kinds, from, to, usual, odds);
    int size = keep(micros, from, to);
    Arrays.fill(ways, 0, size * WAYS, NONE);
    // Onsets from which one beat leads here, and from which two do.
    int one = 0;
    int oneEnd = 0;
    int two = 0;
    int twoEnd = 0;
    int last = 0;
    for (int onset = 1; onset < size; onset++) {
      double time = times[onset];
      one = firstFrom(one, time - LONGEST);
      oneEnd = firstFrom(oneEnd, time - SHORTEST);
      for (int before = one; before < oneEnd; before++) {
        lead(onset, before, time - times[before], 0);
      }
      two = firstFrom(two, time - 2 * LONGEST_SILENT);
      twoEnd = firstFrom(twoEnd, time - 2 * SHORTEST_SILENT);
      for (int before = two; before < twoEnd; before++) {
        lead(onset, before, (time - times[before]) / 2, SILENT_BIT);
      }
      last = ways[onset * WAYS] > ways[last * WAYS] ? onset : last;
    }
    goBack(last);
  }

  /** The first onset, from one on, that is not before a time; one of them is. */
  private int firstFrom(int from, double time) {
    int onset = from;
    while (times[onset] < time) {
      onset++;
    }
    return onset;
  }

  /** Leaves out what is least likely to be a beat; returns how many onsets are left. */
  private int keep(long[] micros, int from, int to) {
    int all = to - from;
    double beats = 1 / (usual * 1e6);
    int most = (int) ((micros[to - 1] - micros[from]) * beats * ONSETS_A_BEAT) + 1;
    float least = Float.NEGATIVE_INFINITY;
    if (most < all) {
      System.arraycopy(odds, 0, sorted, 0, all);
      Arrays.sort(sorted, 0, all);
      least = sorted[all - most];
    }
    int size = 0;
    for (int i = 0; i < all; i++) {
      times[size] = (micros[from + i] - micros[from]) * beats;
      worth[size] = WORTH + (int) (odds[i] * ONE);
      size += odds[i] >= least ? 1 : 0;
    }
    return size;
  }

  /** The best way to an onset whose last beat, or two, begin at the one before: if it is needed. */
  private void lead(int onset, int before, double length, int silent) {
    int log = LOGS[(int) (length * LOGS_A_BEAT)];
    int at = before * WAYS;
    int most = (worth[before] << 2) | FIRST;
    most = Math.max(most, goOn(ways[at], log) << 2);
    most = Math.max(most, (goOn(ways[at + 1], log) << 2) | 1);
    most = Math.max(most, (goOn(ways[at + 2], log) << 2) | 2);
    int price = ((UNUSUAL * log * log) >> ONE_SHIFT) + (silent == 0 ? 0 : SILENT);
    int sum = (most >> 2) + worth[onset] - price;
    int how =
        ((log + LOG_ZERO) << LOG_SHIFT) | (before << BEFORE_SHIFT) | silent | (most & FROM_BITS);
    long way = ((long) sum << SUM_SHIFT) | how;
    for (int rank = onset * WAYS; rank < (onset + 1) * WAYS; rank++) {
      long worse = Math.min(ways[rank], way);
      ways[rank] = Math.max(ways[rank], way);
      way = worse;
    }
  }

  /** The sum of a way when a beat of that length comes next. */
  private static int goOn(long way, int log) {
    int change = (((int) way >> LOG_SHIFT) & LOG_BITS) - LOG_ZERO - log;
    return (int) (way >> SUM_SHIFT) - ((CHANGE * change * change) >> ONE_SHIFT);
  }

  /** Keeps the lengths of the beats on the best way to an onset. */
  private void goBack(int lastOnset) {
    int onset = lastOnset;
    int rank = 0;
    while (rank != FIRST && ways[onset * WAYS + rank] > NONE) {
      int how = (int) ways[onset * WAYS + rank];
      int before = (how >> BEFORE_SHIFT) & (MOST_ONSETS - 1);
      double length = times[onset] - times[before];
      if (count + 2 > lengths.length) {
        lengths = Arrays.copyOf(lengths, 2 * lengths.length);
      }
      if ((how & SILENT_BIT) == 0) {
        lengths[count++] = length;
      } else {
        lengths[count++] = length / 2;
        lengths[count++] = length / 2;
      }
      onset = before;
      rank = how & FROM_BITS;
    }
  }

  /** The median beat of all windows, in seconds; the usual one where too few were found. */
  double median() {
    if (count < FEWEST_BEATS) {
      return usual;
    }
    Arrays.sort(lengths, 0, count);
    return usual * (lengths[count / 2] + lengths[(count - 1) / 2]) / 2;
  }
}
