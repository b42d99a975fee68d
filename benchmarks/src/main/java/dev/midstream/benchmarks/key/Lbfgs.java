package dev.midstream.benchmarks.key;

import dev.midstream.benchmarks.Curvature;

/**
 * Limited-memory BFGS with backtracking (Nocedal and Wright, "Numerical Optimization", algorithm
 * 7.5), for smooth convex functions. Deterministic.
 */
final class Lbfgs {
  private static final int MEMORY = 8;
  private static final int MOST_STEPS = 200;
  private static final double ENOUGH = 1e-7;

  /** A function of a point; writes its gradient there. */
  interface Objective {
    double at(double[] point, double[] gradient);
  }

  private Lbfgs() {}

  /** Where the function is least, starting from {@code start}. */
  static double[] minimize(Objective objective, double[] start) {
    int n = start.length;
    double[] point = start.clone();
    double[] gradient = new double[n];
    double value = objective.at(point, gradient);
    Curvature curvature = new Curvature(MEMORY, 0);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = curvature.direction(gradient);
      double slope = Curvature.dot(direction, gradient);
      double length = curvature.isUnknown() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
      double[] next = new double[n];
      double[] nextGradient = new double[n];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int tries = 0; tries < 30 && !(nextValue <= value + 1e-4 * length * slope); tries++) {
        length = tries == 0 ? length : length / 2;
        for (int i = 0; i < n; i++) {
          next[i] = point[i] + length * direction[i];
        }
        nextValue = objective.at(next, nextGradient);
      }
      double gain = value - nextValue;
      if (!(gain > 0)) {
        return point;
      }
      curvature.remember(point, next, gradient, nextGradient);
      point = next;
      gradient = nextGradient;
      value = nextValue;
      if (gain < ENOUGH * Math.abs(value)) {
        return point;
      }
    }
    return point;
  }
}
