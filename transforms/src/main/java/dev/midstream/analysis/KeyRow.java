package dev.midstream.analysis;

/**
 * What is gathered about a key under one name: twelve numbers, one for each pitch class, that
 * {@link KeyModel} lays a profile on.
 */
public enum KeyRow {
  /** Sounding time in all. */
  DURATION,
  /** Notes. */
  COUNT,
  /** Sounding time in the first sixteenth of the piece. */
  FIRST_16TH,
  /** Sounding time in the first eighth. */
  FIRST_8TH,
  /** Sounding time in the first quarter. */
  FIRST_4TH,
  /** Sounding time in the last eighth. */
  LAST_8TH,
  /** Sounding time in the last thirty-second. */
  LAST_32ND,
  /** Time for which a bass note is the lowest. */
  BASS,
  /** Time for which the highest note of an onset is the last to have begun. */
  TOP,
  /** The bass of the first onset. */
  FIRST_BASS,
  /** The bass of the last onset but one. */
  PENULTIMATE_BASS,
  /** The bass of the last onset. */
  LAST_BASS,
  /** The lowest note that begins in the last sixty-fourth. */
  FINAL_BASS,
  /** The notes of the last onset. */
  LAST_NOTES,
  /** Time for which a major triad, and no other tone, sounds on a root. */
  MAJOR_TRIAD,
  /** The same of minor triads. */
  MINOR_TRIAD,
  /** Moves of the bass from a note to the same in another octave; by semitones up from here on. */
  BASS_UNISON,
  BASS_MINOR_SECOND,
  BASS_MAJOR_SECOND,
  BASS_MINOR_THIRD,
  BASS_MAJOR_THIRD,
  BASS_FOURTH,
  BASS_TRITONE,
  BASS_FIFTH,
  BASS_MINOR_SIXTH,
  BASS_MAJOR_SIXTH,
  BASS_MINOR_SEVENTH,
  BASS_MAJOR_SEVENTH;

  /** How many there are. */
  public static final int SIZE = values().length;
}
