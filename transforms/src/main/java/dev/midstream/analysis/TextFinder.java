package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.TextColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Track names, lyrics and copyright out of a file's text events. Not thread-safe. */
final class TextFinder {
  private static final int MOST_NAMES = 1000;
  private static final int MOST_CHARACTERS = 100_000;

  private final TextDecoder decoder = new TextDecoder();

  Analysis.Texts find(MidiColumns columns) {
    TextColumn texts = columns.texts();
    List<String> names = new ArrayList<>();
    StringBuilder copyright = new StringBuilder();
    StringBuilder lyricEvents = new StringBuilder();
    StringBuilder karaoke = new StringBuilder();
    boolean isKaraoke = false;
    for (int i = 0; i < texts.size(); i++) {
      String text = null;
      switch (texts.kind(i)) {
        case TextColumn.TRACK_NAME -> {
          text = decode(columns, i).strip();
          if (!text.isEmpty() && names.size() < MOST_NAMES) {
            names.add(limited(text));
          }
        }
        case TextColumn.COPYRIGHT -> {
          text = decode(columns, i).strip();
          if (!text.isEmpty()) {
            append(copyright, copyright.isEmpty() ? text : "\n" + text);
          }
        }
        case TextColumn.LYRIC -> append(lyricEvents, decode(columns, i));
        case TextColumn.TEXT -> {
          text = decode(columns, i);
          if (text.startsWith("@")) {
            isKaraoke |= text.startsWith("@K") || text.startsWith("@L") || text.startsWith("@T");
          } else {
            append(karaoke, withLineBreaks(text));
          }
        }
        default -> {
          // Instrument names, markers and cue points.
        }
      }
    }
    String lyrics = orNull(lyricEvents.toString());
    if (lyrics == null && isKaraoke) {
      lyrics = orNull(karaoke.toString());
    }
    return new Analysis.Texts(names, lyrics, orNull(copyright.toString()));
  }

  private String decode(MidiColumns columns, int index) {
    TextColumn texts = columns.texts();
    return decoder.decode(columns.data(), texts.offset(index), texts.length(index));
  }

  /** Karaoke files mark a new line by a slash and a new paragraph by a backslash in front. */
  private static String withLineBreaks(String syllable) {
    if (syllable.startsWith("/")) {
      return "\n" + syllable.substring(1);
    }
    if (syllable.startsWith("\\")) {
      return "\n\n" + syllable.substring(1);
    }
    return syllable;
  }

  private static void append(StringBuilder to, String text) {
    if (to.length() + text.length() <= MOST_CHARACTERS) {
      to.append(text);
    }
  }

  private static String limited(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, MOST_CHARACTERS - (splitsPair ? 1 : 0));
  }

  private static @Nullable String orNull(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? null : stripped;
  }
}
