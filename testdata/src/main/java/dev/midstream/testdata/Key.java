package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A key by its place on the line of fifths: {@code sf} sharps (negative: flats) and its mode. */
record Key(int sf, boolean minor) {
  private static final String FIFTHS = "FCGDAEB";

  Key {
    if (sf < -7 || sf > 7) {
      throw new IllegalArgumentException("sf " + sf);
    }
  }

  /** Parses {@code F# minor}. */
  static Key of(String name) {
    for (int sf = -7; sf <= 7; sf++) {
      for (boolean minor : new boolean[] {false, true}) {
        Key key = new Key(sf, minor);
        if (key.toString().equals(name)) {
          return key;
        }
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** The twelve major and twelve minor keys, by pitch class, in their usual spelling. */
  static List<Key> all() {
    List<Key> keys = new ArrayList<>();
    for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
      for (boolean minor : new boolean[] {false, true}) {
        keys.add(usual(pitchClass, minor));
      }
    }
    return keys;
  }

  /** The spelling with the fewest accidentals; of the two ties F# major and Eb minor. */
  private static Key usual(int pitchClass, boolean minor) {
    for (int sf : new int[] {0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5}) {
      Key key = new Key(sf, minor);
      if (key.tonic() == pitchClass) {
        return key;
      }
    }
    return new Key(minor ? -6 : 6, minor);
  }

  /** The pitch class of the tonic, C = 0. */
  int tonic() {
    return Math.floorMod(7 * fifthsFromC(), 12);
  }

  boolean soundsLike(Key other) {
    return minor == other.minor && tonic() == other.tonic();
  }

  Key usualSpelling() {
    return usual(tonic(), minor);
  }

  /** The name as part of a file name, such as {@code f-sharp-minor}. */
  String slug() {
    return toString()
        .replace("#", " sharp")
        .replaceFirst("^([A-G])b", "$1 flat")
        .replace(' ', '-')
        .toLowerCase(Locale.ROOT);
  }

  private int fifthsFromC() {
    return minor ? sf + 3 : sf;
  }

  @Override
  public String toString() {
    int index = fifthsFromC() + 1;
    int accidentals = Math.floorDiv(index, 7);
    String sign = accidentals < 0 ? "b".repeat(-accidentals) : "#".repeat(accidentals);
    return FIFTHS.charAt(Math.floorMod(index, 7)) + sign + (minor ? " minor" : " major");
  }
}
