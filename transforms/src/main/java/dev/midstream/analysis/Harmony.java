package dev.midstream.analysis;

import java.util.Arrays;

/**
 * What sounds together, onset by onset: triads, the bass and its moves, and the top. Nobody could
 * guess what music does next, so nothing here branches on it; what an onset does not tell is added
 * where nobody reads. All sums are integers, and exact. Reused from file to file; one thread.
 */
final class Harmony {
  /** Pitch classes. */
  private static final int CLASSES = 12;

  /** Where moves go that are none. */
  private static final int NOWHERE = CLASSES * CLASSES;

  private static final int NO_PITCH = -1;
  private static final int SEVEN_BITS = 0x7F;

  /** For each set of pitch classes: 0, no triad; 1 + root, major; 13 + root, minor. */
  private static final byte[] TRIADS = new byte[1 << CLASSES];

  private static final byte[] PITCH_CLASSES = new byte[128];

  static {
    for (int root = 0; root < CLASSES; root++) {
      int fifth = (1 << root) | (1 << ((root + 7) % CLASSES));
      TRIADS[fifth | (1 << ((root + 4) % CLASSES))] = (byte) (1 + root);
      TRIADS[fifth | (1 << ((root + 3) % CLASSES))] = (byte) (13 + root);
    }
    for (int pitch = 0; pitch < 128; pitch++) {
      PITCH_CLASSES[pitch] = (byte) (pitch % CLASSES);
    }
  }

  private int spreadTicks;
  private final int[] soundingUntil = new int[CLASSES];
  private final long[] triads = new long[1 + 2 * CLASSES];
  private final long[] basses = new long[CLASSES];
  private final long[] tops = new long[CLASSES];
  private final int[] moves = new int[NOWHERE + 1];
  private int firstBass;
  private int previousBass;
  private int bass;
  private int bassEnd;

  /**
   * Forgets all.
   *
   * @param spread ticks by which the notes of a chord may lie apart
   */
  void reset(int spread) {
    spreadTicks = spread;
    Arrays.fill(soundingUntil, 0);
    Arrays.fill(triads, 0);
    Arrays.fill(basses, 0);
    Arrays.fill(tops, 0);
    Arrays.fill(moves, 0);
    firstBass = NO_PITCH;
    previousBass = NO_PITCH;
    bass = NO_PITCH;
    bassEnd = 0;
  }

  static int pitchClass(int pitch) {
    return PITCH_CLASSES[pitch];
  }

  /** A note of an onset that is to be added. */
  void sound(int pitchClass, int end) {
    soundingUntil[pitchClass] = Math.max(soundingUntil[pitchClass], end);
  }

  /**
   * Adds an onset, whose notes have been {@linkplain #sound told}.
   *
   * @param notes their pitch classes, a bit each
   * @param lowest their lowest pitch
   * @param lowestEnd the tick at which that one ends
   * @param highest their highest pitch
   * @param length how much it counts
   */
  void add(int tick, int notes, int lowest, int lowestEnd, int highest, long length) {
    triads[TRIADS[notes | soundingAt(tick)]] += length;
    moveBass(tick, lowest, lowestEnd);
    basses[PITCH_CLASSES[bass]] += length;
    tops[PITCH_CLASSES[highest]] += length;
  }

  /** The pitch classes that end behind a tick, a bit each: all twelve looked at, in no loop. */
  private int soundingAt(int tick) {
    long from = (long) tick + spreadTicks;
    int[] until = soundingUntil;
    return (bit(from, until[11]) << 11)
        | (bit(from, until[10]) << 10)
        | (bit(from, until[9]) << 9)
        | (bit(from, until[8]) << 8)
        | (bit(from, until[7]) << 7)
        | (bit(from, until[6]) << 6)
        | (bit(from, until[5]) << 5)
        | (bit(from, until[4]) << 4)
        | (bit(from, until[3]) << 3)
        | (bit(from, until[2]) << 2)
        | (bit(from, until[1]) << 1)
        | bit(from, until[0]);
  }

  /** 1 if the second is the greater. */
  private static int bit(long tick, int end) {
    return (int) ((tick - end) >>> 63);
  }

  /** The lowest note of the onset is the bass, unless a lower one still sounds. */
  private void moveBass(int tick, int lowest, int lowestEnd) {
    // Masks: all ones where it is so.
    int some = ~(bass >> 31);
    int other = (-(bass ^ lowest) >> 31) | ((bass ^ lowest) >> 31);
    int still = (int) (((long) tick + spreadTicks - bassEnd) >> 63);
    int held = some & ((bass - lowest) >> 31) & still;
    int moved = some & ~held & other;
    int from = PITCH_CLASSES[bass & SEVEN_BITS];
    int interval = PITCH_CLASSES[PITCH_CLASSES[lowest] + CLASSES - from];
    moves[((interval * CLASSES + from) & moved) | (NOWHERE & ~moved)]++;
    firstBass = (firstBass & some) | (lowest & ~some);
    previousBass = bass;
    bass = (bass & held) | (lowest & ~held);
    bassEnd = (bassEnd & held) | (lowestEnd & ~held);
  }

  /**
   * Copies, for each root, the time for which a major triad, and no other tone, sounds on it, and
   * then the same of minor triads.
   *
   * @param sums gets twice twelve numbers from {@code at} on
   */
  void copyTriads(long[] sums, int at) {
    System.arraycopy(triads, 1, sums, at, 2 * CLASSES);
  }

  /** Copies, for each pitch class, the time for which it is the bass. */
  void copyBasses(long[] sums, int at) {
    System.arraycopy(basses, 0, sums, at, CLASSES);
  }

  /** Copies, for each pitch class, the time for which it is the highest of the last onset. */
  void copyTops(long[] sums, int at) {
    System.arraycopy(tops, 0, sums, at, CLASSES);
  }

  /**
   * Copies the moves of the bass.
   *
   * @param sums gets, from {@code at} on, twelve numbers, one for each pitch class left, for every
   *     number of semitones 0 … 11 up
   */
  void copyMoves(long[] sums, int at) {
    for (int i = 0; i < NOWHERE; i++) {
      sums[at + i] = moves[i];
    }
  }

  /** Pitch of the bass of the first onset. */
  int firstBass() {
    return firstBass;
  }

  /** Pitch of the bass before the last onset; −1 where that is the only one. */
  int previousBass() {
    return previousBass;
  }

  /** Pitch of the bass of the last onset. */
  int lastBass() {
    return bass;
  }

  /** The last tick at which any note told ends. */
  int end() {
    int end = 0;
    for (int until : soundingUntil) {
      end = Math.max(end, until);
    }
    return end;
  }
}
