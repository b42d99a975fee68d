package dev.midstream.analysis;

import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;

/**
 * A log-linear model over the grid of lags: how well each lag would do as the beat. The score of a
 * lag sums, over the kinds of evidence, the roots of the periodicity around the lag and at its
 * multiples and fractions, and polynomials of the logarithms of tempo and of events a beat. A
 * softmax over the scores is the probability of each tempo. Trained by {@code
 * -Pbenchmark=train-tempo}. Immutable.
 */
final class LagModel {
  /** The multiples of a beat that are read, 1/6, 1/4, 1/3, 1/2 … 4, in steps of the grid. */
  private static final int[] MULTIPLES = {-62, -48, -38, -24, -14, -10, 0, 10, 14, 24, 38, 48};

  /** Lags beside the beat, which tell whether it is a summit, and more fractions and multiples. */
  private static final int[] BESIDE = {-43, -34, -29, -19, -5, -3, 3, 5, 19, 29, 34, 43};

  /** Features of each kind besides its periodicity. */
  private static final int DENSITIES = 3;

  /** Features of the tempo alone, and of how much it varies. */
  private static final int PRIORS = 5;

  /** What a model reads of each kind of evidence. */
  enum Reading {
    /** Of every window: the least that does. */
    WINDOW(false, MULTIPLES),

    /** Of a file, once: more lags, and periodicity itself besides its root. */
    FILE(true, MULTIPLES, BESIDE);

    private final boolean squares;
    private final int[][] lags;

    Reading(boolean squares, int[]... lags) {
      this.squares = squares;
      this.lags = lags;
    }

    private int ofKind() {
      int ofRoots = lags.length * SignalKernel.SHIFTS;
      return (squares ? 2 : 1) * ofRoots + DENSITIES;
    }

    /** The number of features. */
    int features() {
      return Onsets.KINDS * ofKind() + PRIORS;
    }
  }

  /** Beats are measured against 0.6 s: 100 a minute. */
  private static final double LOG_UNIT = Math.log(0.6);

  /** The logarithm of each beat's length in that unit. */
  private static final double[] LOG_BEATS = new double[LagGrid.BEATS];

  static {
    for (int i = 0; i < LagGrid.BEATS; i++) {
      LOG_BEATS[i] = Math.log(LagGrid.seconds(LagGrid.FIRST_BEAT + i)) - LOG_UNIT;
    }
  }

  /** What {@link #score} works in; one thread at a time. */
  static final class Scratch {
    private final float[] squares = new float[LagGrid.STRIDE];
    private final float[] copies = new float[SignalKernel.COPIES];
  }

  private final SignalKernel kernel = Kernels.signals();
  private final Reading reading;
  private final float[] weights;

  LagModel(Reading reading, float[] weights) {
    if (weights.length != reading.features()) {
      throw new IllegalArgumentException(weights.length + " weights for " + reading.features());
    }
    this.reading = reading;
    this.weights = weights;
  }

  /**
   * The evidence of a window or a file.
   *
   * @param roots {@link Onsets#KINDS} rows of {@link LagGrid#STRIDE}: roots of the normalised
   *     periodicity
   * @param energies only kinds that have any have periodicity
   * @param logRates logarithm of the onsets of each kind a second; NaN for a kind that is missing
   * @param variation standard deviation of the logarithm of tempo over the file
   * @param scratch to work in
   * @param scores {@link LagGrid#PADDED_BEATS} results, of which only {@link LagGrid#BEATS} count
   */
  void score(
      float[] roots,
      float[] energies,
      double[] logRates,
      double variation,
      Scratch scratch,
      float[] scores) {
    int feature = 0;
    double linear = 0;
    double square = 0;
    Arrays.fill(scores, 0);
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      if (!Double.isNaN(logRates[kind])) {
        if (energies[kind] > 0) {
          addPeriodicity(roots, kind * LagGrid.STRIDE, feature, scratch, scores);
        }
        // x = log events a beat = log rate + log beat
        int density = feature + reading.ofKind() - DENSITIES;
        double rate = logRates[kind] + LOG_UNIT;
        linear += weights[density] + 2 * rate * weights[density + 1] + weights[density + 2];
        square += weights[density + 1];
      }
      feature += reading.ofKind();
    }
    linear += weights[feature] + variation * weights[feature + 3];
    square += weights[feature + 1] + variation * weights[feature + 4];
    double cubic = weights[feature + 2];
    for (int beat = 0; beat < LagGrid.BEATS; beat++) {
      double x = LOG_BEATS[beat];
      scores[beat] += (float) (x * (linear + x * (square + x * cubic)));
    }
  }

  private void addPeriodicity(
      float[] roots, int row, int firstWeight, Scratch scratch, float[] scores) {
    int weight = addLags(roots, row, firstWeight, scratch.copies, scores);
    if (reading.squares) {
      for (int i = 0; i < LagGrid.STRIDE; i++) {
        scratch.squares[i] = roots[row + i] * roots[row + i];
      }
      addLags(scratch.squares, 0, weight, scratch.copies, scores);
    }
  }

  private int addLags(float[] rows, int row, int firstWeight, float[] copies, float[] scores) {
    int weight = firstWeight;
    for (int[] lags : reading.lags) {
      int at = row + LagGrid.MARGIN + LagGrid.FIRST_BEAT;
      kernel.addShifted(rows, at, lags, weights, weight, scores, LagGrid.PADDED_BEATS, copies);
      weight += SignalKernel.SHIFTS;
    }
    return weight;
  }

  /** The features of one beat, which {@link #score} never spells out, into {@code into[at …]}. */
  static void features(
      Reading reading,
      float[] roots,
      double[] logRates,
      double variation,
      int beat,
      float[] into,
      int at) {
    int feature = at;
    double x = LOG_BEATS[beat];
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      boolean present = !Double.isNaN(logRates[kind]);
      int first = feature;
      for (int[] lags : reading.lags) {
        for (int lag : lags) {
          int place = kind * LagGrid.STRIDE + LagGrid.MARGIN + LagGrid.FIRST_BEAT + beat + lag;
          into[feature++] = present ? roots[place] : 0;
        }
      }
      if (reading.squares) {
        int count = feature - first;
        for (int i = first; i < first + count; i++) {
          into[feature++] = into[i] * into[i];
        }
      }
      double events = logRates[kind] + LOG_UNIT + x;
      into[feature++] = present ? (float) events : 0;
      into[feature++] = present ? (float) (events * events) : 0;
      into[feature++] = present ? (float) x : 0;
    }
    into[feature++] = (float) x;
    into[feature++] = (float) (x * x);
    into[feature++] = (float) (x * x * x);
    into[feature++] = (float) (variation * x);
    into[feature] = (float) (variation * x * x);
  }
}
