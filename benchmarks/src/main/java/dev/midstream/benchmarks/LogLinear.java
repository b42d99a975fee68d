package dev.midstream.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Fits a log-linear choice (McFadden's conditional logit): of some alternatives, each with its
 * features, one of those that are right is chosen with the probability that a softmax over weighted
 * sums gives it. Most likely weights under a quadratic penalty, by L-BFGS (Nocedal and Wright,
 * "Numerical Optimization", algorithm 7.4); deterministic.
 */
final class LogLinear {
  private static final int MEMORY = 10;

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
    Deque<double[][]> memory = new ArrayDeque<>();
    int idle = 0;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] direction = direction(gradient, memory);
      double slope = dot(direction, gradient);
      double step = memory.isEmpty() ? 1 / Math.sqrt(Math.max(1e-30, -slope)) : 1;
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
      double[] moved = minus(next, point);
      double[] turned = minus(nextGradient, gradient);
      if (dot(moved, turned) > 1e-12) {
        memory.addLast(new double[][] {moved, turned});
        if (memory.size() > MEMORY) {
          memory.removeFirst();
        }
      }
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

  private double[] direction(double[] gradient, Deque<double[][]> memory) {
    double[] q = gradient.clone();
    double[] alphas = new double[memory.size()];
    int k = memory.size();
    for (Iterator<double[][]> i = memory.descendingIterator(); i.hasNext(); ) {
      double[][] pair = i.next();
      alphas[--k] = dot(pair[0], q) / dot(pair[0], pair[1]);
      add(q, -alphas[k], pair[1]);
    }
    if (!memory.isEmpty()) {
      double[][] last = memory.getLast();
      double factor = dot(last[0], last[1]) / dot(last[1], last[1]);
      for (int i = 0; i < features; i++) {
        q[i] *= factor;
      }
    }
    k = 0;
    for (double[][] pair : memory) {
      double beta = dot(pair[1], q) / dot(pair[0], pair[1]);
      add(q, alphas[k++] - beta, pair[0]);
    }
    for (int i = 0; i < features; i++) {
      q[i] = -q[i];
    }
    return q;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
