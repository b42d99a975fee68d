package dev.midstream.midi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.simd.VectorPayoff;
import org.junit.jupiter.api.Test;

class VectorPayoffTest {
  private static final byte[] FILE = Smf.file(1, 96, new TestTrack().note(3, 96, 0, 60, 64));

  @Test
  void itIsReachedOnceSoMuchIsReadAndStaysSo() {
    VectorPayoff payoff = new VectorPayoff(10);
    assertThat(payoff.isReachedWith(4), is(false));
    assertThat(payoff.isReachedWith(5), is(false));
    assertThat(payoff.isReachedWith(1), is(true));
    assertThat(payoff.isReachedWith(0), is(true));
  }

  @Test
  void aParserThatChangesItsReaderReadsTheSame() {
    MidiColumns columns = new MidiColumns();
    MidiParser parser = new MidiParser(columns, false, new VectorPayoff(2L * FILE.length));
    Parse scalar = Parse.of(parser, columns, FILE, 0, FILE.length);
    Parse changed = Parse.of(parser, columns, FILE, 0, FILE.length);
    Parse vector = Parse.of(parser, columns, FILE, 0, FILE.length);
    assertThat(changed, is(scalar));
    assertThat(vector, is(scalar));
  }
}
