package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * What can be counted of a file's notes in any order, in one pass over the columns. Reused from
 * file to file; one thread.
 */
final class NoteCensus {
  /**
   * Notes that follow each other are counted apart, so that one count need not wait for another.
   */
  private static final int TABLES = 4;

  private static final int TABLE = 16 * 4;

  private final int[] counts = new int[TABLES * TABLE];
  private int notes;
  private long velocities;
  private int lowest;
  private int highest;

  void reset(NoteColumns columns) {
    Arrays.fill(counts, 0);
    byte[] channels = columns.channels();
    byte[] pitches = columns.pitches();
    byte[] loudness = columns.velocities();
    notes = columns.size();
    long sum = 0;
    int low = 128;
    int high = -1;
    for (int i = 0; i < notes; i++) {
      int channel = channels[i];
      int pitch = pitches[i];
      counts[(i & (TABLES - 1)) * TABLE + (channel << 2 | DrumChannels.voice(pitch))]++;
      sum += loudness[i];
      // All ones for a drum, else zero: where drums and notes alternate, a branch would be guessed.
      int drum = ((channel ^ MidiColumns.DRUM_CHANNEL) - 1) >> 31;
      low = Math.min(low, pitch | (drum & 128));
      high = Math.max(high, pitch | drum);
    }
    velocities = sum;
    lowest = low;
    highest = high;
    for (int i = TABLE; i < counts.length; i++) {
      counts[i & (TABLE - 1)] += counts[i];
    }
  }

  /** The number of notes. */
  int notes() {
    return notes;
  }

  /** The notes of a channel, counted from 0. */
  int notesOf(int channel) {
    int first = channel << 2;
    return counts[first] + counts[first + 1] + counts[first + 2] + counts[first + 3];
  }

  /** Those of them that are a {@linkplain DrumChannels#voice voice} of a kit. */
  int notesOf(int channel, int voice) {
    return counts[channel << 2 | voice];
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
