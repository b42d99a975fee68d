package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.midstream.analysis.TempoTraining.Written;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is trained on must be what a file says, or nothing. */
class TempoTrainingTest {
  private static final int EIGHTH = 48;

  private static @Nullable Written written(TestTrack track) {
    byte[] bytes = Smf.file(0, Music.DIVISION, track);
    MidiColumns columns = new MidiColumns();
    Parsed parsed = (Parsed) new MidiParser(columns).parse(bytes, 0, bytes.length);
    return new TempoTraining().written(parsed, columns);
  }

  /** One after another behind a bar of 6/8 without a note. */
  private static TestTrack eighths(TestTrack track, int count, int ticks) {
    for (int i = 6; i < 6 + count; i++) {
      track.note(ticks * i, ticks, 0, 60 + i % 5, 80);
    }
    return track;
  }

  @Test
  void beatsAreThoseOfTheTimeSignatureFromTheFirstNoteToTheLast() {
    // A dotted quarter takes 0.9 s, from the second bar's middle on 0.6 s.
    TestTrack track = new TestTrack().meter(0, 6, 3).tempo(0, 600_000).tempo(9 * EIGHTH, 400_000);
    Written written = written(eighths(track, 12, EIGHTH));
    long[] micros = DoubleStream.of(written.beats()).mapToLong(s -> Math.round(s * 1e6)).toArray();
    assertThat(micros, is(new long[] {1_800_000, 2_700_000, 3_300_000, 3_900_000, 4_500_000}));
    assertThat(written.meter(), is("6/8"));
  }

  @Test
  void whatSoftwareWritesUnaskedSaysNothing() {
    assertThat(written(eighths(new TestTrack(), 100, EIGHTH)), is(nullValue()));
    assertThat(written(eighths(new TestTrack().tempo(0, 500_000), 100, EIGHTH)), is(nullValue()));
  }

  @Test
  void norDoesATempoThatTheNotesAreNotOn() {
    assertThat(written(eighths(new TestTrack().tempo(0, 600_000), 100, 53)), is(nullValue()));
  }
}
