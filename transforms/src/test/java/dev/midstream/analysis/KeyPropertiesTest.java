package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.TestTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * What must not change the key of any music, and what must move it: exactly, to the last bit of the
 * confidences.
 */
class KeyPropertiesTest {
  private static final int DRUMS = 9;

  /** One note. */
  record Note(int tick, int duration, int channel, int pitch) {}

  @Property(tries = 500)
  void theKeyMovesWithTheMusic(
      @ForAll("pieces") List<Note> piece, @ForAll @IntRange(min = -24, max = 24) int by) {
    List<Note> moved =
        piece.stream().map(n -> new Note(n.tick, n.duration, n.channel, n.pitch + by)).toList();
    assertThat(key(96, moved), is(transposed(key(96, piece), by)));
  }

  @Property(tries = 300)
  void drumsDoNotMoveIt(@ForAll("pieces") List<Note> piece, @ForAll("drums") List<Note> drums) {
    List<Note> both = new ArrayList<>(piece);
    both.addAll(drums);
    assertThat(key(96, both), is(key(96, piece)));
  }

  @Property(tries = 300)
  void aKitDoesNotMoveItOnWhateverChannel(
      @ForAll("pieces") List<Note> piece,
      @ForAll @IntRange(min = 16, max = 200) int hits,
      @ForAll @IntRange(max = 15) int channel) {
    // The channel is the kit's alone.
    List<Note> both =
        new ArrayList<>(
            piece.stream()
                .map(n -> new Note(n.tick, n.duration, other(channel), n.pitch))
                .toList());
    Analysis.Key alone = key(96, both);
    int[] kit = {36, 42, 38, 42, 36, 46, 40, 49};
    for (int i = 0; i < hits; i++) {
      both.add(new Note(i * 48, 10, channel, kit[i % 8]));
    }
    assertThat(key(96, both), is(alone));
  }

  private static int other(int channel) {
    return channel == 0 ? 1 : 0;
  }

  @Property(tries = 300)
  void channelsDoNotMoveIt(
      @ForAll("pieces") List<Note> piece, @ForAll("permutations") List<Integer> permutation) {
    List<Note> permuted =
        piece.stream()
            .map(n -> new Note(n.tick, n.duration, permutation.get(n.channel), n.pitch))
            .toList();
    assertThat(key(96, permuted), is(key(96, piece)));
  }

  @Property(tries = 300)
  void theDivisionDoesNotMoveIt(
      @ForAll("pieces") List<Note> piece, @ForAll @IntRange(min = 2, max = 100) int factor) {
    List<Note> rescaled =
        piece.stream()
            .map(n -> new Note(n.tick * factor, n.duration * factor, n.channel, n.pitch))
            .toList();
    Analysis.Key here = key(96, piece);
    Analysis.Key there = key(96 * factor, rescaled);
    assertThat(there.name(), is(here.name()));
    assertThat(there.confidence(), is(here.confidence()));
    // Seconds are products of doubles; a thousandth is more than they may differ by.
    assertThat(rounded(there.changes()), is(rounded(here.changes())));
  }

  private static List<String> rounded(List<Analysis.KeyChange> changes) {
    return changes.stream()
        // A tick is 125/24 of a thousandth: none is at the edge of what is rounded.
        .map(c -> Math.round(c.seconds() * 1000 + 1 / 48.0) + " " + c.key() + " " + c.confidence())
        .toList();
  }

  /** Of long pieces only a part is listened to: the same part, whatever the pitch or division. */
  @Property(tries = 50)
  void longPiecesMoveAsShortOnes(
      @ForAll Random random,
      @ForAll @IntRange(min = -24, max = 24) int by,
      @ForAll @IntRange(min = 1, max = 20) int factor) {
    List<Note> piece = new ArrayList<>();
    List<Note> moved = new ArrayList<>();
    int tick = 0;
    for (int i = 0; i < 5000; i++) {
      tick += random.nextInt(3) * 24;
      int pitch =
          36 + 12 * random.nextInt(4) + List.of(0, 2, 4, 5, 7, 7, 9, 11).get(random.nextInt(8));
      int duration = random.nextInt(100);
      piece.add(new Note(tick, duration, i % 3, pitch));
      moved.add(new Note(tick * factor, duration * factor, i % 3, pitch + by));
    }
    Analysis.Key expected = transposed(key(96, piece), by);
    Analysis.Key actual = key(96 * factor, moved);
    assertThat(actual.name(), is(expected.name()));
    assertThat(actual.confidence(), is(expected.confidence()));
    assertThat(rounded(actual.changes()), is(rounded(expected.changes())));
  }

  @Property(tries = 300)
  void theOrderOfTracksDoesNotMoveIt(@ForAll("pieces") List<Note> piece) {
    int half = piece.size() / 2;
    TestTrack first = track(piece.subList(0, half));
    TestTrack second = track(piece.subList(half, piece.size()));
    assertThat(
        Music.analyze(96, second, first).key(), equalTo(Music.analyze(96, first, second).key()));
  }

  private static Analysis.Key key(int division, List<Note> notes) {
    return Music.analyze(division, track(notes)).key();
  }

  private static TestTrack track(List<Note> notes) {
    TestTrack track = new TestTrack();
    for (Note note : notes) {
      track.note(note.tick, note.duration, note.channel, note.pitch, 80);
    }
    return track;
  }

  private static Analysis.Key transposed(Analysis.Key key, int by) {
    return new Analysis.Key(
        transposed(key.name(), by),
        key.confidence(),
        key.meta(),
        key.changes().stream()
            .map(c -> new Analysis.KeyChange(c.seconds(), transposed(c.key(), by), c.confidence()))
            .toList());
  }

  private static @Nullable String transposed(@Nullable String name, int by) {
    if (name == null) {
      return null;
    }
    boolean minor = name.endsWith("minor");
    for (int sharps = -7; sharps <= 7; sharps++) {
      if (KeyName.ofSignature(sharps, minor).equals(name)) {
        int tonic = Math.floorMod(KeyName.tonic(sharps, minor) + by, 12);
        return KeyName.ofSignature(KeyName.sharps(tonic, minor), minor);
      }
    }
    throw new AssertionError(name);
  }

  /**
   * Music of all kinds: pitches of one scale or of none, chords and lines, notes that touch and
   * overlap, and some without length.
   */
  @Provide
  static Arbitrary<List<Note>> pieces() {
    Arbitrary<Integer> scales = Arbitraries.of(0b1010_1101_0101, 0b1001_1011_0101 >> 1, 0xFFF);
    return scales.flatMap(
        scale ->
            Combinators.combine(
                    Arbitraries.integers().between(0, 400).map(t -> t * 12),
                    Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(12, 24, 48, 96, 384),
                        Arbitraries.integers().between(1, 2000)),
                    Arbitraries.integers().between(0, 15).filter(c -> c != DRUMS),
                    Arbitraries.integers()
                        .between(30, 96)
                        .filter(pitch -> (scale >> pitch % 12 & 1) != 0))
                .as(Note::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(150));
  }

  @Provide
  static Arbitrary<List<Note>> drums() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.integers().between(0, 2000),
            Arbitraries.just(DRUMS),
            Arbitraries.integers().between(0, 127))
        .as(Note::new)
        .list()
        .ofMaxSize(200);
  }

  /** Of the channels but the drums'. */
  @Provide
  static Arbitrary<List<Integer>> permutations() {
    return Arbitraries.shuffle(0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15)
        .map(
            channels -> {
              List<Integer> permutation = new ArrayList<>(channels);
              permutation.add(DRUMS, DRUMS);
              return permutation;
            });
  }
}
