package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.midstream.analysis.Analysis.Tempo;
import dev.midstream.analysis.Analysis.TempoChange;
import dev.midstream.midi.TestTrack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tempo of a file, from its events and from its onsets. */
class TempoTest {
  private static final Tempo NOTHING =
      new Tempo(null, null, TempoMethod.NONE, null, null, List.of(), List.of());

  /** Quarter notes, one after another, from {@code tick} on. */
  private static TestTrack quarters(TestTrack track, int tick, int count) {
    for (int i = 0; i < count; i++) {
      track.note(tick + 96 * i, 96, 0, 60 + i % 5, 80);
    }
    return track;
  }

  @Test
  void theTempoEventHoldsWhereTheNotesAreOnItsGrid() {
    Tempo tempo = Music.analyze(quarters(new TestTrack().tempo(0, 631_579), 0, 32)).tempo();
    assertThat(tempo.bpm(), is(95.0f));
    assertThat(tempo.confidence().doubleValue(), is(greaterThan(0.9)));
    assertThat(tempo.method(), is(TempoMethod.TEMPO_EVENTS));
    assertThat(tempo.changes(), contains(new TempoChange(0, 95.0f)));
    assertThat(tempo.onsetBpm().doubleValue(), closeTo(95, 0.95));
    assertThat(tempo.onsetConfidence(), is(notNullValue()));
  }

  @Test
  void theTempoInForceForMostOfTheSoundingTimeIsTheTempo() {
    // 120 for four quarters, 60 for eight, 120 again for six: 5 s of 120 and 8 s of 60.
    TestTrack track = new TestTrack().tempo(0, 500_000).tempo(384, 1_000_000).tempo(1152, 500_000);
    Tempo tempo = Music.analyze(quarters(track, 0, 18)).tempo();
    assertThat(tempo.bpm(), is(60.0f));
    assertThat(
        tempo.changes(),
        contains(
            new TempoChange(0, 120.0f), new TempoChange(2, 60.0f), new TempoChange(10, 120.0f)));
  }

  @Test
  void equalTempiAddUpWhereverTheyStand() {
    // 5 s of 60 in one piece, 6 s of 120 in two.
    TestTrack track = new TestTrack().tempo(0, 500_000).tempo(576, 1_000_000).tempo(1056, 500_000);
    assertThat(Music.analyze(quarters(track, 0, 17)).tempo().bpm(), is(120.0f));
  }

  @Test
  void silenceBeforeTheFirstAndAfterTheLastNoteHasNoTempo() {
    // A minute of silence at 240 on either side of eight seconds at 60.
    TestTrack track = new TestTrack().tempo(0, 250_000).tempo(23_040, 1_000_000);
    quarters(track, 23_040, 8).tempo(23_808, 250_000).endAt(46_848);
    assertThat(Music.analyze(track).tempo().bpm(), is(60.0f));
  }

  @Test
  void whereNoTempoDominatesTheMedianHolds() {
    TestTrack track = new TestTrack();
    // A long ritardando: each quarter slower than the one before.
    for (int i = 0; i < 40; i++) {
      track.tempo(96 * i, 500_000 + 10_000 * i);
    }
    // Half of the 27.8 s have passed in the 23rd quarter.
    Tempo tempo = Music.analyze(quarters(track, 0, 40)).tempo();
    double sum = 0;
    int quarter = 0;
    while (sum + 500_000 + 10_000 * quarter < 27_800_000 / 2.0) {
      sum += 500_000 + 10_000 * quarter++;
    }
    assertThat(tempo.bpm().doubleValue(), closeTo(60e6 / (500_000 + 10_000 * quarter), 0.005));
  }

  @Test
  void equalNeighboursAreOneChange() {
    TestTrack track = new TestTrack().tempo(0, 400_000).tempo(96, 400_000).tempo(192, 300_000);
    assertThat(
        Music.analyze(quarters(track, 0, 20)).tempo().changes(),
        contains(new TempoChange(0, 150.0f), new TempoChange(0.8, 200.0f)));
  }

  @Test
  void withoutEventTheOnsetsTell() {
    // At 96 ticks a quarter and 120 BPM by default, beats of 100 ticks are 115.2 BPM.
    TestTrack track = new TestTrack();
    for (int i = 0; i < 64; i++) {
      track.note(100 * i, 90, 0, 60, 100);
    }
    Tempo tempo = Music.analyze(track).tempo();
    assertThat(tempo.method(), is(TempoMethod.ONSETS));
    assertThat(tempo.bpm().doubleValue(), closeTo(115.2, 1.152));
    assertThat(tempo.bpm(), equalTo(tempo.onsetBpm()));
    assertThat(tempo.confidence(), equalTo(tempo.onsetConfidence()));
    assertThat(tempo.changes(), is(empty()));
  }

  @Test
  void whereTempoIsNotSteadyTheMedianBeatTells() {
    // Forty seconds of beats of .47 s, then twenty of slower ones: the mean is 7 % longer.
    TestTrack track = new TestTrack();
    double at = 0;
    for (int beat = 0; at < 60; beat++) {
      int tick = (int) Math.round(at * 192);
      track.note(tick, 60, 0, beat % 4 == 0 ? 36 : 48, 90);
      track.note(tick, 60, 0, 64 + beat % 5, 80);
      double length = at < 40 ? 0.47 : 0.57;
      track.note((int) Math.round((at + length / 2) * 192), 40, 0, 67, 60);
      at += length;
    }
    Tempo tempo = Music.analyze(track).tempo();
    assertThat(tempo.method(), is(TempoMethod.ONSETS));
    double beats = 60 / tempo.bpm() / 0.47;
    assertThat("whole beats, of whatever level", beats / Math.rint(beats), closeTo(1, 0.03));
  }

  @Test
  void anEventThatTheOnsetsContradictIsNotBelieved() {
    // Played in freely: beats of 109 ticks on a grid of 96, at the 120 BPM that sequencers write.
    TestTrack track = new TestTrack().tempo(0, 500_000);
    for (int i = 0; i < 96; i++) {
      track.note(109 * i, 90, 0, 60, 100);
    }
    Tempo tempo = Music.analyze(track).tempo();
    assertThat(tempo.method(), is(TempoMethod.ONSETS));
    assertThat(tempo.bpm().doubleValue(), closeTo(120 * 96 / 109.0, 1.1));
    assertThat(tempo.changes(), contains(new TempoChange(0, 120.0f)));
  }

  @Test
  void fewOnsetsDoNotRefuteAnEvent() {
    TestTrack track = new TestTrack().tempo(0, 500_000);
    for (int i = 0; i < 15; i++) {
      track.note(109 * i, 90, 0, 60, 100);
    }
    Tempo tempo = Music.analyze(track).tempo();
    assertThat(tempo.method(), is(TempoMethod.TEMPO_EVENTS));
    assertThat(tempo.bpm(), is(120.0f));
  }

  @Test
  void oneNoteHasNoTempo() {
    Tempo tempo = Music.analyze(new TestTrack().tempo(0, 500_000).note(0, 96, 0, 60, 80)).tempo();
    assertThat(
        tempo,
        equalTo(
            new Tempo(
                null,
                null,
                TempoMethod.NONE,
                null,
                null,
                List.of(new TempoChange(0, 120)),
                List.of())));
    assertThat(Music.analyze(new TestTrack().note(0, 96, 0, 60, 80)).tempo(), equalTo(NOTHING));
    // A handful of onsets is too little to measure.
    assertThat(Music.analyze(quarters(new TestTrack(), 0, 5)).tempo(), equalTo(NOTHING));
  }

  @Test
  void withoutTimeThereIsNoTempo() {
    Analysis analysis = Music.analyze(0, quarters(new TestTrack().tempo(0, 500_000), 0, 32));
    assertThat(analysis.tempo(), equalTo(NOTHING));
    assertThat(analysis.timing().durationSeconds() == null, is(true));
    assertThat(analysis.notes().noteDensity() == null, is(true));
  }

  @Test
  void smpteTimeHasOnlyOnsets() {
    // 25 frames of 40 ticks: 500 ticks are half a second.
    TestTrack track = new TestTrack().tempo(0, 1_000_000);
    for (int i = 0; i < 64; i++) {
      track.note(500 * i, 400, 0, 60, 100);
    }
    Tempo tempo = Music.analyze(-25 << 8 | 40, track).tempo();
    assertThat(tempo.method(), is(TempoMethod.ONSETS));
    assertThat(tempo.bpm().doubleValue(), closeTo(120, 1.2));
    assertThat(tempo.changes(), is(empty()));
  }

  @Test
  void theChangesAreLimited() {
    TestTrack track = new TestTrack();
    for (int i = 0; i < 2000; i++) {
      track.tempo(96 * i, 500_000 + i);
    }
    List<TempoChange> changes = Music.analyze(quarters(track, 0, 20)).tempo().changes();
    assertThat(changes.size(), is(1000));
    assertThat(changes.get(999).seconds(), greaterThan(499.0));
  }
}
