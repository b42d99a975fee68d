package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;

/**
 * The onsets of a file: notes that start within 30 ms of each other are one. Each has a weight of
 * every {@linkplain #KINDS kind} of evidence, side by side, so that one sweep over pairs of onsets
 * serves all kinds. Times are whole microseconds: what two divisions round differently in the last
 * bit is equal here. Reused from file to file; one thread.
 */
final class Onsets {
  /** How loud and how many, on a root scale; never 0. */
  static final int STRENGTH = 0;

  /** 1 where a bass note starts. */
  static final int BASS = 1;

  /** 1 where a bass drum starts. */
  static final int KICK = 2;

  /** 1 where a snare, side stick or clap starts. */
  static final int SNARE = 3;

  /** 1 where a hi-hat, ride, shaker or tambourine starts. */
  static final int HAT = 4;

  /** Length of the longest pitched note that starts here, seconds, at most 2. */
  static final int LENGTH = 5;

  /** Pitch classes that start here and were not struck for a while: a change of harmony. */
  static final int NOVELTY = 6;

  /** Notes more than one, on a root scale: chords. */
  static final int CHORD = 7;

  /** Kinds of evidence. */
  static final int KINDS = SignalKernel.LANES;

  private static final int MERGED_MICROS = 30_017;
  private static final int NOVEL_AFTER_MICROS = 1_200_000;
  private static final int BASS_BELOW = 52;
  private static final float LONGEST_SECONDS = 2;

  /** The drums of the General MIDI percussion map by the kind of evidence that they are. */
  private static final byte[] DRUM_KINDS = new byte[128];

  private static final float[] ROOTS = new float[1 << 10];

  static {
    for (int key : new int[] {35, 36}) {
      DRUM_KINDS[key] = KICK;
    }
    for (int key : new int[] {37, 38, 39, 40}) {
      DRUM_KINDS[key] = SNARE;
    }
    for (int key : new int[] {42, 44, 46, 51, 53, 54, 59, 69, 70, 82}) {
      DRUM_KINDS[key] = HAT;
    }
    for (int i = 0; i < ROOTS.length; i++) {
      ROOTS[i] = (float) Math.sqrt(i / 127.0);
    }
  }

  private int size;
  private long[] micros = new long[1 << 10];
  private float[] weights = new float[KINDS << 10];
  private final int[] counts = new int[KINDS];
  private final long[] heardAt = new long[12];

  /** Forgets all onsets. */
  void clear() {
    size = 0;
    Arrays.fill(counts, 0);
  }

  /**
   * Merges the notes {@code from … to-1} of a timeline and adds their onsets to those there are.
   *
   * @param map where the notes are in time
   * @param most no more onsets are added
   * @return the time of the first onset that was not; −1 if all were
   */
  long add(NoteTimeline timeline, TempoMap map, int from, int to, int most) {
    if (from == to) {
      return -1;
    }
    int[] ticks = timeline.startTicks();
    int[] ends = timeline.endTicks();
    int[] sounds = timeline.sounds();
    int segment = map.segmentAt(ticks[from]);
    int nextSegmentTick = map.nextTick(segment);
    double secondsPerTick = map.secondsPerTick(segment);
    int first = size;
    // In the middle of a file nothing is new only because nobody listened before.
    Arrays.fill(heardAt, from == 0 ? Long.MIN_VALUE / 2 : map.microsAt(ticks[from], segment));
    int loudness = 0;
    int together = 0;
    int lastTick = -1;
    long time = 0;
    for (int i = from; i < to; i++) {
      int sound = sounds[i];
      int tick = ticks[i];
      if (tick != lastTick) {
        lastTick = tick;
        while (tick >= nextSegmentTick && segment + 1 < map.segments()) {
          segment++;
          nextSegmentTick = map.nextTick(segment);
          secondsPerTick = map.secondsPerTick(segment);
        }
        time = map.microsAt(tick, segment);
        if (size == first || time - micros[size - 1] >= MERGED_MICROS) {
          if (size > first) {
            finish(loudness, together);
            if (size - first == most) {
              return time;
            }
          }
          loudness = 0;
          together = 0;
          begin(time);
        }
      }
      int base = (size - 1) * KINDS;
      loudness += NoteTimeline.velocity(sound);
      together++;
      int pitch = NoteTimeline.pitch(sound);
      if (NoteTimeline.channel(sound) == MidiColumns.DRUM_CHANNEL) {
        int kind = DRUM_KINDS[pitch];
        if (kind != 0) {
          weights[base + kind] = 1;
        }
        continue;
      }
      if (pitch < BASS_BELOW) {
        weights[base + BASS] = 1;
      }
      int ticksLong = ends[i] - tick - NoteTimeline.added(sound);
      float length = (float) Math.min(ticksLong * secondsPerTick, LONGEST_SECONDS);
      if (length > weights[base + LENGTH]) {
        weights[base + LENGTH] = length;
      }
      int pitchClass = pitch % 12;
      if (time - heardAt[pitchClass] > NOVEL_AFTER_MICROS) {
        weights[base + NOVELTY]++;
      }
      heardAt[pitchClass] = time;
    }
    finish(loudness, together);
    return -1;
  }

  /** The first onset, from {@code from} on, that is not before a time. */
  int firstFrom(int from, long time) {
    int i = from;
    while (i < size && micros[i] < time) {
      i++;
    }
    return i;
  }

  private void begin(long time) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, size * 2);
      weights = Arrays.copyOf(weights, size * 2 * KINDS);
    }
    micros[size] = time;
    int base = size * KINDS;
    for (int kind = 0; kind < KINDS; kind++) {
      weights[base + kind] = 0;
    }
    size++;
  }

  private void finish(int loudness, int together) {
    int base = (size - 1) * KINDS;
    weights[base + STRENGTH] =
        loudness < ROOTS.length ? ROOTS[loudness] : (float) Math.sqrt(loudness / 127.0);
    weights[base + CHORD] = together == 1 ? 0 : (float) Math.sqrt(together) - 1;
    for (int kind = 0; kind < KINDS; kind++) {
      counts[kind] += weights[base + kind] > 0 ? 1 : 0;
    }
  }

  /** The number of onsets. */
  int size() {
    return size;
  }

  /** Times in microseconds, ascending; entries from {@link #size()} on mean nothing. */
  long[] micros() {
    return micros;
  }

  /** Weights, {@link #KINDS} for each onset. */
  float[] weights() {
    return weights;
  }

  /** Onsets that have any weight of a kind. */
  int count(int kind) {
    return counts[kind];
  }

  void trim() {
    if (micros.length > 1 << 16) {
      micros = new long[1 << 10];
      weights = new float[KINDS << 10];
    }
  }
}
