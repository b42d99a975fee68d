package dev.midstream.analysis;

import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;

/**
 * The likeliest way of the beat through a file's windows (Viterbi): tempo drifts by a few steps of
 * the grid from one window to the next, and now and then it jumps. Reused from file to file; one
 * thread.
 */
final class TempoPath {
  /** How far neighbouring windows, which overlap, are believed at all. */
  private static final float TRUST = 0.5f;

  /** The usual drift from window to window, in steps of the grid. */
  private static final float DRIFT = 2.6f;

  /** What a jump costs, whatever its size: as much as a drift of more than {@link #FARTHEST}. */
  private static final float JUMP = 8;

  private static final int FARTHEST = (int) (DRIFT * Math.sqrt(2 * JUMP));

  private static final float[] PENALTIES = new float[FARTHEST + 1];

  static {
    for (int i = 0; i <= FARTHEST; i++) {
      PENALTIES[i] = Math.min(JUMP, i * i / (2 * DRIFT * DRIFT));
    }
  }

  /** Steps between a beat and its octaves, fifths and fourths. */
  private static final int[] LEVELS = {38, 24, 14, 10};

  /** Farther than this from the usual tempo a window is on another level of the metre. */
  private static final int FARTHEST_FROM_USUAL = 9;

  private final SignalKernel kernel = Kernels.signals();
  private int windows;
  private float[][] scores = new float[0][];

  /** Of the ways to each state, with a margin of {@link #FARTHEST} on both sides. */
  private float[][] best = new float[0][];

  private int[] highest = new int[0];
  private int[] steps = new int[0];
  private int[] sorted = new int[0];
  private double[] drifts = new double[0];
  private double[] ordered = new double[0];
  private double[] passed = new double[0];

  void reset(int count) {
    windows = count;
    if (count > scores.length) {
      int had = scores.length;
      int capacity = Math.max(16, Integer.highestOneBit(count) * 2);
      scores = Arrays.copyOf(scores, capacity);
      best = Arrays.copyOf(best, capacity);
      for (int i = had; i < capacity; i++) {
        scores[i] = new float[LagGrid.PADDED_BEATS];
        best[i] = new float[LagGrid.PADDED_BEATS + 2 * FARTHEST];
        // Nothing comes from outside of the grid.
        Arrays.fill(best[i], Float.NEGATIVE_INFINITY);
      }
      highest = new int[capacity];
      steps = new int[capacity];
      sorted = new int[capacity];
      drifts = new double[capacity];
      ordered = new double[capacity];
      passed = new double[capacity];
    }
  }

  /** To be filled with the scores of the beats in a window, in natural logarithms. */
  float[] scores(int window) {
    return scores[window];
  }

  /** Finds the way; returns the standard deviation of the logarithm of its tempo. */
  double find() {
    for (int i = 0; i < LagGrid.BEATS; i++) {
      best[0][FARTHEST + i] = TRUST * scores[0][i];
    }
    highest[0] = highest(best[0]);
    for (int w = 1; w < windows; w++) {
      advance(best[w - 1], highest[w - 1], scores[w], best[w]);
      highest[w] = highest(best[w]);
    }
    int state = highest[windows - 1];
    steps[windows - 1] = state;
    for (int w = windows - 1; w > 0; w--) {
      state = origin(best[w - 1], highest[w - 1], state);
      steps[w - 1] = state;
    }
    return align();
  }

  private static int highest(float[] values) {
    int highest = FARTHEST;
    float most = values[FARTHEST];
    for (int i = FARTHEST + 1; i < FARTHEST + LagGrid.BEATS; i++) {
      if (values[i] > most) {
        most = values[i];
        highest = i;
      }
    }
    return highest - FARTHEST;
  }

  private void advance(float[] before, int from, float[] window, float[] after) {
    float floor = before[FARTHEST + from] - JUMP;
    kernel.spread(before, floor, PENALTIES, after, FARTHEST, LagGrid.PADDED_BEATS);
    for (int i = 0; i < LagGrid.BEATS; i++) {
      after[FARTHEST + i] += TRUST * window[i];
    }
    Arrays.fill(
        after, FARTHEST + LagGrid.BEATS, FARTHEST + LagGrid.PADDED_BEATS, Float.NEGATIVE_INFINITY);
  }

  /** The state from which the best way to a state came. */
  private static int origin(float[] before, int highest, int state) {
    int origin = highest;
    float value = before[FARTHEST + origin] - JUMP;
    int last = Math.min(LagGrid.BEATS - 1, state + FARTHEST);
    for (int i = Math.max(0, state - FARTHEST); i <= last; i++) {
      float arriving = before[FARTHEST + i] - PENALTIES[Math.abs(i - state)];
      if (arriving > value) {
        value = arriving;
        origin = i;
      }
    }
    return origin;
  }

  /** Tempo of the windows relative to the file's, with jumps to other metrical levels undone. */
  private double align() {
    System.arraycopy(steps, 0, sorted, 0, windows);
    Arrays.sort(sorted, 0, windows);
    int median = sorted[windows / 2];
    double sum = 0;
    for (int w = 0; w < windows; w++) {
      int difference = steps[w] - median;
      steps[w] = Math.abs(difference) > FARTHEST_FROM_USUAL ? withoutLevel(difference) : difference;
    }
    double squares = 0;
    for (int w = 0; w < windows; w++) {
      int before = steps[Math.max(0, w - 1)];
      int after = steps[Math.min(windows - 1, w + 1)];
      double smooth = (before + 2 * steps[w] + after) / 4.0;
      drifts[w] = smooth;
      sum += smooth;
      squares += smooth * smooth;
    }
    double mean = sum / windows;
    double middle = middle();
    for (int w = 0; w < windows; w++) {
      drifts[w] -= middle;
    }
    double variance = Math.max(0, squares / windows - mean * mean);
    return Math.sqrt(variance) * Math.log(2) / LagGrid.STEPS_AN_OCTAVE;
  }

  /** What is least of a difference after any change of level is taken away. */
  private static int withoutLevel(int difference) {
    int least = difference;
    for (int level : LEVELS) {
      int other = difference - Integer.signum(difference) * level;
      least = Math.abs(other) < Math.abs(least) ? other : least;
    }
    return least;
  }

  /**
   * The drift of the beat in the middle, since a file's tempo is that of its median beat, and of
   * long beats a window has fewer: the mean of all drifts is up to a tenth slower where a performer
   * lingers.
   */
  private double middle() {
    System.arraycopy(drifts, 0, ordered, 0, windows);
    Arrays.sort(ordered, 0, windows);
    double beats = 0;
    for (int w = 0; w < windows; w++) {
      double here = Math.exp(-ordered[w] * Math.log(2) / LagGrid.STEPS_AN_OCTAVE);
      passed[w] = beats + here / 2;
      beats += here;
    }
    int w = 0;
    while (passed[w] < beats / 2) {
      w++;
    }
    if (w == 0) {
      return ordered[0];
    }
    double share = (beats / 2 - passed[w - 1]) / (passed[w] - passed[w - 1]);
    return ordered[w - 1] + share * (ordered[w] - ordered[w - 1]);
  }

  /** Steps, with their fraction, by which the beat of a window is longer than the median beat. */
  double drift(int window) {
    return drifts[window];
  }

  /** The same in whole steps. */
  int shift(int window) {
    return (int) Math.rint(drifts[window]);
  }
}
