package dev.midstream.benchmarks;

import java.util.Arrays;

/**
 * Fits a log-linear choice (McFadden's conditional logit): of some alternatives, each with its
 * features, one of those that are right is chosen with the probability that a softmax over weighted
 * sums gives it. Most likely weights under a quadratic penalty, by L-BFGS (Nocedal and Wright,
 * "Numerical Optimization", algorithm 7.4); deterministic.
 */
final class LogLinear {
  private static final int MEMORY = 10;
  private static final double LEAST_CURVATURE = 1e-12;

  /**
   * Done when the loss fell by less than this, this many times in a row: one step can be unlucky.
   */
  private static final double LEAST_GAIN = 1e-6;

  private static final int PATIENCE = 5;

  private final int alternatives;
  private final int features;
  private final double penalty;
  private final int iterations;

  LogLinear(int alternatives, int features, double penalty, int iterations) {
    this.alternatives = alternatives;
    this.features = features;
    this.penalty = penalty;
    this.iterations = iterations;
  }

  /**
   * Fits.
   *
   * @param rows the features of each sample's alternatives, one alternative after the other
   * @param right which alternatives are right, for each sample
   * @param importance of each sample
   * @return a weight for each feature
   */
  float[] fit(float[][] rows, boolean[][] right, double[] importance) {
    double[] scale = scales(rows);
    double[] point = new double[features];
    double[] gradient = new double[features];
    double loss = loss(rows, right, importance, scale, point, gradient);
    Curvature curvature = new Curvature(MEMORY, LEAST_CURVATURE);
    int idle = 0;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] direction = curvature.direction(gradient);
      double slope = Curvature.dot(direction, gradient);
      double step = curvature.isUnknown() ? 1 / Math.sqrt(Math.max(1e-30, -slope)) : 1;
      double[] next = new double[features];
      double[] nextGradient = new double[features];
      double nextLoss;
      do {
        for (int i = 0; i < features; i++) {
          next[i] = point[i] + step * direction[i];
        }
        nextLoss = loss(rows, right, importance, scale, next, nextGradient);
        step /= 2;
      } while (nextLoss > loss + 2e-4 * step * slope && step > 1e-12);
      curvature.remember(point, next, gradient, nextGradient);
      idle = loss - nextLoss < LEAST_GAIN ? idle + 1 : 0;
      point = next;
      gradient = nextGradient;
      loss = nextLoss;
      if (idle == PATIENCE) {
        break;
      }
    }
    float[] weights = new float[features];
    for (int i = 0; i < features; i++) {
      weights[i] = (float) (point[i] * scale[i]);
    }
    return weights;
  }

  /** One by the spread of each feature: penalties are to weigh on all alike. */
  private double[] scales(float[][] rows) {
    double[] sums = new double[features];
    double[] squares = new double[features];
    for (float[] row : rows) {
      for (int a = 0; a < alternatives; a++) {
        for (int i = 0; i < features; i++) {
          double value = row[a * features + i];
          sums[i] += value;
          squares[i] += value * value;
        }
      }
    }
    double n = (double) rows.length * alternatives;
    double[] scales = new double[features];
    for (int i = 0; i < features; i++) {
      double mean = sums[i] / n;
      double variance = squares[i] / n - mean * mean;
      scales[i] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
    }
    return scales;
  }

  private double loss(
      float[][] rows,
      boolean[][] right,
      double[] importance,
      double[] scale,
      double[] point,
      double[] gradient) {
    float[] weights = new float[features];
    for (int i = 0; i < features; i++) {
      weights[i] = (float) (point[i] * scale[i]);
    }
    double[] sums = new double[features];
    double all = Arrays.stream(importance).sum();
    double loss = 0;
    double[] scores = new double[alternatives];
    for (int row = 0; row < rows.length; row++) {
      loss -=
          importance[row]
              / all
              * addGradient(rows[row], right[row], weights, importance[row] / all, scores, sums);
    }
    for (int i = 0; i < features; i++) {
      loss += penalty * point[i] * point[i];
      gradient[i] = sums[i] * scale[i] + 2 * penalty * point[i];
    }
    return loss;
  }

  /** Returns the logarithm of the probability of what is right. */
  private double addGradient(
      float[] row,
      boolean[] right,
      float[] weights,
      double importance,
      double[] scores,
      double[] sums) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < alternatives; a++) {
      float score = 0;
      for (int i = 0; i < features; i++) {
        score += weights[i] * row[a * features + i];
      }
      scores[a] = score;
      highest = Math.max(highest, score);
    }
    double all = 0;
    double good = 1e-9;
    for (int a = 0; a < alternatives; a++) {
      scores[a] = Math.exp(scores[a] - highest);
      all += scores[a];
      good += right[a] ? scores[a] : 0;
    }
    for (int a = 0; a < alternatives; a++) {
      float change = (float) (importance * (scores[a] / all - (right[a] ? scores[a] / good : 0)));
      if (Math.abs(change) > 1e-12) {
        for (int i = 0; i < features; i++) {
          sums[i] += change * row[a * features + i];
        }
      }
    }
    return Math.log(good / all);
  }
}
