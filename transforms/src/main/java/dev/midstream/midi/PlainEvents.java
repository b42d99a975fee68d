package dev.midstream.midi;

import dev.midstream.simd.EventBlock;

/**
 * Reads one event after the other, with everything in local variables and plain branches over a
 * byte array: measured faster than any cleverer scalar form. One thread.
 */
final class PlainEvents implements EventReader {
  /** The longest plain event: a delta of two bytes, a status and two data bytes. */
  private static final int LONGEST_PLAIN_EVENT = 5;

  /** More ticks than the plain events of a stretch can take. */
  private static final int MOST_TICKS = 1 << 27;

  private final NoteColumns notes;
  private final EventColumn programs;
  private final ControllerColumn controllers;
  private final NotePairing pairing;

  PlainEvents(MidiColumns columns, NotePairing pairing) {
    this.notes = columns.notes();
    this.programs = columns.programs();
    this.controllers = columns.controllers();
    this.pairing = pairing;
  }

  @Override
  public void beginTrack() {
    // It knows nothing but what the cursor tells.
  }

  @Override
  public boolean read(TrackCursor cursor, byte[] data, int stop, int end) {
    int[] startTicks = notes.startTicks();
    long[] ends = pairing.ends();
    byte[] pitches = notes.pitches();
    byte[] velocities = notes.velocities();
    byte[] channels = notes.channels();
    int size = notes.size();
    int[] links = pairing.links();
    int firstNode = pairing.firstNode();
    int pos = cursor.at;
    int now = cursor.tick;
    int status = cursor.undisputedStatus();
    int endedNotes = 0;
    int last = Math.min(stop - 1, end - LONGEST_PLAIN_EVENT);
    if (now > Integer.MAX_VALUE - MOST_TICKS) {
      last = -1;
    }

    while (pos <= last) {
      int at = pos;
      int delta = data[at++];
      if (delta < 0) {
        int low = data[at++];
        if (low < 0) {
          break;
        }
        delta = (delta & 0x7F) << 7 | low;
      }
      int first = data[at++];
      int newStatus = status;
      if (first < 0) {
        newStatus = first & 0xFF;
        first = data[at++];
      }
      int second = data[at++];
      int kind = newStatus >> 4;
      int then = now + delta;
      if ((kind >= 0x8 && kind < 0xC) || kind == 0xE) {
        if ((first | second) < 0) {
          break;
        }
        int channel = newStatus & 0x0F;
        int slot = channel << 7 | first;
        if (kind == 0x9 && second > 0) {
          startTicks[size] = then;
          pitches[size] = (byte) first;
          velocities[size] = (byte) second;
          channels[size] = (byte) channel;
          int node = firstNode + size++;
          links[links[NotePairing.YOUNGEST + slot]] = node;
          links[NotePairing.YOUNGEST + slot] = node;
          links[node] = NotePairing.NONE;
        } else if (kind <= 0x9) {
          int node = links[links[NotePairing.ENDED + slot]];
          if (node != NotePairing.NONE) {
            links[NotePairing.ENDED + slot] = node;
            endedNotes++;
            // A note-on of velocity 0 is a note-off, which lets running status go on (section 3.1).
            int release = kind == 0x9 ? NotePairing.NO_RELEASE : second;
            ends[node - firstNode] = EventBlock.event(then, slot, release, 0);
          }
        } else if (kind == 0xB) {
          controllers.add(EventBlock.event(then, slot, second, 0));
        }
      } else if ((kind == 0xC || kind == 0xD) && first >= 0) {
        at--;
        if (kind == 0xC) {
          programs.add(then, (newStatus & 0x0F) << 8 | first);
        }
      } else {
        break;
      }
      status = newStatus;
      now = then;
      pos = at;
    }

    pairing.account(size - notes.size(), endedNotes);
    notes.setSize(size);
    cursor.moveTo(pos, now, status);
    return pos >= stop;
  }
}
