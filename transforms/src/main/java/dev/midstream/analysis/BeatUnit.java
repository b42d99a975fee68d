package dev.midstream.analysis;

/**
 * What a time signature counts as a beat: its denominator, or three of them where bars are
 * compound, as in 6/8, 9/8, 12/8 and 12/16.
 */
final class BeatUnit {
  /** No time signature, as {@link #packed}. */
  static final int NONE = 0;

  private BeatUnit() {}

  /** A time signature in one number, as the parser packs it. */
  static int packed(int numerator, int denominator) {
    return numerator << 8 | denominator;
  }

  /** Beats a quarter note: 1 in 4/4, 1/2 in 2/2, 2/3 in 6/8; 1 where nothing is said. */
  static double beatsAQuarter(int packed) {
    int numerator = packed >> 8;
    int denominator = packed & 0xFF;
    if (denominator == 0 || numerator <= 1) {
      return 1;
    }
    boolean compound = denominator >= 8 && numerator > 3 && numerator % 3 == 0;
    return denominator / (compound ? 12.0 : 4.0);
  }

  static String name(int packed) {
    return (packed >> 8) + "/" + (packed & 0xFF);
  }
}
