package dev.midstream.midi;

/**
 * The notes of a track that sound, first in first out for each channel and pitch. The queues need
 * no memory of their own: while a note sounds its duration holds {@link #NO_YOUNGER}, or {@code -2
 * - index} of the next younger note of its channel and pitch. The readers of plain events work on
 * the arrays themselves, in the same way as the methods here do. One thread.
 */
final class SoundingNotes {
  /** The duration of a sounding note that has no younger one of its channel and pitch. */
  static final int NO_YOUNGER = -1;

  /** The release velocity of a note that the file gives none. */
  static final int NO_RELEASE = 64;

  /** The oldest for each {@code channel << 7 | pitch}, as index + 1; 0: none sounds. */
  final int[] oldest = new int[16 << 7];

  /** The youngest, as index + 1; valid where {@link #oldest} is not 0. */
  final int[] youngest = new int[16 << 7];

  private final NoteColumns notes;

  SoundingNotes(NoteColumns notes) {
    this.notes = notes;
  }

  void noteOn(int tick, int channel, int pitch, int velocity) {
    int index = notes.size();
    notes.startTicks()[index] = tick;
    notes.durationTicks()[index] = NO_YOUNGER;
    notes.pitches()[index] = (byte) pitch;
    notes.velocities()[index] = (byte) velocity;
    notes.channels()[index] = (byte) channel;
    notes.setSize(index + 1);
    int slot = channel << 7 | pitch;
    if (oldest[slot] == 0) {
      oldest[slot] = index + 1;
    } else {
      notes.durationTicks()[youngest[slot] - 1] = -2 - index;
    }
    youngest[slot] = index + 1;
  }

  void noteOff(int tick, int channel, int pitch, int release) {
    int slot = channel << 7 | pitch;
    int index = oldest[slot] - 1;
    if (index >= 0) {
      oldest[slot] = -1 - notes.durationTicks()[index];
      notes.durationTicks()[index] = tick - notes.startTicks()[index];
      notes.releases()[index] = (byte) release;
    }
  }

  /** Ends all notes from {@code firstNote} on that still sound, and returns how many. */
  int closeFrom(int firstNote, int tick) {
    int[] durations = notes.durationTicks();
    int closed = 0;
    for (int i = firstNote; i < notes.size(); i++) {
      if (durations[i] < 0) {
        closed++;
        oldest[notes.channels()[i] << 7 | notes.pitches()[i]] = 0;
        durations[i] = tick - notes.startTicks()[i];
        notes.releases()[i] = NO_RELEASE;
      }
    }
    return closed;
  }
}
