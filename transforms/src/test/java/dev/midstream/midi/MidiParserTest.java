package dev.midstream.midi;

import static dev.midstream.midi.Smf.ascii;
import static dev.midstream.midi.Smf.bytes;
import static dev.midstream.midi.Smf.chunk;
import static dev.midstream.midi.Smf.file;
import static dev.midstream.midi.Smf.header;
import static dev.midstream.midi.Smf.join;
import static dev.midstream.midi.Smf.track;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.midi.Parse.Event;
import dev.midstream.midi.Parse.Note;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.ParseOutcome.Rejected;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Header and chunks, from handmade bytes; every warning and every rejection of content. */
class MidiParserTest {
  private static final Note NOTE = new Note(0, 96, 60, 64, 0, 0, 0);
  private static final byte[] TRACK = track(0, 0x90, 60, 64, 0x60, 0x80, 60, 0, 0, 0xFF, 0x2F, 0);
  private static final byte[] FILE = file(0, 96, TRACK);

  @Test
  void aSoundFileHasNoWarnings() {
    Parse parse = Parse.of(FILE);
    assertThat(parse.outcome(), equalTo(new Parsed(0, 96, 1)));
    assertThat(parse.notes(), contains(NOTE));
    assertThat(parse.warnings(), is(empty()));
    assertThat(parse.endTick(), is(96));
  }

  @Test
  void theDivisionIsSigned() {
    assertThat(Parse.of(file(1, 0xE250, TRACK)).outcome(), equalTo(new Parsed(1, -7600, 1)));
    assertThat(Parse.of(file(1, 0x7FFF, TRACK)).outcome(), equalTo(new Parsed(1, 32767, 1)));
    assertThat(Parse.of(file(1, 0x8000, TRACK)).outcome(), equalTo(new Parsed(1, -32768, 1)));
  }

  @Test
  void tracksOfFormatOneSoundTogether() {
    Parse parse = Parse.of(file(1, 96, TRACK, TRACK));
    assertThat(parse.outcome(), equalTo(new Parsed(1, 96, 2)));
    assertThat(parse.notes(), contains(NOTE, new Note(0, 96, 60, 64, 0, 0, 1)));
    assertThat(parse.endTick(), is(96));
  }

  @Test
  void patternsOfFormatTwoAreLaidOneAfterAnother() {
    byte[] second = track(4, 0xFF, 0x51, 3, 1, 0, 0, 0, 0x90, 62, 1, 6, 62, 0, 2, 0xFF, 0x2F, 0);
    // The empty pattern between them has no events and takes no time.
    Parse parse = Parse.of(file(2, 96, TRACK, track(), second, TRACK));
    assertThat(
        parse.notes(),
        contains(NOTE, new Note(100, 6, 62, 1, 64, 0, 2), new Note(108, 96, 60, 64, 0, 0, 3)));
    assertThat(parse.tempos(), contains(new Event(100, 0x10000)));
    assertThat(parse.endTick(), is(204));
  }

  @Test
  void everyWarningIsGivenWhereItIsDue() {
    Map<Warning, byte[]> files = new EnumMap<>(Warning.class);
    files.put(Warning.JUNK_BEFORE_HEADER, join(bytes(0), FILE));
    files.put(Warning.HEADER_LENGTH, join(chunk("MThd", 8, bytes(0, 0, 0, 1, 0, 96, 9, 9)), TRACK));
    files.put(Warning.UNKNOWN_FORMAT, file(3, 96, TRACK));
    files.put(Warning.TRACK_COUNT_MISMATCH, join(header(1, 2, 96), TRACK));
    files.put(Warning.UNKNOWN_CHUNK, join(header(0, 1, 96), chunk("XFIH", 2, bytes(1, 2)), TRACK));
    files.put(
        Warning.CHUNK_OVERRUN,
        join(
            header(0, 1, 96),
            chunk("MTrk", 0xFFFFFFFFL, Arrays.copyOfRange(TRACK, 8, TRACK.length))));
    files.put(
        Warning.CHUNK_UNDERRUN,
        join(header(0, 1, 96), chunk("MTrk", 5, Arrays.copyOfRange(TRACK, 8, TRACK.length))));
    files.put(
        Warning.TRUNCATED_TRACK,
        file(0, 96, track(0, 0x90, 60, 64, 0x60, 0x80, 60, 0, 0, 0x90, 61)));
    files.put(Warning.MISSING_END_OF_TRACK, file(0, 96, track(0, 0x90, 60, 64, 0x60, 0x80, 60, 0)));
    files.put(
        Warning.RUNNING_STATUS_AFTER_META,
        withEvents(0, 0xB0, 1, 1, 0, 0xFF, 1, 1, 'x', 0, 2, 2, 0, 3, 3));
    files.put(Warning.ORPHAN_DATA_BYTE, withEvents(0, 0x40, 0xB0, 1, 1));
    files.put(Warning.DATA_BYTE_HIGH, withEvents(0, 0xB0, 1, 0xB0, 2, 2));
    files.put(Warning.SYSTEM_COMMON, withEvents(0, 0xF2, 1, 2));
    files.put(Warning.REALTIME, withEvents(0, 0xF8));
    files.put(Warning.VLQ_TOO_LONG, withEvents(0x80, 0x80, 0x80, 0x80, 0, 0xB0, 1, 1));
    files.put(Warning.DIVISION_ZERO, file(0, 0, TRACK));
    files.put(Warning.TEMPO_ZERO, withEvents(0, 0xFF, 0x51, 3, 0, 0, 0));
    files.put(Warning.METER_INVALID, withEvents(0, 0xFF, 0x58, 4, 0, 2, 24, 8));
    files.put(Warning.KEY_INVALID, withEvents(0, 0xFF, 0x59, 2, 8, 0));
    files.put(Warning.META_LENGTH, withEvents(0, 0xFF, 0x51, 2, 1, 1));
    files.put(Warning.TRAILING_BYTES, join(FILE, bytes(0)));

    for (Warning warning : files.keySet()) {
      Parse parse = Parse.of(files.get(warning));
      assertThat(warning.code(), parse.outcome(), instanceOf(Parsed.class));
      assertThat(parse.warnings(), contains(warning.code() + ":1"));
      assertThat(warning.code(), parse.notes(), contains(NOTE));
    }
    // These two change the note; TrackParserTest has them.
    assertThat(
        EnumSet.complementOf(EnumSet.copyOf(files.keySet())),
        equalTo(EnumSet.of(Warning.TICK_OVERFLOW, Warning.HANGING_NOTE)));
  }

  /** The one note of {@link #FILE}, with these events at tick 0 before it. */
  private static byte[] withEvents(int... events) {
    byte[] body = join(bytes(events), Arrays.copyOfRange(TRACK, 8, TRACK.length));
    return file(0, 96, chunk("MTrk", body.length, body));
  }

  @Test
  void badValuesAtTheirLimits() {
    assertThat(warningsOf(0xFF, 0x59, 2, 0xF8, 0), contains("key_invalid:1")); // eight flats
    assertThat(warningsOf(0xFF, 0x59, 2, 0, 2), contains("key_invalid:1"));
    assertThat(warningsOf(0xFF, 0x59, 2, 0, 0xFF), contains("key_invalid:1"));
    assertThat(warningsOf(0xFF, 0x59, 2, 0xF9, 0), is(empty()));
    assertThat(warningsOf(0xFF, 0x59, 3, 0, 0, 0), contains("meta_length:1"));
    assertThat(warningsOf(0xFF, 0x58, 4, 4, 7, 0, 0), contains("meter_invalid:1"));
    assertThat(warningsOf(0xFF, 0x58, 4, 4, 255, 0, 0), contains("meter_invalid:1"));
    assertThat(warningsOf(0xFF, 0x58, 4, 255, 6, 0, 0), is(empty()));
    assertThat(warningsOf(0xFF, 0x58, 1, 4), contains("meta_length:1"));
    assertThat(warningsOf(0xFF, 0x51, 4, 1, 1, 1, 1), contains("meta_length:1"));
    assertThat(warningsOf(0xFF, 0x51, 3, 0, 0, 1), is(empty()));
    for (int status = 0xF8; status < 0xFF; status++) {
      assertThat(warningsOf(status), contains("realtime:1"));
    }
    for (int status : new int[] {0xF4, 0xF5, 0xF6}) {
      assertThat(warningsOf(status), contains("system_common:1"));
    }
    assertThat(warningsOf(0xF1, 5), contains("system_common:1"));
    assertThat(warningsOf(0xF3, 5), contains("system_common:1"));
  }

  private static List<String> warningsOf(int... event) {
    int[] atOnce = new int[event.length + 1];
    System.arraycopy(event, 0, atOnce, 1, event.length);
    Parse parse = Parse.of(withEvents(atOnce));
    assertThat(parse.notes(), contains(NOTE));
    return parse.warnings();
  }

  @Test
  void theHeaderMayAnnounceTooLittle() {
    for (int announced = 0; announced < 6; announced++) {
      Parse parse = Parse.of(join(chunk("MThd", announced, bytes(0, 0, 0, 1, 0, 96)), TRACK));
      assertThat(parse.notes(), contains(NOTE));
      assertThat(parse.warnings(), contains("header_length:1"));
    }
  }

  @Test
  void theHeaderMayAnnounceMoreThanThereIs() {
    for (long announced : new long[] {7, 100, 0x7FFFFFFFL, 0xFFFFFFFFL}) {
      Parse parse = Parse.of(join(chunk("MThd", announced, bytes(0, 0, 0, 1, 0, 96)), TRACK));
      assertThat(parse.notes(), contains(NOTE));
      assertThat(parse.warnings(), contains("header_length:1"));
    }
  }

  @Test
  void theNextTrackIsFoundBehindGarbage() {
    Parse parse = Parse.of(join(header(1, 2, 96), TRACK, bytes(0, 1, 2, 3, 4, 5), TRACK));
    assertThat(parse.notes(), contains(NOTE, new Note(0, 96, 60, 64, 0, 0, 1)));
    assertThat(parse.warnings(), contains("unknown_chunk:1"));
  }

  @Test
  void theHeaderIsSearchedForInTheFirst64KiB() {
    int last = MidiParser.HEADER_SEARCH_BYTES - 4;
    assertThat(Parse.of(join(new byte[last], FILE)).notes(), contains(NOTE));
    assertThat(rejected(join(new byte[last + 1], FILE)).reason(), is(RejectReason.NOT_MIDI));
  }

  @Test
  void aRiffContainerIsOpenedWhereverItsDataChunkIs() {
    byte[] odd = Smf.riffChunk("DISP", bytes(1, 2, 3));
    byte[] data = Smf.riffChunk("data", FILE);
    for (byte[] file :
        List.of(
            Smf.riff("RMID", data),
            Smf.riff("RMID", odd, data),
            Smf.riff("RMID", data, odd),
            Smf.riff("RMID", odd, odd, data, odd))) {
      Parse parse = Parse.of(file);
      assertThat(parse.notes(), contains(NOTE));
      assertThat(parse.warnings(), is(empty()));
    }
  }

  @Test
  void everyRejectionSaysWhereAndWhy() {
    assertThat(
        rejected(new byte[0]),
        equalTo(new Rejected(RejectReason.EMPTY, 0, "the file has no bytes")));
    assertThat(
        rejected(ascii("<html> no MIDI")),
        equalTo(
            new Rejected(
                RejectReason.NOT_MIDI,
                0,
                "no MThd header; it begins 3C 68 74 6D 6C 3E 20 6E (<html> n)")));
    assertThat(
        rejected(bytes(0, 0xFF, 'M')),
        equalTo(
            new Rejected(RejectReason.NOT_MIDI, 0, "no MThd header; it begins 00 FF 4D (..M)")));
    Rejected noData = rejected(Smf.riff("RMID", Smf.riffChunk("LIST", bytes(1, 2))));
    assertThat(noData.reason(), is(RejectReason.NOT_MIDI));
    assertThat(noData.byteOffset(), is(12L));
    Rejected noHeader = rejected(Smf.riff("RMID", Smf.riffChunk("data", bytes(1, 2))));
    assertThat(noHeader.reason(), is(RejectReason.NOT_MIDI));
    assertThat(noHeader.byteOffset(), is(20L));
    assertThat(
        rejected(Arrays.copyOf(FILE, 9)),
        equalTo(
            new Rejected(
                RejectReason.TRUNCATED_HEADER, 9, "the file ends 9 bytes into its header of 14")));
    assertThat(
        rejected(join(bytes(1, 2, 3), Arrays.copyOf(FILE, 13))),
        equalTo(
            new Rejected(
                RejectReason.TRUNCATED_HEADER,
                16,
                "the file ends 13 bytes into its header of 14")));
    assertThat(
        rejected(join(header(0, 1, 96), chunk("XFIH", 2, bytes(1, 2)))),
        equalTo(new Rejected(RejectReason.NO_TRACKS, 24, "a header, but no track chunk")));
    assertThat(
        rejected(join(bytes(0, 0, 0), file(1, 96, track(), track(0, 0xF6)))),
        equalTo(new Rejected(RejectReason.NO_EVENTS, 25, "no event in 2 track chunks")));
  }

  @Test
  void tooManyEventsAreRejectedInBoundedMemory() {
    // Notes of three bytes each, in one track; none of them ever ends.
    byte[] body = new byte[3 * (MidiColumns.MAX_EVENTS + 10) + 1];
    for (int at = 2; at + 1 < body.length; at += 3) {
      body[at] = (byte) (at % 128);
      body[at + 1] = 1;
    }
    body[1] = (byte) 0x90;
    Rejected rejected = rejected(file(0, 96, chunk("MTrk", body.length, body)));
    assertThat(rejected.reason(), is(RejectReason.TOO_MANY_EVENTS));
    assertThat(rejected.byteOffset(), is(22L));
  }

  @Test
  void tooManyEventsInManySmallTracksAreRejectedToo() {
    byte[] body = new byte[2 * (1 << 20)];
    for (int at = 0; at < body.length; at += 2) {
      body[at + 1] = 1; // a program change with running status
    }
    body[0] = 0;
    byte[] track = join(bytes(0, 0xC0, 1), body);
    byte[] chunk = chunk("MTrk", track.length, track);
    Rejected rejected = rejected(file(1, 96, chunk, chunk, chunk, chunk, chunk));
    assertThat(rejected.reason(), is(RejectReason.TOO_MANY_EVENTS));
    assertThat(rejected.byteOffset(), is(14L + 3L * chunk.length + 8));
  }

  private static Rejected rejected(byte[] file) {
    ParseOutcome outcome = Parse.of(file).outcome();
    assertThat(outcome, instanceOf(Rejected.class));
    return (Rejected) outcome;
  }

  @Test
  void onlyTheGivenRangeIsRead() {
    byte[] garbage = join(FILE, bytes(0x55), FILE, TRACK, FILE);
    int offset = FILE.length + 1;
    assertThat(Parse.of(garbage, offset, FILE.length), equalTo(Parse.of(FILE)));
    // A chunk that claims to reach past its file must not reach into the next one.
    byte[] overrun =
        join(header(0, 1, 96), chunk("MTrk", 1 << 20, Arrays.copyOfRange(TRACK, 8, 16)));
    byte[] both = join(overrun, FILE);
    assertThat(Parse.of(both, 0, overrun.length), equalTo(Parse.of(overrun)));
    assertThat(Parse.of(overrun).warnings(), contains("chunk_overrun:1", "missing_end_of_track:1"));
  }

  @Test
  void aRangeOutsideOfTheArrayIsTheCallersMistake() {
    assertThrows(IndexOutOfBoundsException.class, () -> Parse.of(FILE, 1, FILE.length));
    assertThrows(IndexOutOfBoundsException.class, () -> Parse.of(FILE, -1, 2));
  }

  @Test
  void aParserForgetsTheFileBefore() {
    MidiColumns columns = new MidiColumns();
    MidiParser parser = new MidiParser(columns);
    byte[] hanging =
        file(1, 96, track(0, 0xC0, 5, 0, 0x90, 60, 1, 0, 0x90, 60, 1, 0, 0xFF, 3, 1, 'x'));
    Parse.of(parser, columns, hanging, 0, hanging.length);
    assertThat(Parse.of(parser, columns, FILE, 0, FILE.length), equalTo(Parse.of(FILE)));
    Parse.of(parser, columns, hanging, 0, hanging.length);
    parser.trim();
    assertThat(Parse.of(parser, columns, FILE, 0, FILE.length), equalTo(Parse.of(FILE)));
    assertThat(Parse.of(parser, columns, new byte[0], 0, 0).notes(), is(empty()));
  }

  @Test
  void codesAreThoseOfTheTables() {
    for (Warning warning : Warning.values()) {
      assertThat(warning.code(), is(warning.name().toLowerCase(java.util.Locale.ROOT)));
    }
    assertThat(RejectReason.NOT_MIDI.code(), is("not_midi"));
    assertThat(rejected(bytes(1)).detail(), startsWith("no MThd"));
    assertThat(rejected(bytes(1)).detail(), not(is("")));
  }
}
