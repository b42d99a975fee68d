package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.midstream.analysis.Analysis.Grid;
import dev.midstream.analysis.Analysis.Groove;
import dev.midstream.midi.TestTrack;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Time signatures that the file does not say, the beats that they count, and swing. */
class MeterAndGrooveTest {
  /** Quarter notes and one off-beat note in each of them, at a tick within it. */
  private static TestTrack offBeats(int... within) {
    TestTrack track = new TestTrack().tempo(0, 500_000);
    for (int beat = 0; beat < 48; beat++) {
      track.note(96 * beat, 20, 0, 60, 90);
      for (int tick : within) {
        track.note(96 * beat + tick, 10, 0, 64, 70);
      }
    }
    return track;
  }

  @Test
  void eighthsInTheMiddleAreStraight() {
    assertThat(Music.analyze(offBeats(48)).groove(), equalTo(new Groove(Grid.STRAIGHT, 1.0f)));
    assertThat(
        Music.analyze(offBeats(24, 48, 72)).groove(), equalTo(new Groove(Grid.STRAIGHT, 1.0f)));
  }

  @Test
  void bothThirdsAreTripletsAndTheLastAloneIsSwing() {
    assertThat(Music.analyze(offBeats(32, 64)).groove(), equalTo(new Groove(Grid.TRIPLET, 2.0f)));
    assertThat(Music.analyze(offBeats(64)).groove(), equalTo(new Groove(Grid.SWUNG, 2.0f)));
    assertThat(Music.analyze(offBeats(57)).groove(), equalTo(new Groove(Grid.SWUNG, 1.46f)));
  }

  @Test
  void withoutOffBeatsNothingTells() {
    assertThat(Music.analyze(offBeats()).groove(), equalTo(Groove.UNKNOWN));
    assertThat(Music.analyze(offBeats(24, 72)).groove(), equalTo(Groove.UNKNOWN));
  }

  @Test
  void notesOffTheGridAreFree() {
    Random random = new Random(1);
    TestTrack track = new TestTrack().tempo(0, 500_000);
    for (int i = 0; i < 400; i++) {
      track.note(random.nextInt(40_000), 50, 0, 40 + i % 40, 80);
    }
    assertThat(Music.analyze(480, track).groove(), equalTo(new Groove(Grid.FREE, null)));
  }

  @Test
  void aBeatIsWhatTheTimeSignatureCounts() {
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.NONE), is(1.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(4, 4)), is(1.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(3, 4)), is(1.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(2, 2)), is(0.5));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(3, 8)), is(2.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(7, 8)), is(2.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(6, 8)), is(2 / 3.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(12, 8)), is(2 / 3.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(12, 16)), is(4 / 3.0));
    assertThat(BeatUnit.beatsAQuarter(BeatUnit.packed(1, 4)), is(1.0));
  }

  /** A bass note on one, chords on the others. */
  private static TestTrack waltz(TestTrack track) {
    for (int beat = 0; beat < 96; beat++) {
      if (beat % 3 == 0) {
        track.note(96 * beat, 90, 0, 36 + beat / 3 % 4 * 5 % 12, 90);
      } else {
        for (int tone = 60; tone <= 67; tone += 3) {
          track.note(96 * beat, 40, 0, tone, 60);
        }
      }
    }
    return track;
  }

  @Test
  void aFileThatSaysNoMetreHasTheOneOfItsNotes() {
    Analysis.Meter meter = Music.analyze(waltz(new TestTrack().tempo(0, 400_000))).meter();
    assertThat(meter.timeSignature(), is("3/4"));
    assertThat(meter.confidence(), is(notNullValue()));
    // Bars of one beat are what some programs write for want of better knowledge.
    meter = Music.analyze(waltz(new TestTrack().tempo(0, 400_000).meter(0, 1, 2))).meter();
    assertThat(meter.timeSignature(), is("3/4"));
    assertThat(meter.changes().get(0).timeSignature(), is("1/4"));
  }

  @Test
  void whatTheFileSaysStands() {
    TestTrack track = waltz(new TestTrack().tempo(0, 400_000).meter(0, 4, 2));
    Analysis.Meter said = Music.analyze(track).meter();
    assertThat(said.timeSignature(), is("4/4"));
    assertThat(said.confidence(), is(not(nullValue())));
    Analysis.Meter right =
        Music.analyze(waltz(new TestTrack().tempo(0, 400_000).meter(0, 3, 2))).meter();
    assertThat(right.confidence() > said.confidence(), is(true));
  }

  @Test
  void withoutNotesThereIsNoMetre() {
    assertThat(Music.analyze(new TestTrack().endAt(960)).meter().timeSignature(), is(nullValue()));
  }
}
