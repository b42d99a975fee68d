package dev.midstream.midi;

import static dev.midstream.midi.Smf.ascii;
import static dev.midstream.midi.Smf.bytes;
import static dev.midstream.midi.Smf.chunk;
import static dev.midstream.midi.Smf.header;
import static dev.midstream.midi.Smf.join;
import static dev.midstream.midi.Smf.track;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which a file may need each repair, and all that is said of it then. */
class RepairsTest {
  private static final int[] END = {0, 0xFF, 0x2F, 0};
  private static final Pattern COMMA = Pattern.compile(", ");

  static Stream<Arguments> files() {
    byte[] sound = Smf.file(0, 96, track(whole()));
    return Stream.of(
        file("format 65535", 1, join(header(0xFFFF, 1, 96), track(whole())), "unknown_format:1"),
        file("no track announced", 1, announcing(0), "track_count_mismatch:1"),
        file("65535 tracks announced", 1, announcing(0xFFFF), "track_count_mismatch:1"),
        file("two files in one", 2, join(sound, sound), "track_count_mismatch:1, unknown_chunk:1"),
        file(
            "foreign chunk past the end",
            1,
            join(sound, chunk("XFIH", 1000, bytes(1, 2))),
            "unknown_chunk:1"),
        file(
            "empty foreign chunks",
            1,
            join(
                header(0, 1, 96),
                chunk("ABCD", 0, bytes()),
                chunk("    ", 0, bytes()),
                track(whole())),
            "unknown_chunk:2"),
        file("half a chunk header", 1, join(sound, ascii("MTrk"), bytes(0, 0)), "trailing_bytes:1"),
        file("blanks behind", 1, join(sound, ascii("        ")), "unknown_chunk:1"),
        file("zeros behind", 1, join(sound, new byte[500]), "trailing_bytes:1"),
        events("nothing at all behind the events", 1, new int[0], "missing_end_of_track:1"),
        events("end of track with a body", 1, ints(0, 0xFF, 0x2F, 2, 1, 1), ""),
        events("torn in a delta", 1, ints(0x81), "truncated_track:1"),
        events("torn behind a delta", 1, ints(0), "truncated_track:1"),
        events("torn behind a status", 1, ints(0, 0x90), "truncated_track:1"),
        events("torn before a running velocity", 1, ints(0, 60), "truncated_track:1"),
        events("torn behind FF", 1, ints(0, 0xFF), "truncated_track:1"),
        events("torn before a length", 1, ints(0, 0xFF, 1), "truncated_track:1"),
        events("torn in a length", 1, ints(0, 0xFF, 1, 0x81), "truncated_track:1"),
        events("torn in a text", 1, ints(0, 0xFF, 1, 5, 'a'), "truncated_track:1"),
        events("torn in sysex", 1, ints(0, 0xF0, 5, 1, 2), "truncated_track:1"),
        events(
            "text of 32 MiB in a file of few bytes",
            1,
            ints(0, 0xFF, 1, 0x8F, 0xFF, 0xFF, 0x7F),
            "truncated_track:1"),
        events(
            "length of five bytes",
            1,
            ints(0, 0xFF, 1, 0x80, 0x80, 0x80, 0x80, 1, 'a', END),
            "vlq_too_long:1"),
        file(
            "three orphans",
            1,
            Smf.file(0, 96, track(ints(0, 1, 2, 3, 0xB0, 1, 1, whole()))),
            "orphan_data_byte:3"),
        events("high first byte", 1, ints(0, 0x90, 0xB0, 1, 1, END), "data_byte_high:1"),
        events("high second byte", 1, ints(0, 0x90, 1, 0xB0, 1, 1, END), "data_byte_high:1"),
        events(
            "high to the end", 1, ints(0, 0x90, 0x90, 0x90), "data_byte_high:1, truncated_track:1"),
        events(
            "running status over sysex",
            2,
            ints(0, 0x90, 62, 1, 0, 0xF0, 1, 0xF7, 1, 62, 0, END),
            "running_status_after_meta:1"),
        events(
            "running status over a clock is its right",
            2,
            ints(0, 0x90, 62, 1, 0, 0xF8, 1, 62, 0, END),
            "realtime:1"),
        events(
            "song select and position", 1, ints(0, 0xF3, 1, 0, 0xF2, 1, 1, END), "system_common:2"),
        events("note that hangs", 2, ints(0, 0x91, 62, 1, END), "hanging_note:1"),
        events(
            "notes of one pitch, one off for two",
            3,
            ints(0, 0x91, 62, 1, 0, 62, 1, 1, 62, 0, END),
            "hanging_note:1"));
  }

  /** A note, without the end of the track. */
  private static int[] note() {
    return ints(0, 0x90, 60, 64, 96, 60, 0);
  }

  private static int[] whole() {
    return ints(note(), END);
  }

  private static byte[] announcing(int tracks) {
    return join(header(0, tracks, 96), track(whole()));
  }

  private static int[] ints(Object... parts) {
    return Stream.of(parts)
        .flatMapToInt(
            part ->
                part instanceof int[]
                    ? Arrays.stream((int[]) part)
                    : IntStream.of(part instanceof Character ? (Character) part : (Integer) part))
        .toArray();
  }

  private static Arguments file(String what, int notes, byte[] file, String warnings) {
    List<String> expected = warnings.isEmpty() ? List.of() : COMMA.splitAsStream(warnings).toList();
    return Arguments.of(what, notes, file, expected);
  }

  /** A note, and then these events. */
  private static Arguments events(String what, int notes, int[] events, String warnings) {
    return file(what, notes, Smf.file(0, 96, track(ints(note(), events))), warnings);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void everyRepairIsCounted(String what, int notes, byte[] file, List<String> warnings) {
    Parse parse = Parse.of(file);
    assertThat(parse.warnings(), equalTo(warnings));
    assertThat(parse.notes().size(), is(notes));
    assertThat(parse.notes().get(0), equalTo(new Parse.Note(0, 96, 60, 64, 64, 0, 0)));
  }
}
