package dev.midstream.testdata;

/** A time signature; {@code denominator} is a power of two. */
record Meter(int numerator, int denominator) {
  static final Meter COMMON = new Meter(4, 4);

  Meter {
    if (numerator < 1 || Integer.bitCount(denominator) != 1) {
      throw new IllegalArgumentException(numerator + "/" + denominator);
    }
  }

  /** Parses {@code 6/8}. */
  static Meter of(String text) {
    int slash = text.indexOf('/');
    return new Meter(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  int barTicks(int quarter) {
    return quarter * 4 * numerator / denominator;
  }

  /** The steady pulse of the accompaniment: the written beat, but never slower than a quarter. */
  int pulseTicks(int quarter) {
    return Math.min(quarter, quarter * 4 / denominator);
  }

  /** Beats in twelve quarter notes: in compound metres three denominators are one beat. */
  int beatsOfTwelveQuarters() {
    if (numerator == 1) {
      return 12;
    }
    boolean compound = denominator >= 8 && numerator > 3 && numerator % 3 == 0;
    return compound ? denominator : 3 * denominator;
  }

  int denominatorExponent() {
    return Integer.numberOfTrailingZeros(denominator);
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
