package dev.midstream.analysis;

import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;

/**
 * A log-linear model over the grid of lags: how well each lag would do as the beat. The score of a
 * lag sums, over the kinds of evidence, the roots of the periodicity at the lag's multiples and
 * fractions, and polynomials of the logarithms of tempo and of events a beat. A softmax over the
 * scores is the probability of each tempo. Trained by {@code -Pbenchmark=train-tempo}. Immutable.
 */
final class LagModel {
  /** The multiples of a beat that are read, 1/6, 1/4, 1/3, 1/2 … 4, in steps of the grid. */
  private static final int[] MULTIPLES = {-62, -48, -38, -24, -14, -10, 0, 10, 14, 24, 38, 48};

  /** Features of each kind besides its periodicity. */
  static final int DENSITIES = 3;

  /** Features of the tempo alone, and of how much it varies. */
  static final int PRIORS = 5;

  static final int FEATURES = Onsets.KINDS * (MULTIPLES.length + DENSITIES) + PRIORS;

  /** Beats are measured against 0.6 s: 100 a minute. */
  private static final double LOG_UNIT = Math.log(0.6);

  /** The logarithm of each beat's length in that unit. */
  private static final double[] LOG_BEATS = new double[LagGrid.BEATS];

  static {
    for (int i = 0; i < LagGrid.BEATS; i++) {
      LOG_BEATS[i] = Math.log(LagGrid.seconds(LagGrid.FIRST_BEAT + i)) - LOG_UNIT;
    }
  }

  private final SignalKernel kernel = Kernels.signals();
  private final float[] weights;

  LagModel(float[] weights) {
    if (weights.length != FEATURES) {
      throw new IllegalArgumentException(weights.length + " weights for " + FEATURES);
    }
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
   * @param scores {@link LagGrid#PADDED_BEATS} results, of which only {@link LagGrid#BEATS} count
   */
  void score(float[] roots, float[] energies, double[] logRates, double variation, float[] scores) {
    int feature = 0;
    double linear = 0;
    double square = 0;
    Arrays.fill(scores, 0);
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      boolean present = !Double.isNaN(logRates[kind]);
      if (present) {
        int row = kind * LagGrid.STRIDE + LagGrid.MARGIN + LagGrid.FIRST_BEAT;
        if (energies[kind] > 0) {
          kernel.addShifted(roots, row, MULTIPLES, weights, feature, scores, LagGrid.PADDED_BEATS);
        }
        // x = log events a beat = log rate + log beat
        int density = feature + MULTIPLES.length;
        double rate = logRates[kind] + LOG_UNIT;
        linear += weights[density] + 2 * rate * weights[density + 1] + weights[density + 2];
        square += weights[density + 1];
      }
      feature += MULTIPLES.length + DENSITIES;
    }
    linear += weights[feature] + variation * weights[feature + 3];
    square += weights[feature + 1] + variation * weights[feature + 4];
    double cubic = weights[feature + 2];
    for (int beat = 0; beat < LagGrid.BEATS; beat++) {
      double x = LOG_BEATS[beat];
      scores[beat] += (float) (x * (linear + x * (square + x * cubic)));
    }
  }

  /**
   * The features themselves, which {@link #score} never spells out, for training.
   *
   * @param into {@link LagGrid#BEATS} rows of {@link #FEATURES}
   */
  static void features(float[] roots, double[] logRates, double variation, float[] into) {
    for (int beat = 0; beat < LagGrid.BEATS; beat++) {
      features(roots, logRates, variation, beat, into, beat * FEATURES);
    }
  }

  /** The features of one beat, into {@code into[at …]}. */
  static void features(
      float[] roots, double[] logRates, double variation, int beat, float[] into, int at) {
    int feature = at;
    double x = LOG_BEATS[beat];
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      boolean present = !Double.isNaN(logRates[kind]);
      for (int multiple : MULTIPLES) {
        int lag = LagGrid.FIRST_BEAT + beat + multiple;
        into[feature++] = present ? roots[kind * LagGrid.STRIDE + LagGrid.MARGIN + lag] : 0;
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
