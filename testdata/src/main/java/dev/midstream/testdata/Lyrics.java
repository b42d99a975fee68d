package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Words to be sung: lines whose syllables are parted by hyphens, an empty line parts verses. */
final class Lyrics {
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern HYPHEN = Pattern.compile("-");

  private final String[] lines;

  Lyrics(String... lines) {
    this.lines = lines;
  }

  /** The words as they are read. */
  String text() {
    return String.join("\n", lines).replace("-", "");
  }

  /**
   * The syllables as they are written.
   *
   * @param newLine what goes before the first syllable of a line
   * @param newVerse what goes before the first syllable of a verse, the very first one excepted
   */
  List<String> syllables(String newLine, String newVerse) {
    List<String> all = new ArrayList<>();
    String next = "";
    for (String line : lines) {
      if (line.isEmpty()) {
        next = newVerse;
        continue;
      }
      for (String word : SPACE.splitAsStream(line).toList()) {
        List<String> syllables = HYPHEN.splitAsStream(word).toList();
        all.add(next + syllables.get(0));
        all.addAll(syllables.subList(1, syllables.size()));
        next = " ";
      }
      next = newLine;
    }
    return all;
  }
}
