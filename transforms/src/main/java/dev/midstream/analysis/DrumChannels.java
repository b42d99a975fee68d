package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;

/**
 * Which channels carry drums. Channel 10 does, as General MIDI has it. Any other does
 *
 * <ul>
 *   <li>if it plays a kit: nearly all of its notes are the kick drum, the snare and the cymbals of
 *       General MIDI's percussion map, each of them often. Those keys are a whole tone apart:
 *       melody and bass do not come near, in whatever key;
 *   <li>or if nothing but percussion and sound effects (programs 116 to 128) are chosen for it.
 * </ul>
 *
 * <p>The keys alone, without the three together, would not tell: of the bass lines of a real
 * library one in a hundred has more than half of its notes on them. Reused from file to file; one
 * thread.
 */
final class DrumChannels {
  private static final int OTHER = 0;
  private static final int KICK = 1;
  private static final int SNARE = 2;
  private static final int CYMBAL = 3;
  private static final int FEWEST_NOTES = 16;

  /** Of the notes of a kit this share is kick, snare or cymbal. */
  private static final double KIT_SHARE = 0.8;

  /** And each of the three has this share. */
  private static final double VOICE_SHARE = 0.05;

  /** Woodblock, counted from 0: from here on programs have no pitch that makes a key. */
  private static final int FIRST_UNPITCHED_PROGRAM = 115;

  private static final byte[] VOICES = new byte[128];

  static {
    for (int key : new int[] {35, 36}) {
      VOICES[key] = KICK;
    }
    for (int key : new int[] {38, 40}) {
      VOICES[key] = SNARE;
    }
    for (int key : new int[] {42, 44, 46, 49, 51, 57}) {
      VOICES[key] = CYMBAL;
    }
  }

  private int mask;
  private int pitchedNotes;

  /** What in a drum kit a key is: kick drum, snare, cymbal or, 0, none of them. */
  static int voice(int pitch) {
    return VOICES[pitch];
  }

  void reset(NoteCensus census, EventColumn programs) {
    mask = 1 << MidiColumns.DRUM_CHANNEL | unpitched(programs);
    pitchedNotes = 0;
    for (int channel = 0; channel < 16; channel++) {
      if (isKit(census, channel)) {
        mask |= 1 << channel;
      }
      if ((mask >> channel & 1) == 0) {
        pitchedNotes += census.notesOf(channel);
      }
    }
  }

  private static boolean isKit(NoteCensus census, int channel) {
    int all = census.notesOf(channel);
    int kick = census.notesOf(channel, KICK);
    int snare = census.notesOf(channel, SNARE);
    int cymbal = census.notesOf(channel, CYMBAL);
    return all >= FEWEST_NOTES
        && all - census.notesOf(channel, OTHER) >= KIT_SHARE * all
        && Math.min(kick, Math.min(snare, cymbal)) >= VOICE_SHARE * all;
  }

  private static int unpitched(EventColumn programs) {
    int pitched = 0;
    int unpitched = 0;
    for (int i = 0; i < programs.size(); i++) {
      int value = programs.values()[i];
      if ((value & 0x7F) >= FIRST_UNPITCHED_PROGRAM) {
        unpitched |= 1 << (value >> 8);
      } else {
        pitched |= 1 << (value >> 8);
      }
    }
    return unpitched & ~pitched;
  }

  /** Bit {@code c} is set where channel {@code c}, counted from 0, carries drums. */
  int mask() {
    return mask;
  }

  /** The notes on the other channels. */
  int pitchedNotes() {
    return pitchedNotes;
  }
}
