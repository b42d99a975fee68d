package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.TextColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Title, track names, lyrics, copyright and markers out of a file's text events. Reused from file
 * to file; one thread.
 */
final class TextFinder {
  private static final int MOST_ENTRIES = 1000;
  private static final int MOST_CHARACTERS = 100_000;

  /**
   * So many characters of syllables are looked at: a full text, sung twice, by lyric events and by
   * text events. What a file of nothing but syllables has beyond them could cost minutes.
   */
  private static final int MOST_SUNG = 4 * MOST_CHARACTERS;

  private static final Analysis.Texts NONE =
      new Analysis.Texts(null, List.of(), null, null, List.of());

  /** What software calls a file or its first track when nobody else does. */
  private static final Set<String> NO_TITLES =
      Set.of(
          "conductor",
          "conductor track",
          "control track",
          "master track",
          "midi_export",
          "new sequence",
          "no name",
          "noname",
          "sequence",
          "soft karaoke",
          "tempo",
          "tempo track",
          "untitled",
          "untitled sequence",
          "untitled song");

  private final TextDecoder decoder = new TextDecoder(MOST_CHARACTERS);

  /** The texts of a file whose header says {@code format}. */
  Analysis.Texts find(MidiColumns columns, int format) {
    TextColumn texts = columns.texts();
    int size = texts.size();
    if (size == 0) {
      return NONE;
    }
    decoder.reset(columns.data(), texts);
    TextList names = new TextList();
    TextList markers = new TextList();
    StringBuilder copyright = new StringBuilder();
    Lyrics lyrics = null;
    int sung = 0;
    String firstTitle = null;
    String firstName = null;
    for (int i = 0; i < size; i++) {
      int kind = texts.kind(i);
      switch (kind) {
        case TextColumn.TRACK_NAME -> {
          if (names.isFull()) {
            continue;
          }
          String name = decoder.decode(i).strip();
          if (names.isEmpty() && !name.isEmpty() && isNameOfFile(columns, format, i)) {
            firstName = name;
          }
          names.add(name);
        }
        case TextColumn.COPYRIGHT -> {
          if (copyright.length() >= MOST_CHARACTERS - 1) {
            continue;
          }
          String notice = decoder.decode(i).strip();
          boolean fits = copyright.length() + notice.length() < MOST_CHARACTERS;
          if (!notice.isEmpty() && fits) {
            copyright.append(copyright.isEmpty() ? "" : "\n").append(notice);
          }
        }
        case TextColumn.MARKER -> {
          if (!markers.isFull()) {
            markers.add(decoder.decode(i).strip());
          }
        }
        case TextColumn.TEXT, TextColumn.LYRIC -> {
          if (sung >= MOST_SUNG) {
            continue;
          }
          String text = decoder.decode(i);
          // One more for the call: many are of one letter.
          sung += 1 + text.length();
          if (lyrics == null) {
            lyrics = new Lyrics(MOST_CHARACTERS);
          }
          if (isTag(text)) {
            if (text.charAt(1) == 'T' && firstTitle == null) {
              firstTitle = titleOrNull(text.substring(2));
            }
            if ("KLT".indexOf(text.charAt(1)) >= 0) {
              lyrics.setKaraoke();
            }
          } else if (kind == TextColumn.LYRIC) {
            lyrics.addLyricEvent(texts.track(i), text);
          } else {
            lyrics.addTextEvent(texts.track(i), text);
          }
        }
        default -> {
          // Instrument names and cue points.
        }
      }
    }
    return new Analysis.Texts(
        firstTitle != null || firstName == null ? firstTitle : titleOrNull(firstName),
        names.entries,
        lyrics == null ? null : lyrics.join(),
        copyright.isEmpty() ? null : copyright.toString(),
        markers.entries);
  }

  /** Lets go of what a giant file made grow. */
  void trim() {
    decoder.trim();
  }

  /**
   * Whether the first name of all is the sequence's and not an instrument's (section 3.2, meta
   * event 03: "if in a format 0 track, or the first track in a format 1 file, the name of the
   * sequence"). Many name their first track after what plays there all the same.
   */
  private static boolean isNameOfFile(MidiColumns columns, int format, int index) {
    if (format == 0) {
      return true;
    }
    boolean firstTrackPlays = columns.notes().size() > 0 && columns.notes().trackOf(0) == 0;
    return !firstTrackPlays && columns.texts().track(index) == 0;
  }

  /** Whether the text is one of the headers that karaoke files begin with, such as {@code @T}. */
  private static boolean isTag(String text) {
    return text.length() > 1 && text.charAt(0) == '@' && "KLTIVW".indexOf(text.charAt(1)) >= 0;
  }

  private static @Nullable String titleOrNull(String text) {
    String title = limited(text.strip());
    boolean saysNothing =
        title.isEmpty()
            || (title.length() < 20 && NO_TITLES.contains(title.toLowerCase(Locale.ROOT)));
    return saysNothing ? null : title;
  }

  /** At most {@value #MOST_CHARACTERS} characters, cut between two of them. */
  static String limited(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, MOST_CHARACTERS - (splitsPair ? 1 : 0));
  }

  /** Texts of one kind, until there are {@value #MOST_ENTRIES}, or so many characters. */
  private static final class TextList {
    final List<String> entries = new ArrayList<>();
    private int characters;

    boolean isEmpty() {
      return entries.isEmpty();
    }

    boolean isFull() {
      return entries.size() == MOST_ENTRIES || characters >= MOST_CHARACTERS;
    }

    void add(String text) {
      if (!text.isEmpty() && !isFull()) {
        String entry = limited(text);
        entries.add(entry);
        characters += entry.length();
      }
    }
  }
}
