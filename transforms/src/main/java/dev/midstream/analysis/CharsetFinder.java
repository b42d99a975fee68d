package dev.midstream.analysis;

import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Set;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds the charset of texts that are not UTF-8. Windows-1252, unless the detector (a descendant of
 * Mozilla's) names a charset in which karaoke and sequencer software writes, and the texts, read
 * so, look like its language. The second condition is for titles and names: a detector made for
 * pages is soon wrong on ten bytes. Reused from file to file; one thread.
 */
final class CharsetFinder {
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Enough text to tell by. */
  private static final int MOST_BYTES = 1024;

  /** Shorter samples are repeated: the detector refuses to judge a handful of characters. */
  private static final int LEAST_BYTES = 256;

  private static final byte[] NEWLINE = {'\n'};

  private static final Set<UnicodeScript> JAPANESE =
      Set.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN);

  /** A charset to decode with, and what it must decode to. */
  private record Candidate(Charset charset, Set<UnicodeScript> scripts, int leastLetters) {}

  private static final Map<String, Candidate> CANDIDATES =
      Map.of(
          "SHIFT_JIS", new Candidate(Charset.forName("windows-31j"), JAPANESE, 2),
          "EUC-JP", new Candidate(Charset.forName("EUC-JP"), JAPANESE, 2),
          "GB18030", new Candidate(Charset.forName("GB18030"), Set.of(UnicodeScript.HAN), 2),
          "BIG5", new Candidate(Charset.forName("x-windows-950"), Set.of(UnicodeScript.HAN), 2),
          "EUC-KR",
              new Candidate(
                  Charset.forName("x-windows-949"),
                  Set.of(UnicodeScript.HANGUL, UnicodeScript.HAN),
                  2),
          "WINDOWS-1251", cyrillic(),
          // The detector's usual slip for Windows-1251: their small letters are the same bytes.
          "MACCYRILLIC", cyrillic());

  private final UniversalDetector detector = new UniversalDetector();
  private final byte[] sample = new byte[MOST_BYTES];
  private int size;

  private static Candidate cyrillic() {
    return new Candidate(Charset.forName("windows-1251"), Set.of(UnicodeScript.CYRILLIC), 4);
  }

  void reset() {
    size = 0;
  }

  boolean isFull() {
    return size == MOST_BYTES;
  }

  /** Adds a text of the file to the evidence. */
  void add(byte[] data, int from, int length) {
    append(data, from, length);
    append(NEWLINE, 0, 1);
  }

  private void append(byte[] data, int from, int length) {
    int taken = Math.min(length, MOST_BYTES - size);
    System.arraycopy(data, from, sample, size, taken);
    size += taken;
  }

  /** What the texts are most likely written in. */
  Charset find() {
    detector.reset();
    int fed = 0;
    do {
      detector.handleData(sample, 0, size);
      fed += size;
    } while (fed < LEAST_BYTES && size > 0);
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    Candidate candidate = name == null ? null : CANDIDATES.get(name);
    return candidate != null && isPlausible(candidate) ? candidate.charset() : WINDOWS_1252;
  }

  private boolean isPlausible(Candidate candidate) {
    String text = new String(sample, 0, size, candidate.charset());
    int letters = 0;
    int strange = 0;
    int touching = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      UnicodeScript script = UnicodeScript.of(c);
      if (candidate.scripts().contains(script)) {
        letters++;
        // Western words mix letters with and without accents; others stay among their own.
        if (isLatin(text, i - 1) || isLatin(text, i + 1)) {
          touching++;
        }
      } else if (c == '\uFFFD' || script == UnicodeScript.UNKNOWN || isForeign(c)) {
        strange++;
      }
    }
    return letters >= candidate.leastLetters() && strange * 8 <= letters && touching * 3 <= letters;
  }

  /** Letters of a third language; full-width Latin ones belong to all of East Asia. */
  private static boolean isForeign(char c) {
    boolean fullWidth = c >= 0xFF01 && c <= 0xFF5E;
    return Character.isLetter(c) && !fullWidth && UnicodeScript.of(c) != UnicodeScript.COMMON;
  }

  private static boolean isLatin(String text, int at) {
    if (at < 0 || at >= text.length()) {
      return false;
    }
    int c = text.charAt(at) | 0x20;
    return c >= 'a' && c <= 'z';
  }
}
