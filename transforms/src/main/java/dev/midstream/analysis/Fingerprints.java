package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import org.jspecify.annotations.Nullable;

/**
 * Which music it is, whatever the bytes. Two files have the same {@code music} if they have the
 * same notes: as many at each place, counted from the first note in steps of a 24th of a quarter
 * note, of each pitch, drums apart from all others. Nothing else counts: no text, no tempo, no
 * program, no velocity, no length of a note; neither in which track a note is, nor on which channel
 * but for drums on channel 10. The division does not count either where one is a multiple of the
 * other; and where a conversion had to round, then as long as the notes were on the grid of steps.
 *
 * <p>Lengths are left out because conversions change them: which note-off belongs to which of two
 * notes that overlap, where a note ends that has no note-off, and rounding of ends that nobody put
 * on a grid.
 *
 * @param music the fingerprint; null without notes
 * @param transposed the same with pitches counted from the lowest that is no drum; null without
 *     notes
 */
public record Fingerprints(@Nullable Fingerprint music, @Nullable Fingerprint transposed) {
  /** Those of a file without notes. */
  public static final Fingerprints NONE = new Fingerprints(null, null);

  /** A 32nd note is three steps, a triplet of 32nds two. */
  private static final int STEPS = 24;

  private static final int DRUM = 0x80;

  /** So many notes are placed and then mixed, in loops that the compiler makes vectors of. */
  private static final int BLOCK = 256;

  static Fingerprints of(NoteTimeline notes, NoteCensus census, int division) {
    int size = notes.size();
    if (size == 0) {
      return NONE;
    }
    int[] starts = notes.startTicks();
    int[] sounds = notes.sounds();
    int first = starts[0];
    int lowest = Math.min(Byte.MAX_VALUE, census.lowest());
    double stepsPerTick = stepsPerTick(division);
    long[] places = new long[BLOCK];
    long[] moved = new long[BLOCK];
    // Sums of what each note mixes to: no order, and a note that comes twice counts twice.
    long high = 0;
    long low = 0;
    long transposedHigh = 0;
    long transposedLow = 0;
    for (int from = 0; from < size; from += BLOCK) {
      int count = Math.min(BLOCK, size - from);
      for (int i = 0; i < count; i++) {
        long step = (long) ((starts[from + i] - first) * stepsPerTick + NoteTimeline.ROUNDING);
        int sound = sounds[from + i];
        // All ones for a drum, else zero: where drums and notes alternate, a branch would be
        // guessed.
        int drum = ((NoteTimeline.channel(sound) ^ MidiColumns.DRUM_CHANNEL) - 1) >> 31;
        long place = step << 8 | (drum & DRUM) | NoteTimeline.pitch(sound);
        places[i] = place;
        moved[i] = place - (lowest & ~drum);
      }
      for (int i = 0; i < count; i++) {
        long note = mix(places[i]);
        high += note;
        low += mixAgain(note);
      }
      for (int i = 0; i < count; i++) {
        long note = mix(moved[i]);
        transposedHigh += note;
        transposedLow += mixAgain(note);
      }
    }
    return new Fingerprints(
        new Fingerprint(high, low), new Fingerprint(transposedHigh, transposedLow));
  }

  /** With SMPTE divisions a quarter note lasts half a second; without time a tick is a step. */
  private static double stepsPerTick(int division) {
    if (division > 0) {
      return (double) STEPS / division;
    }
    double ticksPerSecond = TempoMap.smpteTicksPerSecond(division);
    return ticksPerSecond > 0 ? 2 * STEPS / ticksPerSecond : 1;
  }

  /**
   * The finalizer of MurmurHash3 with the constants of David Stafford's variant 13 ("Better Bit
   * Mixing", 2011), without its last step, which {@link #mixAgain} takes.
   */
  private static long mix(long note) {
    long z = note + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    return (z ^ z >>> 27) * 0x94D049BB133111EBL;
  }

  /** Not linear in {@code mixed}, so that the sum of these tells more than the sum of those. */
  private static long mixAgain(long mixed) {
    return (mixed ^ mixed >>> 31) * 0xD6E8FEB86659FD93L;
  }
}
