package dev.midstream.midi;

import static dev.midstream.midi.Smf.file;
import static dev.midstream.midi.Smf.track;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Parse.Event;
import dev.midstream.midi.Parse.Note;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of a track, from handmade bytes to the columns. */
class TrackParserTest {
  private static final int DIVISION = 96;

  private static Parse parse(int... trackBody) {
    return Parse.of(file(0, DIVISION, track(trackBody)));
  }

  @Test
  void aNoteEndsWithItsNoteOff() {
    Parse parse = parse(5, 0x93, 60, 100, 0x60, 0x83, 60, 33, 0, 0xFF, 0x2F, 0);
    assertThat(parse.notes(), contains(new Note(5, 96, 60, 100, 33, 3, 0)));
    assertThat(parse.endTick(), is(101));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void aNoteOnOfVelocityZeroIsANoteOffWithTheDefaultRelease() {
    Parse parse = parse(0, 0x90, 60, 100, 10, 60, 0, 0, 0xFF, 0x2F, 0);
    assertThat(parse.notes(), contains(new Note(0, 10, 60, 100, 64, 0, 0)));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void notesOfOnePitchEndFirstInFirstOut() {
    Parse parse =
        parse(
            0, 0x90, 60, 1, // first
            10, 60, 2, // second, while the first sounds
            10, 60, 3, // third
            10, 0x80, 60, 0, // ends the first at 30
            5, 60, 0, // the second at 35
            7, 60, 0, // the third at 42
            0, 0xFF, 0x2F, 0);
    assertThat(
        parse.notes(),
        contains(
            new Note(0, 30, 60, 1, 0, 0, 0),
            new Note(10, 25, 60, 2, 0, 0, 0),
            new Note(20, 22, 60, 3, 0, 0, 0)));
  }

  @Test
  void aPitchMayBeginAgainAfterAllOfItsNotesHaveEnded() {
    Parse parse =
        parse(0, 0x90, 60, 1, 1, 60, 2, 1, 60, 0, 1, 60, 0, 1, 60, 3, 1, 60, 0, 0, 0xFF, 0x2F, 0);
    assertThat(
        parse.notes(),
        contains(
            new Note(0, 2, 60, 1, 64, 0, 0),
            new Note(1, 2, 60, 2, 64, 0, 0),
            new Note(4, 1, 60, 3, 64, 0, 0)));
  }

  @Test
  void channelsAndPitchesEndOnTheirOwn() {
    Parse parse =
        parse(
            0, 0x90, 60, 1, 0, 0x91, 60, 2, 0, 0x90, 61, 3, // three notes
            1, 0x81, 60, 0, 1, 0x80, 61, 0, 1, 0x80, 60, 0, 0, 0xFF, 0x2F, 0);
    assertThat(
        parse.notes(),
        contains(
            new Note(0, 3, 60, 1, 0, 0, 0),
            new Note(0, 1, 60, 2, 0, 1, 0),
            new Note(0, 2, 61, 3, 0, 0, 0)));
  }

  @Test
  void aNoteOffWithoutNoteSaysNothing() {
    Parse parse = parse(0, 0x80, 60, 0, 0, 0x90, 61, 1, 4, 61, 0, 0, 0xFF, 0x2F, 0);
    assertThat(parse.notes(), contains(new Note(0, 4, 61, 1, 64, 0, 0)));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void aHangingNoteEndsWithItsTrackAndIsNotLeftToTheNextOne() {
    Parse parse =
        Parse.of(
            file(
                1,
                DIVISION,
                track(0, 0x90, 60, 1, 7, 0x90, 60, 2, 9, 0xFF, 0x2F, 0),
                track(3, 0x80, 60, 0, 0, 0x90, 60, 3, 1, 0x80, 60, 5, 0, 0xFF, 0x2F, 0)));
    assertThat(
        parse.notes(),
        contains(
            new Note(0, 16, 60, 1, 64, 0, 0),
            new Note(7, 9, 60, 2, 64, 0, 0),
            new Note(3, 1, 60, 3, 5, 0, 1)));
    assertThat(parse.warnings(), contains("hanging_note:2"));
  }

  @Test
  void runningStatusHoldsForEveryKindOfChannelEvent() {
    Parse parse =
        parse(
            0, 0xC2, 7, 1, 8, // two program changes
            0, 0xB0, 7, 100, 0, 10, 64, // controllers
            0, 0xE0, 0, 64, 0, 1, 64, // pitch bend
            0, 0xD0, 5, 0, 6, // channel pressure
            0, 0xA0, 60, 5, 0, 61, 6, // key pressure
            0, 0x90, 60, 1, 0, 61, 1, 9, 60, 0, 0, 61, 0, 0, 0xFF, 0x2F, 0);
    assertThat(parse.programs(), contains(new Event(0, 2 << 8 | 7), new Event(1, 2 << 8 | 8)));
    assertThat(
        parse.notes(), contains(new Note(1, 9, 60, 1, 64, 0, 0), new Note(1, 9, 61, 1, 64, 0, 0)));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void systemExclusiveEventsAreSteppedOver() {
    Parse parse =
        parse(
            0, 0xF0, 3, 0x90, 60, 0xF7, // looks like a note
            1, 0xF7, 2, 0x90, 61, // a packet that goes on
            2, 0x90, 62, 5, 1, 0x80, 62, 0, 0, 0xFF, 0x2F, 0);
    assertThat(parse.notes(), contains(new Note(3, 1, 62, 5, 0, 0, 0)));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void nothingIsReadBehindEndOfTrack() {
    Parse parse = parse(4, 0xFF, 0x2F, 0, 0, 0x90, 60, 1, 9, 0x80, 60, 0);
    assertThat(parse.notes(), is(empty()));
    assertThat(parse.endTick(), is(4));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void metaEventsGoToTheirColumns() {
    Parse parse =
        parse(
            0, 0xFF, 0x03, 2, 'A', 'b', //
            0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, //
            0, 0xFF, 0x51, 3, 0xFF, 0xFF, 0xFF, //
            1, 0xFF, 0x58, 4, 6, 3, 36, 8, //
            0, 0xFF, 0x58, 2, 255, 6, // two bytes are all that matters
            2, 0xFF, 0x59, 2, 0xF9, 1, // seven flats, minor
            0, 0xFF, 0x59, 2, 7, 0, //
            0, 0xFF, 0x05, 0, // an empty lyric
            0, 0xFF, 0x7F, 1, 0x41, // for one maker's sequencer
            0, 0xFF, 0x07, 1, 'q', 0, 0xFF, 0x2F, 0);
    assertThat(parse.texts(), contains("3:Ab", "7:q"));
    assertThat(parse.tempos(), contains(new Event(0, 500_000), new Event(0, 0xFFFFFF)));
    assertThat(parse.meters(), contains(new Event(1, 6 << 8 | 8), new Event(1, 255 << 8 | 64)));
    assertThat(parse.keys(), contains(new Event(3, 1), new Event(3, 14 << 1)));
    assertThat(parse.warnings(), is(empty()));
  }

  @Test
  void eventsOfAllTracksAreOrderedByTickAndThenByTrack() {
    Parse parse =
        Parse.of(
            file(
                1,
                DIVISION,
                track(9, 0xC0, 1, 1, 0xC0, 2, 0, 0xFF, 0x2F, 0),
                track(0, 0xC0, 3, 9, 0xC0, 4, 0, 0xC0, 5, 3, 0xFF, 0x2F, 0),
                track(9, 0xC0, 6, 0, 0xFF, 0x2F, 0)));
    assertThat(
        parse.programs(),
        contains(
            new Event(0, 3),
            new Event(9, 1),
            new Event(9, 4),
            new Event(9, 5),
            new Event(9, 6),
            new Event(10, 2)));
    assertThat(parse.endTick(), is(12));
  }

  @Test
  void variableLengthQuantitiesHaveTheValuesOfTheSpecification() {
    // Section 1.1 lists these.
    int[] values = {
      0, 0x40, 0x7F, 0x80, 0x2000, 0x3FFF, 0x4000, 0x100000, 0x1FFFFF, 0x200000, 0x8000000,
      0xFFFFFFF
    };
    for (int value : values) {
      byte[] body =
          Smf.join(Smf.variableLength(value), Smf.bytes(0x90, 60, 1, 1, 60, 0, 0, 0xFF, 0x2F, 0));
      Parse parse = Parse.of(file(0, DIVISION, Smf.chunk("MTrk", body.length, body)));
      assertThat(parse.notes(), contains(new Note(value, 1, 60, 1, 64, 0, 0)));
      assertThat(parse.warnings(), is(empty()));
    }
  }

  @Test
  void aVariableLengthQuantityMayHaveLeadingZerosButNoMoreThanFourBytes() {
    Parse four = parse(0x80, 0x80, 0x80, 5, 0xC0, 1, 0, 0xFF, 0x2F, 0);
    assertThat(four.programs(), contains(new Event(5, 1)));
    assertThat(four.warnings(), is(empty()));
    // 35 bits, of which the low 28 are 1.
    Parse five = parse(0xFF, 0x80, 0x80, 0x80, 1, 0xC0, 1, 0, 0xFF, 0x2F, 0);
    assertThat(five.programs(), contains(new Event(1, 1)));
    assertThat(five.warnings(), contains("vlq_too_long:1"));
    Parse nine =
        parse(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x80, 0x80, 1, 0xC0, 1, 0, 0xFF, 0x2F, 0);
    assertThat(nine.programs(), contains(new Event(1, 1)));
    assertThat(nine.warnings(), contains("vlq_too_long:1"));
  }

  @Test
  void ticksStayAtTheGreatestInteger() {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      parts.add(Smf.join(Smf.variableLength(0xFFFFFFF), Smf.bytes(0xC0, i)));
    }
    parts.add(Smf.bytes(0, 0x90, 60, 1, 0, 60, 0, 0, 0xFF, 0x2F, 0));
    byte[] body = Smf.join(parts.toArray(byte[][]::new));
    Parse parse = Parse.of(file(0, DIVISION, Smf.chunk("MTrk", body.length, body)));
    // Eight of the largest delta times still fit below 2^31.
    assertThat(parse.programs().get(7), equalTo(new Event(8 * 0xFFFFFFF, 7)));
    assertThat(parse.programs().get(8), equalTo(new Event(Integer.MAX_VALUE, 8)));
    assertThat(parse.programs().get(9), equalTo(new Event(Integer.MAX_VALUE, 9)));
    assertThat(parse.notes(), contains(new Note(Integer.MAX_VALUE, 0, 60, 1, 64, 0, 0)));
    assertThat(parse.endTick(), is(Integer.MAX_VALUE));
    assertThat(parse.warnings(), contains("tick_overflow:2"));
  }

  @Test
  void anEventWithAHighDataByteIsDroppedAndTheByteTakenForAStatus() {
    Parse parse = parse(0, 0x90, 60, 0xC1, 5, 3, 0x90, 62, 1, 2, 62, 0, 0, 0xFF, 0x2F, 0);
    assertThat(parse.programs(), contains(new Event(0, 1 << 8 | 5)));
    assertThat(parse.notes(), contains(new Note(3, 2, 62, 1, 64, 0, 0)));
    assertThat(parse.warnings(), contains("data_byte_high:1"));
  }

  @Test
  void columnsGrowAndKeepEveryNote() {
    TestTrack track = new TestTrack();
    List<Note> expected = new ArrayList<>();
    // More than the columns hold at first, and all sounding at once.
    for (int i = 0; i < 20_000; i++) {
      track.note(i, 20_000, i % 16, i % 128, 1 + i % 127);
      expected.add(new Note(i, 20_000, i % 128, 1 + i % 127, 0, i % 16, 0));
    }
    assertThat(Parse.of(file(0, DIVISION, track)).notes(), equalTo(expected));
  }
}
