package dev.midstream.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What L-BFGS remembers of a function: its last steps and how they turned the gradient; and the
 * direction to go that follows from it (Nocedal and Wright, "Numerical Optimization", algorithm
 * 7.4). How far to go, and when to stop, is the caller's.
 */
public final class Curvature {
  private final int memory;
  private final double least;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  private record Pair(double[] step, double[] change, double product) {}

  /**
   * Remembers nothing yet.
   *
   * @param memory the most steps that it remembers
   * @param least steps along which the function bends no more than this are not remembered
   */
  public Curvature(int memory, double least) {
    this.memory = memory;
    this.least = least;
  }

  /** Whether no step is remembered: then directions have no length to believe in. */
  public boolean isUnknown() {
    return pairs.isEmpty();
  }

  /** Remembers the step between two points, and the gradients there. */
  public void remember(double[] from, double[] to, double[] gradientFrom, double[] gradientTo) {
    double[] step = minus(to, from);
    double[] change = minus(gradientTo, gradientFrom);
    double product = dot(step, change);
    if (product > least) {
      pairs.addLast(new Pair(step, change, product));
      if (pairs.size() > memory) {
        pairs.removeFirst();
      }
    }
  }

  /** Where to go from a point with this gradient. */
  public double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (var newest = pairs.descendingIterator(); newest.hasNext(); i++) {
      Pair pair = newest.next();
      alphas[i] = dot(pair.step, q) / pair.product;
      add(q, -alphas[i], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = last.product / dot(last.change, last.change);
      for (int k = 0; k < q.length; k++) {
        q[k] *= scale;
      }
    }
    for (Pair pair : pairs) {
      i--;
      add(q, alphas[i] - dot(pair.change, q) / pair.product, pair.step);
    }
    for (int k = 0; k < q.length; k++) {
      q[k] = -q[k];
    }
    return q;
  }

  /** The sum of the products. */
  public static double dot(double[] a, double[] b) {
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
