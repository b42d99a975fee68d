package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import java.util.Arrays;

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
  private static final int[] KICKS = {35, 36};
  private static final int[] SNARES = {38, 40};
  private static final int[] CYMBALS = {42, 44, 46, 49, 51, 57};
  private static final int FEWEST_NOTES = 16;

  /** Of the notes of a kit this share is kick, snare or cymbal. */
  private static final double KIT_SHARE = 0.8;

  /** And each of the three has this share. */
  private static final double VOICE_SHARE = 0.05;

  /** Woodblock, counted from 0: from here on programs have no pitch that makes a key. */
  private static final int FIRST_UNPITCHED_PROGRAM = 115;

  /** The slot of all drums, where pitched notes have their pitch class. */
  static final int DRUM = 15;

  private static final int PITCHES = 128;
  private static final byte[] ALL_DRUMS = new byte[PITCHES];
  private static final byte[] PITCH_CLASSES = new byte[PITCHES];

  static {
    Arrays.fill(ALL_DRUMS, (byte) DRUM);
    for (int pitch = 0; pitch < PITCHES; pitch++) {
      PITCH_CLASSES[pitch] = (byte) (pitch % 12);
    }
  }

  private final byte[] slots = new byte[NoteTimeline.CHANNELS_AND_PITCHES];
  private int mask;
  private int pitchedNotes;

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
      byte[] slotsOfChannel = (mask >> channel & 1) == 0 ? PITCH_CLASSES : ALL_DRUMS;
      System.arraycopy(slotsOfChannel, 0, slots, channel * PITCHES, PITCHES);
    }
  }

  private static boolean isKit(NoteCensus census, int channel) {
    int all = census.notesOf(channel);
    if (all < FEWEST_NOTES) {
      return false;
    }
    int kick = notesOf(census, channel, KICKS);
    int snare = notesOf(census, channel, SNARES);
    int cymbal = notesOf(census, channel, CYMBALS);
    return kick + snare + cymbal >= KIT_SHARE * all
        && Math.min(kick, Math.min(snare, cymbal)) >= VOICE_SHARE * all;
  }

  private static int notesOf(NoteCensus census, int channel, int[] keys) {
    int notes = 0;
    for (int key : keys) {
      notes += census.notesOf(channel, key);
    }
    return notes;
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

  /**
   * For each {@linkplain NoteTimeline#channelAndPitch channel and pitch} the pitch class, or {@link
   * #DRUM}. Belongs to this object.
   */
  byte[] slots() {
    return slots;
  }

  /** 1 for a pitch class, 0 for {@link #DRUM}, without a branch. */
  static int pitched(int slot) {
    return (slot - DRUM) >>> 31;
  }

  /** Counts the notes on the other channels by their pitch class, into twelve numbers. */
  void countPitchClasses(NoteCensus census, int[] into) {
    Arrays.fill(into, 0);
    for (int channel = 0; channel < 16; channel++) {
      if ((mask >> channel & 1) == 0 && census.notesOf(channel) > 0) {
        for (int pitch = census.lowest(); pitch <= census.highest(); pitch++) {
          into[PITCH_CLASSES[pitch]] += census.notesOf(channel, pitch);
        }
      }
    }
  }

  /** The notes on the other channels. */
  int pitchedNotes() {
    return pitchedNotes;
  }
}
