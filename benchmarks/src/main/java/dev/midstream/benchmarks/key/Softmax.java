package dev.midstream.benchmarks.key;

/** Scores to probabilities. */
final class Softmax {
  private Softmax() {}

  /** In place. */
  static void apply(double[] scores) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - highest);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  /** The probability of a set, a bit each. */
  static double of(double[] probabilities, int set) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if ((set >> i & 1) != 0) {
        sum += probabilities[i];
      }
    }
    return sum;
  }

  /** The most probable. */
  static int best(double[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }
}
