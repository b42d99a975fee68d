package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.midstream.midi.Seed;
import dev.midstream.midi.TestTrack;
import java.util.List;
import java.util.Random;
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
  void aWrongSignatureChangesNothing() {
    Analysis.Key without = Music.analyze(scale(MAJOR_SCALE, 6)).key();
    Analysis.Key with = Music.analyze(scale(MAJOR_SCALE, 6).key(0, -6, true)).key();
    assertThat(with, equalTo(new Analysis.Key("F# major", without.confidence(), "Eb minor")));
  }

  @Test
  void theKeyMovesWithTheMusic() {
    Random random = Seed.of(KeyTest.class);
    for (int round = 0; round < 200; round++) {
      int[][] tune = Music.randomTune(random, 30 + random.nextInt(100));
      Analysis.Key home = Music.analyze(Music.play(tune, 0)).key();
      boolean minor = home.name().endsWith("minor");
      List<String> usual = minor ? USUAL_MINOR : USUAL_MAJOR;
      String mode = minor ? " minor" : " major";
      int tonic = usual.indexOf(home.name().substring(0, home.name().indexOf(' ')));
      for (int by = -12; by <= 12; by++) {
        Analysis.Key moved = Music.analyze(Music.play(tune, by)).key();
        String name = usual.get(Math.floorMod(tonic + by, 12)) + mode;
        assertThat(moved, equalTo(new Analysis.Key(name, home.confidence(), null)));
      }
    }
  }

  @Test
  void drumsHaveNoKey() {
    Random random = Seed.of(KeyTest.class);
    for (int round = 0; round < 100; round++) {
      int[][] tune = Music.randomTune(random, 60);
      TestTrack drums = new TestTrack();
      for (int i = 0; i < 200; i++) {
        drums.note(24 * i, 1 + random.nextInt(500), 9, 35 + random.nextInt(40), 100);
      }
      assertThat(
          Music.analyze(Music.play(tune, 0), drums).key(),
          equalTo(Music.analyze(Music.play(tune, 0)).key()));
      assertThat(Music.analyze(drums).key(), equalTo(new Analysis.Key(null, null, null)));
    }
  }

  @Test
  void littleMusicHasNoKey() {
    TestTrack seven = new TestTrack().key(0, 2, true);
    for (int i = 0; i < 7; i++) {
      seven.note(96 * i, 96, 0, 60 + MAJOR_SCALE[i], 80);
    }
    Analysis.Key key = Music.analyze(seven).key();
    assertThat(key, equalTo(new Analysis.Key(null, null, "B minor")));
    assertThat(Music.analyze(seven.note(700, 96, 0, 72, 80)).key().name(), is(notNullValue()));

    TestTrack twoPitches = new TestTrack();
    for (int i = 0; i < 100; i++) {
      twoPitches.note(96 * i, 96, 0, 60 + 7 * (i % 2), 80);
    }
    assertThat(Music.analyze(twoPitches).key().name(), is(nullValue()));
  }
}
