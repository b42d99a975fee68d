package dev.midstream.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * Median, least and greatest of what several rounds took.
 *
 * @param median the middle one, or between the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {

  /** Of at least one value; the array is not changed. */
  public static Spread of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Least and greatest, with {@code digits} behind the point. */
  public String range(int digits) {
    return String.format(Locale.ROOT, "%.{d}f–%.{d}f".replace("{d}", "" + digits), min, max);
  }
}
