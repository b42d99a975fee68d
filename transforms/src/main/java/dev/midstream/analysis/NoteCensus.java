package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import java.util.Arrays;

/**
 * What can be counted of a file's notes in any order: how often each channel plays each pitch, in
 * one pass, and all that follows from it. Reused from file to file; one thread.
 */
final class NoteCensus {
  private static final int CHANNELS = 16;
  private static final int PITCHES = 128;

  private final int[] counts = new int[NoteTimeline.CHANNELS_AND_PITCHES];
  private final int[] channels = new int[CHANNELS];
  private int notes;
  private long velocities;
  private int lowest;
  private int highest;

  void reset(NoteTimeline timeline) {
    Arrays.fill(counts, 0);
    notes = timeline.size();
    int[] sounds = timeline.sounds();
    for (int i = 0; i < notes; i++) {
      counts[NoteTimeline.channelAndPitch(sounds[i])]++;
    }
    // No file has so many notes that this overflows; a loop of its own, of which the compiler makes
    // vectors.
    int sum = 0;
    for (int i = 0; i < notes; i++) {
      sum += NoteTimeline.velocity(sounds[i]);
    }
    velocities = sum;
    lowest = PITCHES;
    highest = -1;
    for (int channel = 0; channel < CHANNELS; channel++) {
      countChannel(channel);
    }
  }

  private void countChannel(int channel) {
    int first = channel * PITCHES;
    int all = 0;
    for (int i = first; i < first + PITCHES; i++) {
      all += counts[i];
    }
    channels[channel] = all;
    if (all > 0 && channel != MidiColumns.DRUM_CHANNEL) {
      for (int pitch = 0; pitch < lowest; pitch++) {
        if (counts[first + pitch] > 0) {
          lowest = pitch;
        }
      }
      for (int pitch = PITCHES - 1; pitch > highest; pitch--) {
        if (counts[first + pitch] > 0) {
          highest = pitch;
        }
      }
    }
  }

  /** The number of notes. */
  int notes() {
    return notes;
  }

  /** The notes of a channel, counted from 0. */
  int notesOf(int channel) {
    return channels[channel];
  }

  /** Those of them that have a pitch. */
  int notesOf(int channel, int pitch) {
    return counts[channel * PITCHES + pitch];
  }

  /** The sum of all velocities. */
  long velocities() {
    return velocities;
  }

  /** The lowest pitch that is not on channel 10; 128 or more without one. */
  int lowest() {
    return lowest;
  }

  /** The highest pitch that is not on channel 10; −1 without one. */
  int highest() {
    return highest;
  }
}
