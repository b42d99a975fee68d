package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.Parse;
import dev.midstream.midi.Parse.Note;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.ReaderChoice;
import dev.midstream.midi.RejectReason;
import dev.midstream.midi.Warning;
import dev.midstream.testdata.GenerateTestdata;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files torn off at every byte: sound by {@link Soundness}, the same to both readers, and what is
 * left says what the whole file says as far as it goes.
 */
class TruncationTest {
  /** Each has something that the others do not; {@code -Dmidstream.truncations=all} takes all. */
  private static final List<String> VARIETY =
      List.of(
          "formats/format-0-full-note-off.mid",
          "formats/format-1-running-velocity-zero.mid",
          "formats/format-2-two-tempi.mid",
          "formats/overlapping-same-pitch.mid",
          "divisions/smpte-29-100.mid",
          "tempo/change-accelerando.mid",
          "meters/change-from-short-4-4.mid",
          "drums/with-band-1.mid",
          "instruments/sixteen-channels.mid",
          "instruments/bank-select-and-controllers.mid",
          "text/all-meta-events.mid",
          "text/names-1252.mid",
          "karaoke/asa.kar",
          "karaoke/lyric-events.mid",
          "riff/7.rmi",
          "repaired/truncated-in-sysex.mid",
          "repaired/junk-macbinary.mid",
          "repaired/unknown-chunks.mid",
          "repaired/orphan-data-bytes.mid",
          "repaired/header-8-bytes.mid");

  /** What a cut may add to the warnings of the whole file. */
  private static final Set<String> OF_THE_CUT =
      Stream.of(
              Warning.CHUNK_OVERRUN,
              Warning.TRUNCATED_TRACK,
              Warning.MISSING_END_OF_TRACK,
              Warning.HANGING_NOTE,
              Warning.TRACK_COUNT_MISMATCH,
              Warning.TRAILING_BYTES)
          .map(Warning::code)
          .collect(Collectors.toSet());

  /** In this order, and then no more, while a file grows byte by byte. */
  private static final List<RejectReason> REASONS =
      List.of(
          RejectReason.EMPTY,
          RejectReason.NOT_MIDI,
          RejectReason.TRUNCATED_HEADER,
          RejectReason.NO_TRACKS,
          RejectReason.NO_EVENTS);

  private static final Map<String, byte[]> LIBRARY = GenerateTestdata.files();

  private final MidiColumns columns = new MidiColumns();
  private final MidiParser scalar = new MidiParser(columns, ReaderChoice.SCALAR);
  private final MidiParser vector = new MidiParser(columns, ReaderChoice.VECTOR);
  private final Soundness soundness = new Soundness();

  static List<String> names() {
    if ("all".equals(System.getProperty("midstream.truncations"))) {
      return LIBRARY.keySet().stream().map(path -> path.substring("library/".length())).toList();
    }
    assertThat(new HashSet<>(VARIETY), hasSize(20));
    return VARIETY;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void everyCutIsSoundAndSaysWhatTheFileSays(String name) {
    byte[] file = LIBRARY.get("library/" + name);
    Parse whole = Parse.of(file);
    Parse shorter = null;
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    for (int length = 0; length <= file.length; length++) {
      // A copy of the exact size: reading past the end is an exception, not a neighbour.
      byte[] cut = Arrays.copyOf(file, length);
      try {
        soundness.check(cut);
        Parse parse = Parse.of(scalar, columns, cut, 0, length);
        assertThat("both readers", Parse.of(vector, columns, cut, 0, length), equalTo(parse));
        if (parse.outcome() instanceof Rejected) {
          assertThat("readable when shorter", shorter == null, is(true));
          reasons.add(((Rejected) parse.outcome()).reason());
        } else {
          assertIsBeginningOf(whole, parse, shorter);
          shorter = parse;
        }
      } catch (AssertionError e) {
        throw new AssertionError(name + " cut to " + length + " bytes of " + file.length, e);
      }
    }
    if (whole.outcome() instanceof Parsed) {
      assertThat(shorter, equalTo(whole));
      // The set is in the order of the enum, which is theirs.
      assertThat(List.copyOf(reasons), equalTo(REASONS));
    }
  }

  /**
   * @param shorter what was read of the file with one byte less; null if nothing was
   */
  private static void assertIsBeginningOf(Parse whole, Parse cut, Parse shorter) {
    assertThat(cut.outcome(), instanceOf(Parsed.class));
    assertThat("notes", whole.notes().size() >= cut.notes().size(), is(true));
    int unended = 0;
    for (int i = 0; i < cut.notes().size(); i++) {
      Note note = cut.notes().get(i);
      Note complete = whole.notes().get(i);
      if (!note.equals(complete)) {
        assertThat(endedAt(note, complete.duration(), complete.release()), equalTo(complete));
        assertThat(note + " ends late", note.duration() <= complete.duration(), is(true));
        unended++;
        boolean wasEnded =
            shorter != null
                && i < shorter.notes().size()
                && shorter.notes().get(i).equals(complete);
        assertThat(note + " had ended", wasEnded, is(false));
      }
    }
    // A note that had ended before the cut is as it is in the whole file.
    assertThat(unended <= count(cut, Warning.HANGING_NOTE.code()), is(true));
    int notesBefore = shorter == null ? 0 : shorter.notes().size();
    assertThat("notes come", cut.notes().size() >= notesBefore, is(true));

    assertThat(cut.texts(), equalTo(whole.texts().subList(0, cut.texts().size())));
    assertIsPartOf(whole.tempos(), cut.tempos());
    assertIsPartOf(whole.meters(), cut.meters());
    assertIsPartOf(whole.keys(), cut.keys());
    assertIsPartOf(whole.programs(), cut.programs());
    assertThat("end", cut.endTick() <= whole.endTick(), is(true));
    for (String warning : cut.warnings()) {
      String code = warning.substring(0, warning.indexOf(':'));
      boolean isDue = OF_THE_CUT.contains(code) || count(cut, code) <= count(whole, code);
      assertThat(warning + " of " + whole.warnings(), isDue, is(true));
    }
  }

  private static Note endedAt(Note note, int duration, int release) {
    return new Note(
        note.start(),
        duration,
        note.pitch(),
        note.velocity(),
        release,
        note.channel(),
        note.track());
  }

  /** All of {@code part} is in {@code all}, in the same order. */
  private static void assertIsPartOf(List<Parse.Event> all, List<Parse.Event> part) {
    int found = 0;
    for (int i = 0; i < all.size() && found < part.size(); i++) {
      found += all.get(i).equals(part.get(found)) ? 1 : 0;
    }
    assertThat(part + " of " + all, found, is(part.size()));
  }

  private static int count(Parse parse, String code) {
    return parse.warnings().stream()
        .filter(warning -> warning.startsWith(code + ":"))
        .mapToInt(warning -> Integer.parseInt(warning.substring(code.length() + 1)))
        .sum();
  }
}
