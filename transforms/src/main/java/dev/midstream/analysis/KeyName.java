package dev.midstream.analysis;

/** Names of keys, spelled as their signatures have them. */
final class KeyName {
  /** Tonics of the major keys with −7 … 7 sharps; index sharps + 7. */
  private static final String[] MAJOR = {
    "Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#"
  };

  /** Tonics of the minor keys with −7 … 7 sharps. */
  private static final String[] MINOR = {
    "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#"
  };

  private KeyName() {}

  /** The key of a signature with {@code sharps} −7 … 7 (flats negative). */
  static String ofSignature(int sharps, boolean minor) {
    return (minor ? MINOR : MAJOR)[sharps + 7] + (minor ? " minor" : " major");
  }

  /** Pitch class 0 … 11 of the tonic of a signature. */
  static int tonic(int sharps, boolean minor) {
    return Math.floorMod(sharps * 7 + (minor ? 9 : 0), 12);
  }

  /**
   * The number of sharps of the key on {@code tonic}, in the spelling with the fewest accidentals;
   * of two with six, F# major and Eb minor.
   */
  static int sharps(int tonic, boolean minor) {
    int sharps = Math.floorMod((tonic - (minor ? 9 : 0)) * 7, 12);
    return sharps > 6 || (minor && sharps == 6) ? sharps - 12 : sharps;
  }
}
