package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoTraining.Notes;
import java.util.Arrays;

/**
 * When the beats of a performance fall, told by its score: the sets of pitches that start together
 * are matched in order (dynamic time warping; Müller, "Fundamentals of Music Processing", 2015,
 * chapter 3), and beats without a note lie evenly between those with one. A truth pack has one
 * tempo a file; this makes of it a tempo for each part of a performance, for training only.
 */
final class ScoreFollower {
  /** Notes of a performance that start within this time are one chord, as they are in analysis. */
  private static final double TOGETHER_SECONDS = 0.03;

  /** What it costs to stay at a chord while the other side goes on; chords without a note cost 1 */
  private static final float STAYING = 0.3f;

  /** A way that costs more than this a step follows another piece, or another edition. */
  private static final double MOST_A_STEP = 0.5;

  /** The median beat is the annotated one to this share, or something went wrong. */
  private static final double SAME = 0.08;

  /** Quarters that a beat may have. */
  private static final double[] UNITS = {1 / 4.0, 1 / 3.0, 1 / 2.0, 2 / 3.0, 1, 1.5, 2, 3, 4};

  private static final byte BOTH = 0;
  private static final byte SCORE = 1;
  private static final byte PERFORMANCE = 2;

  /** Chords in the order of time: where each is, and its pitches, a bit each in two words. */
  private record Chords(int size, double[] at, long[] low, long[] high) {
    static Chords of(double[] times, int[] pitches, double together) {
      int size = 0;
      double[] at = new double[times.length];
      long[] low = new long[times.length];
      long[] high = new long[times.length];
      for (int i = 0; i < times.length; i++) {
        if (size == 0 || times[i] - at[size - 1] > together) {
          at[size++] = times[i];
        }
        if (pitches[i] < 64) {
          low[size - 1] |= 1L << pitches[i];
        } else {
          high[size - 1] |= 1L << (pitches[i] - 64);
        }
      }
      return new Chords(size, at, low, high);
    }

    int common(int i, Chords other, int j) {
      return Long.bitCount(low[i] & other.low[j]) + Long.bitCount(high[i] & other.high[j]);
    }

    /** The share of pitches that only one of two chords has. */
    float distance(int i, Chords other, int j) {
      int all = Long.bitCount(low[i] | other.low[j]) + Long.bitCount(high[i] | other.high[j]);
      return 1 - common(i, other, j) / (float) all;
    }
  }

  private ScoreFollower() {}

  /**
   * Follows a score through a performance.
   *
   * @param bpm the annotated tempo, which tells how many quarters a beat has
   * @return the times of the beats, in seconds; none if the two do not go together
   */
  static double[] beats(Notes performance, Notes score, double bpm) {
    Chords played = Chords.of(performance.seconds(), performance.pitches(), TOGETHER_SECONDS);
    Chords written = Chords.of(score.quarters(), score.pitches(), 0);
    double[] times = new double[written.size()];
    if (written.size() == 0 || played.size() == 0 || !match(written, played, times)) {
      return new double[0];
    }
    double[] quarters = beats(written.at(), times, 1);
    if (quarters.length < 2) {
      return new double[0];
    }
    double[] beats = beats(written.at(), times, unit(medianInterval(quarters) * bpm / 60));
    boolean right = beats.length > 1 && Math.abs(medianInterval(beats) * bpm / 60 - 1) <= SAME;
    return right ? beats : new double[0];
  }

  /** Finds when each chord of a score is played, NaN for never; false for another piece. */
  private static boolean match(Chords score, Chords played, double[] times) {
    byte[][] from = new byte[score.size()][played.size()];
    float[] before = new float[played.size()];
    float[] costs = new float[played.size()];
    for (int i = 0; i < score.size(); i++) {
      for (int j = 0; j < played.size(); j++) {
        float least = i > 0 && j > 0 ? before[j - 1] : Float.POSITIVE_INFINITY;
        byte origin = BOTH;
        if (i > 0 && before[j] + STAYING < least) {
          least = before[j] + STAYING;
          origin = SCORE;
        }
        if (j > 0 && costs[j - 1] + STAYING < least) {
          least = costs[j - 1] + STAYING;
          origin = PERFORMANCE;
        }
        costs[j] = (i + j == 0 ? 0 : least) + score.distance(i, played, j);
        from[i][j] = origin;
      }
      float[] done = before;
      before = costs;
      costs = done;
    }
    Arrays.fill(times, Double.NaN);
    int i = score.size() - 1;
    int j = played.size() - 1;
    int steps = 1;
    float cost = before[j];
    while (true) {
      if (score.common(i, played, j) > 0) {
        times[i] = played.at()[j];
      }
      if (i + j == 0) {
        return cost / steps <= MOST_A_STEP;
      }
      byte origin = from[i][j];
      i -= origin == PERFORMANCE ? 0 : 1;
      j -= origin == SCORE ? 0 : 1;
      steps++;
    }
  }

  /** When each beat of {@code unit} quarters falls, from the first chord played to the last. */
  private static double[] beats(double[] quarters, double[] times, double unit) {
    double[] beats = new double[times.length];
    int count = 0;
    int last = -1;
    for (int i = 0; i < times.length; i++) {
      if (last < 0 || times[i] > times[last]) {
        if (last >= 0) {
          double pace = (times[i] - times[last]) / (quarters[i] - quarters[last]);
          double beat = Math.ceil(quarters[last] / unit - 1e-6) * unit;
          for (; beat < quarters[i] - 1e-6; beat += unit) {
            if (count == beats.length) {
              beats = Arrays.copyOf(beats, 2 * count);
            }
            beats[count++] = times[last] + (beat - quarters[last]) * pace;
          }
        }
        last = Double.isNaN(times[i]) ? last : i;
      }
    }
    return Arrays.copyOf(beats, count);
  }

  /** The usual number of quarters nearest to what a beat seems to have. */
  private static double unit(double beatsAQuarter) {
    double nearest = 1;
    for (double unit : UNITS) {
      if (Math.abs(Math.log(unit * beatsAQuarter)) < Math.abs(Math.log(nearest * beatsAQuarter))) {
        nearest = unit;
      }
    }
    return nearest;
  }

  private static double medianInterval(double[] times) {
    return median(times, 0, times.length - 1);
  }

  /** The median of the intervals {@code from … to-1} between neighbouring times. */
  private static double median(double[] times, int from, int to) {
    double[] intervals = intervals(times, from, to);
    return (intervals[(to - from) / 2] + intervals[(to - from - 1) / 2]) / 2;
  }

  /** The intervals {@code from … to-1} between neighbouring times, in order of length. */
  static double[] intervals(double[] times, int from, int to) {
    double[] intervals = new double[to - from];
    for (int i = from; i < to; i++) {
      intervals[i - from] = times[i + 1] - times[i];
    }
    Arrays.sort(intervals);
    return intervals;
  }

  /** How far the nearest of some ascending times is away, in seconds. */
  static double distance(double[] times, double time) {
    int found = Arrays.binarySearch(times, time);
    int next = found < 0 ? -found - 1 : found;
    double after = next < times.length ? times[next] - time : Double.POSITIVE_INFINITY;
    double before = next > 0 ? time - times[next - 1] : Double.POSITIVE_INFINITY;
    return Math.min(after, before);
  }

  /** The median beat whose middle is in a stretch of time, in seconds; NaN for less than two. */
  static double median(double[] beats, double start, double end) {
    int from = 0;
    while (from + 1 < beats.length && (beats[from] + beats[from + 1]) / 2 < start) {
      from++;
    }
    int to = from;
    while (to + 1 < beats.length && (beats[to] + beats[to + 1]) / 2 < end) {
      to++;
    }
    return to - from < 2 ? Double.NaN : median(beats, from, to);
  }
}
