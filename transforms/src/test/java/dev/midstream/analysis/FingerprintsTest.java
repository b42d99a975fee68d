package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same music, and what is not. */
class FingerprintsTest {
  private static final int DRUMS = 9;

  /** One note. */
  record Note(int tick, int duration, int channel, int pitch) {
    Note at(int newTick) {
      return new Note(newTick, duration, channel, pitch);
    }
  }

  private final MidiColumns columns = new MidiColumns();
  private final MidiParser parser = new MidiParser(columns);

  static Fingerprints of(MidiColumns columns, int division) {
    NoteTimeline timeline = new NoteTimeline();
    timeline.reset(columns.notes());
    NoteCensus census = new NoteCensus();
    census.reset(timeline);
    return Fingerprints.of(timeline, census, division);
  }

  private Fingerprints of(int division, TestTrack... tracks) {
    return of(division, Smf.file(tracks.length == 1 ? 0 : 1, division, tracks));
  }

  private Fingerprints of(int division, byte[] file) {
    assertThat(parser.parse(file, 0, file.length), is(instanceOf(Parsed.class)));
    return of(columns, division);
  }

  private Fingerprints of(int division, List<Note> notes) {
    TestTrack track = new TestTrack();
    notes.forEach(n -> track.note(n.tick, n.duration, n.channel, n.pitch, 80));
    return of(division, track);
  }

  private static TestTrack melody(int... pitches) {
    TestTrack track = new TestTrack();
    for (int i = 0; i < pitches.length; i++) {
      track.note(i * 48, 40, 0, pitches[i], 80);
    }
    return track;
  }

  @Test
  void withoutNotesThereIsNone() {
    Fingerprints none = of(96, new TestTrack().tempo(0, 500_000).endAt(960));

    assertThat(none.music(), is(nullValue()));
    assertThat(none.transposed(), is(nullValue()));
  }

  /** The value is in databases: it may change only together with {@link Analysis#VERSION}. */
  @Test
  void aKnownMelodyHasItsKnownFingerprint() {
    Fingerprints scale = of(96, melody(60, 62, 64, 65, 67, 69, 71, 72));

    assertThat(scale.music().toString(), is("c6ae1b28aa6998573a5d2435fe9ec413"));
    assertThat(scale.transposed().toString(), is("d49e564076579e48018776e0803ff96c"));
  }

  @Test
  void whatIsHeardOtherwiseIsOtherMusic() {
    Fingerprints scale = of(96, melody(60, 62, 64, 65));
    List<Fingerprints> others =
        List.of(
            of(96, melody(60, 62, 64)),
            of(96, melody(60, 62, 64, 65, 67)),
            of(96, melody(60, 62, 64, 64)),
            of(96, melody(65, 64, 62, 60)),
            of(96, melody(60, 64, 62, 65)),
            // An octave for one note, a note twice, the rhythm, and half the tempo by the notes.
            of(96, melody(60, 62, 76, 65)),
            of(96, melody(60, 62, 64, 65).note(0, 40, 1, 60, 80)),
            of(96, melody(60, 62, 64).note(120, 40, 0, 65, 80)),
            of(48, melody(60, 62, 64, 65)));
    for (Fingerprints other : others) {
      assertThat(other.music(), is(not(scale.music())));
      assertThat(other.transposed(), is(not(scale.transposed())));
    }
    assertThat(of(96, melody(61, 63, 65, 66)).music(), is(not(scale.music())));
    assertThat(of(96, melody(61, 63, 65, 66)).transposed(), is(scale.transposed()));
  }

  @Test
  void drumsAreNoPitches() {
    TestTrack pitched = melody(36, 38, 42);
    TestTrack drums =
        new TestTrack().note(0, 40, 9, 36, 80).note(48, 40, 9, 38, 80).note(96, 40, 9, 42, 80);
    assertThat(of(96, drums).music(), is(not(of(96, pitched).music())));
    assertThat(of(96, drums).transposed(), is(not(of(96, pitched).transposed())));
    TestTrack otherDrums =
        new TestTrack().note(0, 40, 9, 37, 80).note(48, 40, 9, 39, 80).note(96, 40, 9, 43, 80);
    assertThat(of(96, otherDrums).transposed(), is(not(of(96, drums).transposed())));
  }

  @Test
  void velocitiesLengthsProgramsTempiAndTextsDoNotCount() {
    TestTrack one = new TestTrack().note(0, 96, 0, 60, 80).note(96, 0, 0, 64, 80);
    TestTrack other =
        new TestTrack()
            .tempo(0, 300_000)
            .meter(0, 3, 2)
            .key(0, 3, true)
            .program(0, 0, 40)
            .text(0, 1, "another")
            .note(0, 7, 0, 60, 1)
            .note(96, 500, 0, 64, 127)
            .tempo(96, 700_000)
            .endAt(5000);
    assertThat(of(96, other), equalTo(of(96, one)));
  }

  @Property(tries = 300)
  void theWayItIsWrittenDoesNotCount(
      @ForAll("pieces") List<Note> piece,
      @ForAll @IntRange(min = 1, max = 5) int tracks,
      @ForAll @IntRange(max = 10_000) int delay,
      @ForAll Random random) {
    List<Note> shuffled = new ArrayList<>(piece);
    Collections.shuffle(shuffled, random);
    TestTrack[] parts = new TestTrack[tracks];
    for (int i = 0; i < tracks; i++) {
      parts[i] = new TestTrack();
    }
    for (Note n : shuffled) {
      // Another channel, but drums stay drums.
      int channel = n.channel == DRUMS ? DRUMS : random.nextInt(9);
      parts[random.nextInt(tracks)].note(n.tick + delay, n.duration, channel, n.pitch, 80);
    }
    assertThat(of(96, parts), equalTo(of(96, piece)));
  }

  /** On the grid or off it: to the last bit, for every pair of divisions that come out even. */
  @Property(tries = 1000)
  void theDivisionDoesNotCount(
      @ForAll("anywhere") List<Note> piece,
      @ForAll @IntRange(min = 1, max = 1000) int division,
      @ForAll @IntRange(min = 2, max = 32) int factor) {
    List<Note> finer = piece.stream().map(n -> n.at(n.tick * factor)).toList();
    assertThat(of(division * factor, finer), equalTo(of(division, piece)));
  }

  /** As far as ticks reach, where a product of doubles is the least exact. */
  @Property(tries = 1000)
  void theDivisionDoesNotCountFarOut(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int tick,
      @ForAll @IntRange(min = 1, max = 1000) int division,
      @ForAll @IntRange(min = 2, max = 32) int factor) {
    assertThat(
        of(division * factor, far(tick / factor * factor)),
        equalTo(of(division, far(tick / factor))));
  }

  private static TestTrack far(int tick) {
    TestTrack track = new TestTrack().note(0, 1, 0, 60, 80).note(tick, 1, 0, 62, 80);
    // No delta goes further than 28 bits.
    for (int filler = 0; filler <= tick >> 27; filler++) {
      track.program(filler << 27, 0, 0);
    }
    return track;
  }

  /** From 480 to 96 and the like: notes on 32nds and on triplets come back to their place. */
  @Property(tries = 500)
  void roundingDoesNotCountOnTheGrid(
      @ForAll("onTheGrid") List<Note> piece,
      @ForAll("usualDivisions") int from,
      @ForAll("usualDivisions") int to) {
    assertThat(of(to, rounded(piece, to)), equalTo(of(from, rounded(piece, from))));
  }

  /** Of notes at steps of a 24th. */
  private static List<Note> rounded(List<Note> piece, int division) {
    return piece.stream().map(n -> n.at((2 * n.tick * division + 24) / 48)).toList();
  }

  @Property(tries = 500)
  void theSecondIsBlindToTransposition(
      @ForAll("pieces") List<Note> piece, @ForAll @IntRange(min = -24, max = 24) int by) {
    Assume.that(by != 0 && piece.stream().anyMatch(n -> n.channel != DRUMS));
    List<Note> moved =
        piece.stream()
            .map(
                n -> n.channel == DRUMS ? n : new Note(n.tick, n.duration, n.channel, n.pitch + by))
            .toList();
    assertThat(of(96, moved).transposed(), equalTo(of(96, piece).transposed()));
    assertThat(of(96, moved).music(), is(not(of(96, piece).music())));
  }

  /** No two of many small pieces that differ in one note alone: the sums mix well enough. */
  @Test
  void neighboursNeverCollide() {
    Map<Fingerprint, String> seen = new HashMap<>();
    for (int pitch = 0; pitch < 128; pitch++) {
      for (int step = 1; step < 200; step++) {
        TestTrack track = new TestTrack().note(0, 4, 0, 60, 80).note(step * 4, 4, 0, pitch, 80);
        String was = seen.put(of(96, track).music(), pitch + " at " + step);
        assertThat(was, is(nullValue()));
      }
    }
    // Each half alone would do as well.
    assertThat(seen.keySet().stream().mapToLong(Fingerprint::high).distinct().count(), is(25472L));
    assertThat(seen.keySet().stream().mapToLong(Fingerprint::low).distinct().count(), is(25472L));
  }

  @ParameterizedTest
  @CsvSource({"-7640, 2", "-7650, 1", "-6360, 4"})
  void smpteDivisionsAreRedividedToo(int division, int factor) {
    // Frames stay, subframes grow.
    int frames = division >> 8;
    int finer = frames << 8 | (division & 0xFF) * factor;
    Assume.that((division & 0xFF) * factor <= 0xFF);
    TestTrack coarse = new TestTrack();
    TestTrack fine = new TestTrack();
    for (int i = 0; i < 50; i++) {
      coarse.note(i * i * 3, 5, 0, 40 + i, 80);
      fine.note(i * i * 3 * factor, 5, 0, 40 + i, 80);
    }
    assertThat(of((short) finer, fine), equalTo(of(division, coarse)));
  }

  /** Broken headers and the last tick there is: a value, quickly, and no exception. */
  @ParameterizedTest
  @ValueSource(ints = {1, 0, -1, -256, -32768, 32767, 96})
  void anyDivisionWillDo(int division) {
    byte[] body = Smf.bytes(0, 0x90, 60, 1);
    for (int i = 0; i < 9; i++) {
      body = Smf.join(body, Smf.variableLength(0xFFFFFFF), Smf.bytes(0xC0, 0));
    }
    body = Smf.join(body, Smf.bytes(0, 0x90, 62, 1, 0, 0xFF, 0x2F, 0));
    byte[] file = Smf.file(0, division, Smf.chunk("MTrk", body.length, body));
    Fingerprints far = of(division, file);
    Fingerprints near =
        of(division, new TestTrack().note(0, 1, 0, 60, 1).note(1 << 20, 1, 0, 62, 1));
    assertThat(far.music(), is(not(near.music())));
    assertThat(far.music().toBytes().length, is(Fingerprint.BYTES));
  }

  /** Half of the bits change with any note. */
  @Test
  void everyBitTakesPart() {
    int[] ones = new int[128];
    int tries = 4000;
    for (int i = 0; i < tries; i++) {
      Fingerprint one =
          of(96, new TestTrack().note(0, 1, 0, i % 128, 1).note(4 * i, 1, 0, 60, 1)).music();
      for (int bit = 0; bit < 64; bit++) {
        ones[bit] += (int) (one.high() >>> bit & 1);
        ones[64 + bit] += (int) (one.low() >>> bit & 1);
      }
    }
    for (int count : ones) {
      // Six standard deviations.
      assertThat(Math.abs(count - tries / 2), is(lessThan((int) (6 * Math.sqrt(tries) / 2))));
    }
  }

  /** Music of all kinds, at least half of it pitched. */
  @Provide
  static Arbitrary<List<Note>> pieces() {
    return notes(Arbitraries.integers().between(0, 400).map(t -> t * 12), 24);
  }

  @Provide
  static Arbitrary<List<Note>> anywhere() {
    return notes(Arbitraries.integers().between(0, 10_000), 0);
  }

  /** Ticks are steps, and the first is a quarter note's: 24ths, but no 64ths. */
  @Provide
  static Arbitrary<List<Note>> onTheGrid() {
    return notes(Arbitraries.integers().between(0, 2000), 0);
  }

  @Provide
  static Arbitrary<Integer> usualDivisions() {
    return Arbitraries.of(96, 100, 120, 192, 220, 240, 384, 480, 500, 960, 1000, 1024, 15360);
  }

  private static Arbitrary<List<Note>> notes(Arbitrary<Integer> ticks, int margin) {
    return Combinators.combine(
            ticks,
            Arbitraries.integers().between(0, 300),
            Arbitraries.oneOf(Arbitraries.just(DRUMS), Arbitraries.integers().between(0, 15)),
            Arbitraries.integers().between(margin, 127 - margin))
        .as(Note::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(100);
  }
}
