package dev.midstream.source;

import java.util.List;
import java.util.Locale;

/** Which files of a folder are taken for MIDI files: those with one of five extensions. */
public final class MidiNames {
  private static final List<String> EXTENSIONS = List.of(".mid", ".midi", ".kar", ".rmi", ".smf");

  private MidiNames() {}

  /** Whether a file of this name is one, whatever the case of the extension. */
  public static boolean matches(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : EXTENSIONS) {
      if (lower.endsWith(extension)) {
        return true;
      }
    }
    return false;
  }
}
