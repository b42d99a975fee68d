package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@link Harmony} tells of a few bars that can be counted by hand. */
class HarmonyTest {
  private static final int C = 0;
  private static final int E = 4;
  private static final int G = 7;
  private static final int A = 9;

  private final Harmony harmony = new Harmony();

  /** An onset of these notes, all of which end at {@code end}, lasting until {@code next}. */
  private void play(int tick, int next, int end, int... pitches) {
    int notes = 0;
    int lowest = 127;
    int highest = 0;
    for (int pitch : pitches) {
      notes |= 1 << (pitch % 12);
      harmony.sound(pitch % 12, end);
      lowest = Math.min(lowest, pitch);
      highest = Math.max(highest, pitch);
    }
    harmony.add(tick, notes, lowest, end, highest, next - tick);
  }

  private long majorTriad(int root) {
    return triads()[root];
  }

  private long minorTriad(int root) {
    return triads()[12 + root];
  }

  private long[] triads() {
    long[] triads = new long[24];
    harmony.copyTriads(triads, 0);
    return triads;
  }

  private long bass(int pitchClass) {
    long[] basses = new long[12];
    harmony.copyBasses(basses, 0);
    return basses[pitchClass];
  }

  private long top(int pitchClass) {
    long[] tops = new long[12];
    harmony.copyTops(tops, 0);
    return tops[pitchClass];
  }

  private long moves(int semitones, int from) {
    return moves()[semitones * 12 + from];
  }

  private long[] moves() {
    long[] moves = new long[144];
    harmony.copyMoves(moves, 0);
    return moves;
  }

  @Test
  void aTriadSoundsForAsLongAsNoOtherToneJoinsIt() {
    harmony.reset(0);
    play(0, 10, 30, 48, 64);
    play(10, 20, 30, 67);
    play(20, 30, 30, 69);
    play(30, 50, 50, 57, 60, 64);

    assertThat(majorTriad(C), is(10L));
    assertThat(minorTriad(A), is(20L));
    for (int root = 0; root < 12; root++) {
      assertThat(majorTriad(root), is(root == C ? 10L : 0L));
      assertThat(minorTriad(root), is(root == A ? 20L : 0L));
    }
  }

  @Test
  void aLowerNoteThatStillSoundsStaysTheBass() {
    harmony.reset(0);
    play(0, 10, 25, 48);
    play(10, 20, 20, 64);
    play(20, 30, 30, 67);
    play(30, 40, 40, 60);

    assertThat(bass(C), is(40L));
    assertThat(bass(E), is(0L));
    assertThat(top(C), is(20L));
    assertThat(top(E), is(10L));
    assertThat(top(G), is(10L));
    assertThat(harmony.lastBass(), is(60));
    assertThat("it moved by an octave", moves(0, C), is(1L));
  }

  @Test
  void aNoteThatEndsWhereTheNextBeginsOrSoonAfterSoundsNoMore() {
    harmony.reset(3);
    play(0, 10, 13, 48);
    play(10, 20, 24, 55);
    play(20, 30, 30, 57);

    assertThat("ends within the spread", moves(7, C), is(1L));
    assertThat("ends behind it", harmony.lastBass(), is(55));
    assertThat(harmony.previousBass(), is(55));
    assertThat(harmony.firstBass(), is(48));
  }

  @Test
  void theSameNoteAgainIsNoMove() {
    harmony.reset(0);
    play(0, 10, 10, 48);
    play(10, 20, 20, 48);
    play(20, 30, 30, 55);

    assertThat(LongStream.of(moves()).sum(), is(1L));
    assertThat(moves(7, C), is(1L));
  }

  @Test
  void theEndOfTimeIsNoReasonToSoundForEver() {
    harmony.reset(Integer.MAX_VALUE / 4);
    play(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MAX_VALUE, 60, 64, 67);

    assertThat(majorTriad(C), is(1L));
    assertThat(harmony.firstBass(), is(60));
    assertThat(harmony.previousBass(), is(-1));
    assertThat(harmony.end(), is(Integer.MAX_VALUE));
  }

  @Test
  void nothingIsLeftOfTheFileBefore() {
    harmony.reset(0);
    play(0, 10, 1000, 40, 44, 47);
    harmony.reset(0);
    play(0, 10, 10, 60, 64, 67);

    assertThat(majorTriad(C), is(10L));
    assertThat(bass(E), is(0L));
    assertThat(harmony.end(), is(10));
  }
}
