package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.midstream.midi.TestTrack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of keys, and the key that notes tell. */
class KeyTest {
  /** The circle of fifths from seven flats to seven sharps, as any theory book has it. */
  private static final List<String> MAJOR =
      List.of("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#");

  private static final List<String> MINOR =
      List.of("Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#");

  /** Spelled with the fewest accidentals, by pitch class of the tonic. */
  private static final List<String> USUAL_MAJOR =
      List.of("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B");

  private static final List<String> USUAL_MINOR =
      List.of("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B");

  private static final int[] MAJOR_SCALE = {0, 2, 4, 5, 7, 9, 11, 12};
  private static final int[] HARMONIC_MINOR = {0, 2, 3, 5, 7, 8, 11, 12};

  @Test
  void everySignatureHasItsName() {
    for (int sharps = -7; sharps <= 7; sharps++) {
      assertThat(KeyName.ofSignature(sharps, false), is(MAJOR.get(sharps + 7) + " major"));
      assertThat(KeyName.ofSignature(sharps, true), is(MINOR.get(sharps + 7) + " minor"));
    }
  }

  @Test
  void everySignatureHasItsTonic() {
    for (int sharps = -7; sharps <= 7; sharps++) {
      assertThat(KeyName.tonic(sharps, false), is(pitchClass(MAJOR.get(sharps + 7))));
      assertThat(KeyName.tonic(sharps, true), is(pitchClass(MINOR.get(sharps + 7))));
    }
  }

  private static int pitchClass(String name) {
    int natural = List.of(0, 2, 4, 5, 7, 9, 11).get("CDEFGAB".indexOf(name.charAt(0)));
    int accidental = name.endsWith("#") ? 1 : name.endsWith("b") ? -1 : 0;
    return Math.floorMod(natural + accidental, 12);
  }

  @Test
  void everyTonicHasItsUsualSpelling() {
    for (int tonic = 0; tonic < 12; tonic++) {
      assertThat(
          KeyName.ofSignature(KeyName.sharps(tonic, false), false),
          is(USUAL_MAJOR.get(tonic) + " major"));
      assertThat(
          KeyName.ofSignature(KeyName.sharps(tonic, true), true),
          is(USUAL_MINOR.get(tonic) + " minor"));
    }
  }

  @Test
  void scalesAreHeardInEveryKey() {
    for (int tonic = 0; tonic < 12; tonic++) {
      assertThat(
          Music.analyze(scale(MAJOR_SCALE, tonic)).key().name(),
          is(USUAL_MAJOR.get(tonic) + " major"));
      assertThat(
          Music.analyze(scale(HARMONIC_MINOR, tonic)).key().name(),
          is(USUAL_MINOR.get(tonic) + " minor"));
    }
  }

  /** Up the scale, with a long triad on its tonic at the end. */
  private static TestTrack scale(int[] steps, int tonic) {
    TestTrack track = new TestTrack();
    for (int i = 0; i < steps.length; i++) {
      track.note(96 * i, 96, 0, 60 + tonic + steps[i], 80);
    }
    for (int step : new int[] {0, 2, 4}) {
      track.note(96 * steps.length, 384, 0, 48 + tonic + steps[step], 80);
    }
    return track;
  }

  @Test
  void aSignatureOfTheSameKeyChoosesTheSpelling() {
    Analysis flat = Music.analyze(scale(MAJOR_SCALE, 6).key(0, -6, false));
    assertThat(flat.key().name(), is("Gb major"));
    assertThat(flat.key().meta(), is("Gb major"));
    assertThat(Music.analyze(scale(MAJOR_SCALE, 6).key(0, 6, false)).key().name(), is("F# major"));
    assertThat(Music.analyze(scale(MAJOR_SCALE, 1).key(0, 7, false)).key().name(), is("C# major"));
    assertThat(
        Music.analyze(scale(HARMONIC_MINOR, 3).key(0, 6, true)).key().name(), is("D# minor"));
    // Also where it is not the first.
    Analysis second = Music.analyze(scale(MAJOR_SCALE, 11).key(0, 0, false).key(96, -7, false));
    assertThat(second.key().name(), is("Cb major"));
    assertThat(second.key().meta(), is("C major"));
  }

  @Test
  void aSignatureIsEvidenceAndNoMore() {
    Analysis.Key without = Music.analyze(scale(MAJOR_SCALE, 2)).key();
    Analysis.Key right = Music.analyze(scale(MAJOR_SCALE, 2).key(0, 2, false)).key();
    Analysis.Key relative = Music.analyze(scale(MAJOR_SCALE, 2).key(0, 2, true)).key();
    Analysis.Key wrong = Music.analyze(scale(MAJOR_SCALE, 2).key(0, -6, false)).key();
    assertThat(right.name(), is("D major"));
    assertThat(right.confidence(), is(greaterThan(without.confidence())));
    // Most software writes one mode for both.
    assertThat(relative.name(), is("D major"));
    assertThat(relative.confidence(), is(right.confidence()));
    assertThat(wrong.name(), is("D major"));
    assertThat(wrong.confidence(), is(lessThan(without.confidence())));
    assertThat(wrong.meta(), is("Gb major"));
  }

  @Test
  void noSharpsAndNoFlatsAreNoEvidence() {
    Analysis.Key without = Music.analyze(scale(MAJOR_SCALE, 2)).key();
    Analysis.Key with = Music.analyze(scale(MAJOR_SCALE, 2).key(0, 0, false)).key();
    assertThat(
        with,
        equalTo(
            new Analysis.Key(without.name(), without.confidence(), "C major", without.changes())));
  }

  @Test
  void aKeyIsSpelledAsASignatureHasItWhateverItsMode() {
    assertThat(Music.analyze(scale(MAJOR_SCALE, 6).key(0, -6, true)).key().name(), is("Gb major"));
    assertThat(Music.analyze(scale(MAJOR_SCALE, 6).key(0, 6, true)).key().name(), is("F# major"));
    assertThat(
        Music.analyze(scale(HARMONIC_MINOR, 3).key(0, 6, false)).key().name(), is("D# minor"));
  }

  @Test
  void drumsHaveNoKey() {
    TestTrack kit = new TestTrack();
    TestTrack hits = new TestTrack();
    for (int i = 0; i < 200; i++) {
      kit.note(24 * i, 12, 9, List.of(36, 42, 38, 42, 47, 43, 50, 49).get(i % 8), 100);
      hits.note(24 * i, 12, 3, List.of(36, 42, 38, 46).get(i % 4), 100);
    }
    assertThat(Music.analyze(kit).key(), equalTo(new Analysis.Key(null, null, null, List.of())));
    assertThat(Music.analyze(hits).key(), equalTo(new Analysis.Key(null, null, null, List.of())));
  }

  @Test
  void percussionAndEffectsHaveNoKey() {
    TestTrack track = scale(MAJOR_SCALE, 0).program(0, 0, 118);
    assertThat(Music.analyze(track).key().name(), is(nullValue()));
    assertThat(Music.analyze(track.program(1, 0, 0)).key().name(), is("C major"));
  }

  @Test
  void musicWithoutACentreHasNoKey() {
    TestTrack chromatic = new TestTrack();
    for (int i = 0; i < 240; i++) {
      chromatic.note(24 * i, 24, 0, 48 + i % 12, 80);
    }
    assertThat(Music.analyze(chromatic).key().name(), is(nullValue()));
  }

  @Test
  void theLastTickThereIsEndsThePieceToo() {
    TestTrack track = scale(MAJOR_SCALE, 2);
    int longestDelta = 0x0FFFFFFF;
    for (int i = 1; i <= Integer.MAX_VALUE / longestDelta; i++) {
      track.text(i * longestDelta, 6, "on and on");
    }
    track.note(Integer.MAX_VALUE, 0, 0, 62, 80);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Music.analyze(track).notes().noteCount(), is(12)));
  }

  @Test
  void changesOfKeyAreHeard() {
    TestTrack track = new TestTrack();
    int[] tonics = {0, 8, 0};
    for (int part = 0; part < 3; part++) {
      cadences(track, part * 20 * 4 * 96, tonics[part], 20);
    }
    Analysis.Key key = Music.analyze(track).key();
    assertThat(key.name(), is("C major"));
    assertThat(
        key.changes().stream().map(Analysis.KeyChange::key).toList(),
        contains("C major", "Ab major", "C major"));
    assertThat(key.changes().get(0).seconds(), is(0.0));
    // A bar takes two seconds; a window is a thirty-second of the piece.
    assertThat(key.changes().get(1).seconds(), is(closeTo(40, 120 / 32.0)));
    assertThat(key.changes().get(2).seconds(), is(closeTo(80, 120 / 32.0)));
    key.changes().forEach(change -> assertThat((double) change.confidence(), is(greaterThan(0.5))));
  }

  @Test
  void musicThatStaysHasOneKeyInTime() {
    TestTrack track = new TestTrack();
    cadences(track, 192, 7, 16);
    Analysis.Key key = Music.analyze(track).key();
    assertThat(key.changes(), contains(new Analysis.KeyChange(1.0, "G major", key.confidence())));
  }

  /** I, IV, V and I, a bar of 4/4 each, melody and bass. */
  private static void cadences(TestTrack track, int from, int tonic, int bars) {
    int[][] chords = {{0, 4, 7}, {5, 9, 12}, {7, 11, 14}, {0, 4, 7}};
    for (int bar = 0; bar < bars; bar++) {
      int[] chord = chords[bar % 4];
      int tick = from + bar * 4 * 96;
      track.note(tick, 4 * 96, 1, 36 + tonic + chord[0] % 12, 90);
      for (int beat = 0; beat < 4; beat++) {
        track.note(tick + beat * 96, 96, 0, 60 + tonic + chord[beat % 3], 80);
      }
    }
  }

  @Test
  void littleMusicHasNoKey() {
    TestTrack seven = new TestTrack().key(0, 2, true);
    for (int i = 0; i < 7; i++) {
      seven.note(96 * i, 96, 0, 60 + MAJOR_SCALE[i], 80);
    }
    Analysis.Key key = Music.analyze(seven).key();
    assertThat(key, equalTo(new Analysis.Key(null, null, "B minor", List.of())));
    assertThat(Music.analyze(seven.note(700, 96, 0, 72, 80)).key().name(), is(notNullValue()));

    TestTrack twoPitches = new TestTrack();
    for (int i = 0; i < 100; i++) {
      twoPitches.note(96 * i, 96, 0, 60 + 7 * (i % 2), 80);
    }
    assertThat(Music.analyze(twoPitches).key().name(), is(nullValue()));
  }
}
