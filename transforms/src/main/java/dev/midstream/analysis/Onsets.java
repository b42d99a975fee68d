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

  /** Long before any time, but not so long that the difference of the two overflows. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private static final int BASS_BELOW = 52;
  private static final float LONGEST_SECONDS = 2;

  /** What of a note its channel and its pitch tell, in one number for each of both. */
  private static final int[] TRAITS = new int[NoteTimeline.CHANNELS_AND_PITCHES];

  /** In {@link #TRAITS} the pitch class, or {@link #DRUM}. */
  private static final int PITCH_CLASS = 0xF;

  private static final int DRUM = 0xF;

  /** And a bit for each kind that a note either is or is not; the sign is that of pitched notes. */
  private static final int KIND_SHIFT = 8;

  private static final float[] ROOTS = new float[1 << 10];

  /** What {@link #CHORD} is for so many notes. */
  private static final float[] CHORDS = new float[1 << 5];

  static {
    for (int sound = 0; sound < TRAITS.length; sound++) {
      int pitch = NoteTimeline.pitch(sound);
      if (NoteTimeline.channel(sound) == MidiColumns.DRUM_CHANNEL) {
        TRAITS[sound] = DRUM | kindOfDrum(pitch);
      } else {
        TRAITS[sound] = Integer.MIN_VALUE | pitch % 12 | (pitch < BASS_BELOW ? kind(BASS) : 0);
      }
    }
    for (int i = 0; i < ROOTS.length; i++) {
      ROOTS[i] = (float) Math.sqrt(i / 127.0);
    }
    for (int notes = 1; notes < CHORDS.length; notes++) {
      CHORDS[notes] = (float) Math.sqrt(notes) - 1;
    }
  }

  private int size;
  private long[] micros = new long[1 << 10];
  private float[] weights = new float[KINDS << 10];
  private final int[] counts = new int[KINDS];
  private final long[] heardAt = new long[16];

  /** The bit of a drum of the General MIDI percussion map; none for one that is no kind. */
  private static int kindOfDrum(int key) {
    return switch (key) {
      case 35, 36 -> kind(KICK);
      case 37, 38, 39, 40 -> kind(SNARE);
      case 42, 44, 46, 51, 53, 54, 59, 69, 70, 82 -> kind(HAT);
      default -> 0;
    };
  }

  private static int kind(int kind) {
    return 1 << (KIND_SHIFT + kind);
  }

  /** Forgets all onsets. */
  void clear() {
    size = 0;
    Arrays.fill(counts, 0);
  }

  /**
   * Merges the notes of a timeline from {@code from} on and adds their onsets to those there are.
   *
   * @param map where the notes are in time
   * @param end notes at this time or later are not read, in microseconds
   * @param most no more onsets are added
   * @return the time up to which all onsets were added, in microseconds
   */
  long add(NoteTimeline timeline, TempoMap map, int from, long end, int most) {
    int notes = timeline.size();
    if (from == notes) {
      return end;
    }
    int[] ticks = timeline.startTicks();
    int[] ends = timeline.endTicks();
    int[] sounds = timeline.sounds();
    int segment = map.segmentAt(ticks[from]);
    int nextSegmentTick = map.nextTick(segment);
    int first = size;
    // In the middle of a file nothing is new only because nobody listened before.
    Arrays.fill(heardAt, from == 0 ? NEVER : map.microsAt(ticks[from], segment));
    int traits = 0;
    int loudness = 0;
    int together = 0;
    int longest = 0;
    int novel = 0;
    int lastTick = -1;
    long begun = NEVER;
    long time = 0;
    double secondsPerTick = 0;
    for (int i = from; i < notes; i++) {
      int tick = ticks[i];
      if (tick != lastTick) {
        lastTick = tick;
        while (tick >= nextSegmentTick && segment + 1 < map.segments()) {
          segment++;
          nextSegmentTick = map.nextTick(segment);
        }
        time = map.microsAt(tick, segment);
        if (time >= end) {
          break;
        }
        if (time - begun >= MERGED_MICROS) {
          if (together > 0) {
            put(begun, traits, loudness, together, (float) (longest * secondsPerTick), novel);
            if (size - first == most) {
              return time;
            }
          }
          traits = 0;
          loudness = 0;
          together = 0;
          longest = 0;
          novel = 0;
          begun = time;
          secondsPerTick = map.secondsPerTick(segment);
        }
      }
      // All that a note tells without a branch: what comes next nobody could guess.
      int sound = sounds[i];
      int trait = TRAITS[NoteTimeline.channelAndPitch(sound)];
      traits |= trait;
      loudness += NoteTimeline.velocity(sound);
      together++;
      longest = Math.max(longest, (ends[i] - tick - NoteTimeline.added(sound)) & (trait >> 31));
      int slot = trait & PITCH_CLASS;
      novel += (int) ((NOVEL_AFTER_MICROS - (time - heardAt[slot])) >>> 63) & (trait >>> 31);
      heardAt[slot] = time;
    }
    if (together > 0) {
      put(begun, traits, loudness, together, (float) (longest * secondsPerTick), novel);
    }
    return end;
  }

  /** The first onset, from {@code from} on, that is not before a time. */
  int firstFrom(int from, long time) {
    int i = from;
    while (i < size && micros[i] < time) {
      i++;
    }
    return i;
  }

  private void put(long time, int traits, int loudness, int together, float seconds, int novel) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, size * 2);
      weights = Arrays.copyOf(weights, size * 2 * KINDS);
    }
    micros[size] = time;
    int base = size * KINDS;
    weights[base + STRENGTH] =
        loudness < ROOTS.length ? ROOTS[loudness] : (float) Math.sqrt(loudness / 127.0);
    counts[STRENGTH]++;
    for (int kind = BASS; kind <= HAT; kind++) {
      int is = (traits >> (KIND_SHIFT + kind)) & 1;
      weights[base + kind] = is;
      counts[kind] += is;
    }
    weights[base + LENGTH] = Math.min(seconds, LONGEST_SECONDS);
    counts[LENGTH] += seconds > 0 ? 1 : 0;
    weights[base + NOVELTY] = novel;
    counts[NOVELTY] += novel > 0 ? 1 : 0;
    weights[base + CHORD] =
        together < CHORDS.length ? CHORDS[together] : (float) Math.sqrt(together) - 1;
    counts[CHORD] += together > 1 ? 1 : 0;
    size++;
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
