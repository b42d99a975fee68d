package dev.midstream.benchmarks.key;

import java.util.ArrayDeque;
import java.util.Deque;

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

  private record Pair(double[] step, double[] change, double scale) {}

  private Lbfgs() {}

  /** Where the function is least, starting from {@code start}. */
  static double[] minimize(Objective objective, double[] start) {
    int n = start.length;
    double[] point = start.clone();
    double[] gradient = new double[n];
    double value = objective.at(point, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = direction(gradient, pairs);
      double slope = dot(direction, gradient);
      double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
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
      remember(pairs, minus(next, point), minus(nextGradient, gradient));
      point = next;
      gradient = nextGradient;
      value = nextValue;
      if (gain < ENOUGH * Math.abs(value)) {
        return point;
      }
    }
    return point;
  }

  private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > 0) {
      pairs.addLast(new Pair(step, change, 1 / curvature));
      if (pairs.size() > MEMORY) {
        pairs.removeFirst();
      }
    }
  }

  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (var newest = pairs.descendingIterator(); newest.hasNext(); i++) {
      Pair pair = newest.next();
      alphas[i] = pair.scale * dot(pair.step, q);
      add(q, -alphas[i], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = 1 / (last.scale * dot(last.change, last.change));
      for (int k = 0; k < q.length; k++) {
        q[k] *= scale;
      }
    }
    for (Pair pair : pairs) {
      i--;
      add(q, alphas[i] - pair.scale * dot(pair.change, q), pair.step);
    }
    for (int k = 0; k < q.length; k++) {
      q[k] = -q[k];
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
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }
}
