package dev.midstream.analysis;

import static dev.midstream.midi.Smf.file;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Parse;
import dev.midstream.midi.Seed;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolyphonyTest {
  private static Polyphony of(byte[] file) {
    NoteTimeline timeline = new NoteTimeline();
    timeline.reset(Parse.columnsOf(file).notes());
    return Polyphony.of(timeline);
  }

  private static Polyphony of(TestTrack... tracks) {
    return of(file(1, 96, tracks));
  }

  @Test
  void notesThatTouchDoNotOverlap() {
    TestTrack track = new TestTrack().note(0, 10, 0, 60, 1).note(10, 10, 0, 60, 1);
    assertThat(of(track.note(20, 5, 0, 62, 1)), equalTo(new Polyphony(1, 1)));
  }

  @Test
  void silenceDoesNotCountForTheMean() {
    assertThat(
        of(new TestTrack().note(0, 10, 0, 60, 1).note(1000, 10, 0, 60, 1)),
        equalTo(new Polyphony(1, 1)));
  }

  @Test
  void tracksAndChannelsSoundTogether() {
    // One note for 10 ticks, three for 10, two for 20: 80 note ticks in 40.
    assertThat(
        of(
            new TestTrack().note(0, 40, 0, 60, 1),
            new TestTrack().note(10, 10, 1, 60, 1).note(10, 30, 9, 35, 1)),
        equalTo(new Polyphony(3, 2)));
  }

  @Test
  void aNoteOfNoLengthSoundsForOneTick() {
    assertThat(of(new TestTrack().note(5, 0, 0, 60, 1)), equalTo(new Polyphony(1, 1)));
    assertThat(of(new TestTrack().note(0, 10, 0, 60, 1).note(5, 0, 0, 62, 1)).max(), is(2));
  }

  @Test
  void aNoteAtTheLastTickIsANote() {
    byte[] body = {};
    for (int i = 0; i < 9; i++) {
      body = Smf.join(body, Smf.variableLength(0xFFFFFFF), Smf.bytes(0xC0, 0));
    }
    body = Smf.join(body, Smf.bytes(0, 0x90, 60, 1, 0, 0xFF, 0x2F, 0));
    assertThat(of(file(0, 96, Smf.chunk("MTrk", body.length, body))), equalTo(new Polyphony(1, 1)));
  }

  @Test
  void randomNotesAgreeWithCountingTickByTick() {
    Random random = Seed.of(PolyphonyTest.class);
    for (int round = 0; round < 300; round++) {
      int[] sounding = new int[300];
      TestTrack[] tracks = {new TestTrack(), new TestTrack(), new TestTrack()};
      for (int i = 1 + random.nextInt(60); i > 0; i--) {
        int start = random.nextInt(200);
        int length = 1 + random.nextInt(100);
        // A pitch of its own each, so that pairing has no say.
        tracks[i % 3].note(start, length, i % 16, i, 1);
        for (int tick = start; tick < start + length; tick++) {
          sounding[tick]++;
        }
      }
      int max = 0;
      int ticks = 0;
      int sum = 0;
      for (int count : sounding) {
        max = Math.max(max, count);
        ticks += count > 0 ? 1 : 0;
        sum += count;
      }
      Polyphony polyphony = of(tracks);
      assertThat(polyphony.max(), is(max));
      assertThat(polyphony.mean(), closeTo((double) sum / ticks, 1e-12));
    }
  }
}
