package dev.midstream.midi;

import static dev.midstream.midi.Smf.bytes;
import static dev.midstream.midi.Smf.chunk;
import static dev.midstream.midi.Smf.header;
import static dev.midstream.midi.Smf.join;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Parse.Note;
import dev.midstream.midi.ParseOutcome.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Track chunks whose announced length is not theirs: what is lost of them today. */
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
  void whatLiesBehindALengthThatIsTooShortIsLost() {
    assertThat(alone(8).notes(), contains(FIRST));
    assertThat(alone(8).warnings(), contains("missing_end_of_track:1", "trailing_bytes:1"));
    assertThat(alone(10).notes(), contains(FIRST));
    assertThat(alone(10).warnings(), contains("trailing_bytes:1", "truncated_track:1"));
    assertThat(withNext(8).notes(), contains(FIRST, OF_NEXT));
    assertThat(withNext(8).warnings(), contains("missing_end_of_track:1", "unknown_chunk:1"));
    assertThat(withNext(0).notes(), contains(OF_NEXT));
    assertThat(withNext(0).warnings(), contains("missing_end_of_track:1", "unknown_chunk:1"));
    // Software that dies before it fills in the length leaves this.
    assertThat(alone(0).outcome(), instanceOf(Rejected.class));
  }

  @Test
  void tracksWithinALengthThatIsTooLongAreLost() {
    List<Note> firstTrack = List.of(FIRST, SECOND);
    for (int length = EVENTS.length + 1; length < EVENTS.length + NEXT.length; length++) {
      Parse parse = withNext(length);
      assertThat(parse.notes(), equalTo(firstTrack));
      assertThat(parse.warnings(), contains("track_count_mismatch:1", "trailing_bytes:1"));
    }
    for (long length : new long[] {41, 1000, 0x7FFFFFFFL, 0xFFFFFFFFL}) {
      Parse parse = withNext(length);
      assertThat(parse.notes(), equalTo(firstTrack));
      assertThat(parse.warnings(), contains("chunk_overrun:1", "track_count_mismatch:1"));
    }
  }
}
