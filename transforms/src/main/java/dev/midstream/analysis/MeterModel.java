package dev.midstream.analysis;

/**
 * Tells the kind of metre from the features of a beat: whether its bars are of two or four beats,
 * of three, or of beats in three parts. A softmax over three weighted sums. Immutable.
 */
final class MeterModel {
  /** What each kind is called: the time signature that is by far the most usual of its kind. */
  static final String[] NAMES = {"4/4", "3/4", "6/8"};

  static final int KINDS = NAMES.length;

  private static final int FEATURES = LagModel.Reading.WINDOW.features();

  private final float[] weights;

  MeterModel(float[] weights) {
    if (weights.length != KINDS * FEATURES) {
      throw new IllegalArgumentException(weights.length + " weights of metres");
    }
    this.weights = weights;
  }

  /** The kind of a time signature; −1 for those of five, seven and other numbers of beats. */
  static int kindOf(int numerator, int denominator) {
    if (denominator >= 8 && numerator > 3 && numerator % 3 == 0) {
      return 2;
    }
    if (numerator == 3 || numerator == 6) {
      return 1;
    }
    return numerator == 2 || numerator == 4 || numerator == 8 ? 0 : -1;
  }

  /** The probability of each kind. */
  void probabilities(float[] features, double[] into) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int kind = 0; kind < KINDS; kind++) {
      double score = 0;
      for (int i = 0; i < FEATURES; i++) {
        score += weights[kind * FEATURES + i] * features[i];
      }
      into[kind] = score;
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (int kind = 0; kind < KINDS; kind++) {
      into[kind] = Math.exp(into[kind] - highest);
      sum += into[kind];
    }
    for (int kind = 0; kind < KINDS; kind++) {
      into[kind] /= sum;
    }
  }
}
