package dev.midstream.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The measures of tempo and key that the literature uses. */
public final class Score {
  private static final double TOLERANCE = 0.04;
  private static final double[] EXACT = {1};
  private static final double[] OCTAVES = {1, 2, 3, 1 / 2.0, 1 / 3.0};
  private static final int[] NATURALS = {9, 11, 0, 2, 4, 5, 7};

  private Score() {}

  /**
   * Whether a tempo is right to 4 % (accuracy 1 of Gouyon et al., "An Experimental Comparison of
   * Audio Tempo Induction Algorithms", 2006); with {@code octaves}, after a factor of 2, 3, 1/2 or
   * 1/3 (accuracy 2).
   */
  static boolean tempo(double truth, double answer, boolean octaves) {
    for (double factor : octaves ? OCTAVES : EXACT) {
      if (Math.abs(answer * factor - truth) <= TOLERANCE * truth) {
        return true;
      }
    }
    return false;
  }

  /**
   * A key.
   *
   * @param tonic 0 for C to 11
   * @param minor its mode
   */
  public record Key(int tonic, boolean minor) {
    /** The key of a name like {@code F# minor}; null if it is none. */
    public static @Nullable Key of(@Nullable String text) {
      if (text == null || text.isBlank()) {
        return null;
      }
      String[] parts = text.trim().split(" ", 2);
      int letter = Character.toUpperCase(parts[0].charAt(0)) - 'A';
      if (letter < 0 || letter >= NATURALS.length) {
        return null;
      }
      int tonic = NATURALS[letter];
      for (char accidental : parts[0].substring(1).toCharArray()) {
        tonic += accidental == '#' ? 1 : accidental == 'b' ? -1 : 0;
      }
      String mode = parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "";
      return new Key(Math.floorMod(tonic, 12), mode.startsWith("min"));
    }

    /** The sharps of its signature, modulo 12. */
    int sharps() {
      return (minor ? tonic + 3 : tonic) * 7 % 12;
    }
  }

  /**
   * The weight that MIREX gives to a key: 1 for the right one, 0.5 for a fifth off, 0.3 for the
   * relative, 0.2 for the parallel key.
   */
  static double mirex(String truth, @Nullable String answer) {
    Key wanted = Key.of(truth);
    Key given = Key.of(answer);
    return wanted == null || given == null ? 0 : mirex(wanted, given);
  }

  /** The same of two keys. */
  public static double mirex(Key wanted, Key given) {
    int up = Math.floorMod(given.tonic - wanted.tonic, 12);
    if (wanted.minor == given.minor) {
      return up == 0 ? 1 : up == 5 || up == 7 ? 0.5 : 0;
    }
    if (up == (wanted.minor ? 3 : 9)) {
      return 0.3;
    }
    return up == 0 ? 0.2 : 0;
  }

  /** Whether the signature of a key has this many sharps (flats are negative), enharmonically. */
  static boolean signature(int sharps, @Nullable String answer) {
    Key given = Key.of(answer);
    return given != null && given.sharps() == Math.floorMod(sharps, 12);
  }
}
