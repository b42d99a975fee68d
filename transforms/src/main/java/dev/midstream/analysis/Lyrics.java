package dev.midstream.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the syllables of one file to lyrics that can be read. Software disagrees on how to write
 * them: lyric events, whose line ends are carriage return, line feed or a slash, or, in karaoke
 * files, text events, of which {@code /} begins a line and {@code \} a paragraph. Some write them
 * into several tracks, some leave the spaces out.
 */
final class Lyrics {
  /** Each is compared with each. */
  private static final int MOST_VOICES = 256;

  /** So many make a habit: lines without any tag are lyrics, words without spaces want some. */
  private static final int LEAST_SYLLABLES = 10;

  private static final int LEAST_LINES = 3;

  private final int mostCharacters;
  private final List<Voice> lyricEvents = new ArrayList<>();
  private final List<Voice> textEvents = new ArrayList<>();
  private boolean isKaraoke;

  Lyrics(int mostCharacters) {
    this.mostCharacters = mostCharacters;
  }

  /** The file says of itself that its text events are lyrics. */
  void setKaraoke() {
    isKaraoke = true;
  }

  void addLyricEvent(int track, String syllable) {
    add(lyricEvents, track, syllable);
  }

  void addTextEvent(int track, String syllable) {
    add(textEvents, track, syllable);
  }

  private void add(List<Voice> voices, int track, String syllable) {
    if (syllable.isEmpty()) {
      return;
    }
    Voice voice = voices.isEmpty() ? null : voices.get(voices.size() - 1);
    if (voice == null || voice.track != track) {
      if (voices.size() == MOST_VOICES) {
        return;
      }
      voice = new Voice(track);
      voices.add(voice);
    }
    if (voice.characters + syllable.length() <= mostCharacters) {
      voice.add(syllable);
    }
  }

  /** The lyrics; null for none. */
  @Nullable String join() {
    String sung = join(lyricEvents);
    String karaoke = join(textEvents.stream().filter(this::isSung).toList());
    // Where a file has both, they say the same, unless the lyric events are an afterthought.
    String best = sung.length() * 2 >= karaoke.length() ? sung : karaoke;
    return best.isEmpty() ? null : best;
  }

  private boolean isSung(Voice voice) {
    if (!isKaraoke) {
      return voice.syllables.size() >= LEAST_SYLLABLES && voice.lines >= LEAST_LINES;
    }
    // Remarks have no lines; but neither have all lyrics.
    if (textEvents.stream().anyMatch(other -> other.lines > 0)) {
      return voice.lines > 0;
    }
    return textEvents.stream().allMatch(other -> other.characters <= voice.characters);
  }

  private String join(List<Voice> voices) {
    List<String> texts = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (Voice voice : voices) {
      String text = voice.text();
      String key = lettersOf(text);
      if (!key.isEmpty() && keys.stream().noneMatch(other -> repeats(other, key))) {
        // A longer version of what another track began.
        for (int i = keys.size() - 1; i >= 0; i--) {
          if (repeats(key, keys.get(i))) {
            keys.remove(i);
            texts.remove(i);
          }
        }
        keys.add(key);
        texts.add(text);
      }
    }
    return TextFinder.limited(String.join("\n\n", texts));
  }

  private static boolean repeats(String longer, String shorter) {
    return longer.startsWith(shorter) || longer.endsWith(shorter);
  }

  private static String lettersOf(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        letters.append(Character.toLowerCase(c));
      }
    }
    return letters.toString();
  }

  /** What one track sings. */
  private static final class Voice {
    final int track;
    final List<String> syllables = new ArrayList<>();
    int characters;
    int lines;
    boolean hasSpaces;

    Voice(int track) {
      this.track = track;
    }

    void add(String syllable) {
      String text = withLineBreaks(syllable);
      syllables.add(text);
      characters += syllable.length();
      lines += text.startsWith("\n") ? 1 : 0;
      for (int i = 0; i < text.length() && !hasSpaces; i++) {
        char c = text.charAt(i);
        hasSpaces = c != '\n' && Character.isWhitespace(c);
      }
    }

    private static String withLineBreaks(String syllable) {
      int from = 0;
      int to = syllable.length();
      String before = lineBreak(syllable.charAt(0));
      if (!before.isEmpty()) {
        from++;
      }
      String after = to > from ? lineBreak(syllable.charAt(to - 1)) : "";
      if (!after.isEmpty()) {
        to--;
      }
      return before + syllable.substring(from, to) + after;
    }

    private static String lineBreak(char mark) {
      return mark == '/' ? "\n" : mark == '\\' ? "\n\n" : "";
    }

    String text() {
      StringBuilder text = new StringBuilder(characters + syllables.size());
      boolean bareWords = !hasSpaces && syllables.size() >= LEAST_SYLLABLES;
      for (String syllable : syllables) {
        if (bareWords && wantSpaceBetween(text, syllable)) {
          text.append(' ');
        }
        text.append(syllable);
      }
      return tidy(text);
    }

    /** Scores export words without spaces; a hyphen holds the syllables of a word together. */
    private static boolean wantSpaceBetween(StringBuilder text, String syllable) {
      if (text.isEmpty()) {
        return false;
      }
      char last = text.charAt(text.length() - 1);
      char first = syllable.charAt(0);
      return !standsAlone(last) && !standsAlone(first);
    }

    /** Chinese and Japanese have no spaces between words; Korean has. */
    private static boolean standsAlone(char c) {
      boolean eastAsian = (c >= 0x2E80 && c < 0xAC00) || c >= 0xF900;
      return c == '-' || c == '\n' || eastAsian;
    }

    /** No blanks around line ends, at most one empty line. */
    private static String tidy(StringBuilder text) {
      StringBuilder tidy = new StringBuilder(text.length());
      int newlines = 0;
      int blanks = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          newlines++;
          blanks = 0;
        } else if (Character.isWhitespace(c)) {
          blanks++;
        } else {
          if (!tidy.isEmpty()) {
            tidy.append(newlines == 0 ? "" : newlines == 1 ? "\n" : "\n\n");
            if (newlines == 0) {
              tidy.append(text, i - blanks, i);
            }
          }
          newlines = 0;
          blanks = 0;
          tidy.append(c);
        }
      }
      return tidy.toString();
    }
  }
}
