package dev.midstream.midi;

/**
 * Reads the events that nearly all music consists of, with everything in local variables and plain
 * branches over a byte array: measured faster than any cleverer scalar form. One thread.
 */
final class PlainEvents {
  /** The longest plain event: a delta of four bytes, a status and two data bytes. */
  private static final int LONGEST_PLAIN_EVENT = 7;

  private final NoteColumns notes;
  private final EventColumn programs;
  private final SoundingNotes sounding;

  PlainEvents(MidiColumns columns, SoundingNotes sounding) {
    this.notes = columns.notes();
    this.programs = columns.programs();
    this.sounding = sounding;
  }

  /**
   * Reads channel events of at most four bytes of delta, under a status that is there or runs, up
   * to {@code stop}; false where it met something else, which it leaves unread.
   */
  boolean read(TrackCursor cursor, byte[] data, int stop, int end) {
    int[] startTicks = notes.startTicks();
    int[] durationTicks = notes.durationTicks();
    byte[] pitches = notes.pitches();
    byte[] velocities = notes.velocities();
    byte[] releases = notes.releases();
    byte[] channels = notes.channels();
    int size = notes.size();
    int[] oldest = sounding.oldest;
    int[] youngest = sounding.youngest;
    int pos = cursor.at;
    int now = cursor.tick;
    int status = cursor.undisputedStatus();
    int read = 0;
    int last = Math.min(stop - 1, end - LONGEST_PLAIN_EVENT);
    int event = pos;
    boolean plain = true;

    while (pos <= last) {
      event = pos;
      int delta = data[pos++];
      if (delta < 0) {
        int b = data[pos++];
        delta = (delta & 0x7F) << 7 | (b & 0x7F);
        for (int bytes = 2; b < 0 && bytes < 4; bytes++) {
          b = data[pos++];
          delta = delta << 7 | (b & 0x7F);
        }
        if (b < 0) {
          plain = false;
          break;
        }
      }
      int first = data[pos++];
      int newStatus = status;
      if (first < 0) {
        newStatus = first & 0xFF;
        first = data[pos++];
      }
      int then = now + delta;
      int kind = newStatus >> 4;
      if (kind < 0x8 || kind > 0xE || then < 0 || first < 0) {
        plain = false;
        break;
      }
      if (kind <= 0x9) {
        int second = data[pos++];
        if (second < 0) {
          plain = false;
          break;
        }
        int channel = newStatus & 0x0F;
        int slot = channel << 7 | first;
        int older = oldest[slot];
        if (kind == 0x9 && second > 0) {
          startTicks[size] = then;
          durationTicks[size] = SoundingNotes.NO_YOUNGER;
          pitches[size] = (byte) first;
          velocities[size] = (byte) second;
          channels[size] = (byte) channel;
          if (older == 0) {
            oldest[slot] = size + 1;
          } else {
            durationTicks[youngest[slot] - 1] = -2 - size;
          }
          youngest[slot] = ++size;
        } else if (older > 0) {
          oldest[slot] = -1 - durationTicks[older - 1];
          durationTicks[older - 1] = then - startTicks[older - 1];
          // A note-on of velocity 0 is a note-off, which lets running status go on (section 3.1).
          releases[older - 1] = (byte) (kind == 0x9 ? SoundingNotes.NO_RELEASE : second);
        }
      } else if (kind == 0xC) {
        programs.add(then, (newStatus & 0x0F) << 8 | first);
      } else if (kind != 0xD) {
        // Pressure, controllers and pitch bend: nothing that is asked for depends on them.
        if (data[pos++] < 0) {
          plain = false;
          break;
        }
      }
      status = newStatus;
      now = then;
      read++;
    }

    notes.setSize(size);
    cursor.moveTo(plain ? pos : event, now, status, read);
    return plain && pos >= stop;
  }
}
