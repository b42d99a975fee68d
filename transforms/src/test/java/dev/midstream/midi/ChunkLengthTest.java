package dev.midstream.midi;

import static dev.midstream.midi.Smf.bytes;
import static dev.midstream.midi.Smf.chunk;
import static dev.midstream.midi.Smf.header;
import static dev.midstream.midi.Smf.join;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Parse.Note;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Track chunks whose announced length is not theirs: nothing of them is lost. */
class ChunkLengthTest {
  private static final byte[] EVENTS =
      bytes(0, 0x90, 60, 64, 96, 0x80, 60, 0, 0, 0x90, 62, 64, 96, 0x80, 62, 0, 0, 0xFF, 0x2F, 0);
  private static final byte[] NEXT =
      chunk("MTrk", 12, bytes(0, 0x91, 70, 64, 96, 0x81, 70, 0, 0, 0xFF, 0x2F, 0));

  private static final Note FIRST = new Note(0, 96, 60, 64, 0, 0, 0);
  private static final Note SECOND = new Note(96, 96, 62, 64, 0, 0, 0);
  private static final Note OF_NEXT = new Note(0, 96, 70, 64, 0, 1, 1);

  /** The first track announces {@code length} bytes. */
  private static Parse alone(long length) {
    return Parse.of(join(header(0, 1, 96), chunk("MTrk", length, EVENTS)));
  }

  private static Parse withNext(long length) {
    return Parse.of(join(header(1, 2, 96), chunk("MTrk", length, EVENTS), NEXT));
  }

  @Test
  void theTruth() {
    assertThat(withNext(EVENTS.length).notes(), contains(FIRST, SECOND, OF_NEXT));
    assertThat(withNext(EVENTS.length).warnings(), is(empty()));
  }

  @Test
  void aLengthThatIsTooShortEndsNothing() {
    for (int length = 0; length < EVENTS.length; length++) {
      assertThat(alone(length).notes(), contains(FIRST, SECOND));
      assertThat(alone(length).warnings(), contains("chunk_underrun:1"));
      assertThat(withNext(length).notes(), contains(FIRST, SECOND, OF_NEXT));
      assertThat(withNext(length).warnings(), contains("chunk_underrun:1"));
    }
  }

  /** Software that dies before it fills in the length writes no end either. */
  @Test
  void theEventsGoOnToTheNextTrackOrTheEndOfTheFile() {
    byte[] endless = Arrays.copyOf(EVENTS, EVENTS.length - 4);
    for (int length = 0; length < endless.length; length++) {
      Parse last = Parse.of(join(header(0, 1, 96), chunk("MTrk", length, endless)));
      assertThat(last.notes(), contains(FIRST, SECOND));
      assertThat(last.warnings(), contains("chunk_underrun:1", "missing_end_of_track:1"));
      Parse first = Parse.of(join(header(1, 2, 96), chunk("MTrk", length, endless), NEXT));
      assertThat(first.notes(), contains(FIRST, SECOND, OF_NEXT));
      assertThat(first.warnings(), contains("chunk_underrun:1", "missing_end_of_track:1"));
    }
    byte[] torn = Arrays.copyOf(EVENTS, EVENTS.length - 6);
    Parse parse = Parse.of(join(header(0, 1, 96), chunk("MTrk", 0, torn)));
    assertThat(parse.notes(), contains(FIRST, new Note(96, 96, 62, 64, 64, 0, 0)));
    assertThat(
        parse.warnings(), contains("chunk_underrun:1", "hanging_note:1", "truncated_track:1"));
  }

  @Test
  void aLengthMayEndInAText() {
    byte[] text = Smf.ascii("0123456789 la la la");
    byte[] events = join(bytes(0, 0xFF, 5, text.length), text, EVENTS);
    for (int length = 0; length < events.length; length++) {
      Parse parse = Parse.of(join(header(1, 2, 96), chunk("MTrk", length, events), NEXT));
      assertThat(parse.notes(), contains(FIRST, SECOND, OF_NEXT));
      assertThat(parse.texts(), contains("5:0123456789 la la la"));
      assertThat(parse.warnings(), contains("chunk_underrun:1"));
    }
  }

  @Test
  void tracksWithinALengthThatIsTooLongAreRead() {
    for (long length = EVENTS.length + 1L; length < 100; length++) {
      assertOverrun(length);
    }
    for (long length : new long[] {1000, 0x7FFFFFFFL, 0xFFFFFFFFL}) {
      assertOverrun(length);
    }
  }

  private static void assertOverrun(long length) {
    assertThat(withNext(length).notes(), contains(FIRST, SECOND, OF_NEXT));
    assertThat(withNext(length).warnings(), contains("chunk_overrun:1"));
    byte[] endless = Arrays.copyOf(EVENTS, EVENTS.length - 4);
    Parse parse = Parse.of(join(header(1, 2, 96), chunk("MTrk", length, endless), NEXT));
    assertThat(parse.notes(), contains(FIRST, SECOND, OF_NEXT));
    assertThat(parse.warnings(), contains("chunk_overrun:1", "missing_end_of_track:1"));
  }

  @Test
  void whatIsNoMusicBehindATrackIsNotRead() {
    byte[] endless = Arrays.copyOf(EVENTS, EVENTS.length - 4);
    byte[] track = chunk("MTrk", endless.length, endless);
    for (byte[] garbage :
        List.of(
            bytes(0x80, 0x80, 0x80, 0x80, 0, 0x90, 63, 64),
            bytes(0, 0x90, 63, 0x90, 64, 64, 0, 0),
            bytes(0, 0xF2, 1, 1, 0, 0x90, 63, 64),
            bytes(0, 0xFF, 1, 0x7F, 0, 0x90, 63, 64),
            Smf.ascii("PADDING? PADDING? PADDING? \u007f"))) {
      Parse last = Parse.of(join(header(0, 1, 96), track, garbage));
      assertThat(last.notes(), contains(FIRST, SECOND));
    }
    Parse padded = Parse.of(join(header(0, 1, 96), track, new byte[300]));
    assertThat(padded.notes(), contains(FIRST, SECOND));
    assertThat(padded.warnings(), contains("missing_end_of_track:1", "trailing_bytes:1"));
    // Behind End of Track nothing is.
    byte[] whole = chunk("MTrk", EVENTS.length, EVENTS);
    byte[] more = bytes(0, 0x90, 63, 64, 1, 63, 0, 0, 0xFF, 0x2F, 0);
    assertThat(Parse.of(join(header(0, 1, 96), whole, more)).notes(), contains(FIRST, SECOND));
    assertThat(
        Parse.of(join(header(0, 1, 96), whole, more)).warnings(), contains("trailing_bytes:1"));
  }

  @Test
  void aForeignChunkThatLiesHidesNoTrack() {
    byte[] whole = chunk("MTrk", EVENTS.length, EVENTS);
    for (long length : new long[] {1000, 0x7FFFFFFFL, 0xFFFFFFFFL}) {
      Parse parse =
          Parse.of(join(header(1, 2, 96), chunk("XFIH", length, bytes(1, 2)), whole, NEXT));
      assertThat(parse.notes(), contains(FIRST, SECOND, OF_NEXT));
      assertThat(parse.warnings(), contains("unknown_chunk:1"));
    }
  }
}
