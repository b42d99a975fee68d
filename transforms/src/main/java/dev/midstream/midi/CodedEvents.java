package dev.midstream.midi;

import dev.midstream.simd.EventKernel;

/**
 * Reads channel events in two stages, in the shape of simdjson (Langdale and Lemire, "Parsing
 * Gigabytes of JSON per Second", VLDB Journal 28, 2019): a kernel tells for every byte what event
 * would begin there, so that the walk over the events is a chain of look-ups without guesses; what
 * the walk has gathered, another kernel takes apart, many events at a time; then the notes are
 * paired. What is not a channel event of three to five bytes stops it. One thread.
 */
final class CodedEvents {
  private static final int CODED_BYTES = 4096;

  /** An event is gathered as the eight bytes from its first on. */
  private static final int GATHERED_BYTES = 8;

  private static final int BLOCK = 256;

  private final NoteColumns notes;
  private final SoundingNotes sounding;
  private final PlainEvents plainEvents;
  private final EventKernel kernel;
  private final byte[] codes = new byte[CODED_BYTES + EventKernel.CODE_PADDING];
  private final byte[] pairs = new byte[codes.length];
  private final byte[] quads = new byte[codes.length];
  private final long[] events = new long[BLOCK];

  /** The bytes that {@link #codes} tells of: {@code [codedFrom, codedTo)}. */
  private int codedFrom;

  private int codedTo;

  CodedEvents(
      NoteColumns notes, SoundingNotes sounding, PlainEvents plainEvents, EventKernel kernel) {
    this.notes = notes;
    this.sounding = sounding;
    this.plainEvents = plainEvents;
    this.kernel = kernel;
  }

  /** Forgets the codes of another array. */
  void reset() {
    codedFrom = 0;
    codedTo = 0;
  }

  /** As {@link PlainEvents#read}, which reads the end of a track, where no vector fits. */
  boolean read(TrackCursor cursor, byte[] data, int stop, int end) {
    int last = Math.min(stop - 1, end - GATHERED_BYTES);
    while (cursor.at <= last) {
      if (cursor.at >= codedTo) {
        codedFrom = cursor.at;
        codedTo = kernel.code(data, codedFrom, Math.min(end, codedFrom + CODED_BYTES), codes);
        if (codedTo <= cursor.at) {
          break;
        }
        kernel.reach(codes, codedTo - codedFrom, pairs, quads);
      }
      if (!readBlock(cursor, data, Math.min(last + 1, codedTo))) {
        return false;
      }
    }
    return plainEvents.read(cursor, data, stop, end);
  }

  /** Reads up to {@value #BLOCK} events that begin before {@code limit}; false at another event. */
  private boolean readBlock(TrackCursor cursor, byte[] data, int limit) {
    int status = cursor.undisputedStatus();
    if (status < 0x80 || (status & 0xE0) == 0xC0) {
      // Only an event with a status of its own can be told here; the codes take two data bytes.
      status = 0;
      if ((codes[cursor.at - codedFrom] & EventKernel.HAS_STATUS) == 0) {
        return false;
      }
    }
    if (cursor.tick > Integer.MAX_VALUE - BLOCK * (EventKernel.LONGEST_DELTA + 1)) {
      return false;
    }
    byte[] codes = this.codes;
    byte[] quads = this.quads;
    long[] events = this.events;
    int from = codedFrom;
    int pos = cursor.at;
    int gathered = 0;
    int code = EventKernel.LENGTH;
    while (pos < limit && gathered < BLOCK) {
      int reach = quads[pos - from];
      if (reach > 0 && pos + reach <= limit && gathered <= BLOCK - 4) {
        int at = pos;
        for (int i = 0; i < 4; i++) {
          int one = codes[at - from];
          events[gathered + i] = EventKernel.gather(data, at, one);
          at += one & EventKernel.LENGTH;
        }
        gathered += 4;
        // Not "at": the next look-up need not wait for those in between.
        pos += reach;
        continue;
      }
      code = codes[pos - from];
      if (code == 0) {
        break;
      }
      events[gathered++] = EventKernel.gather(data, pos, code);
      pos += code & EventKernel.LENGTH;
    }
    kernel.takeApart(events, gathered);
    pair(cursor, pos, gathered, status);
    return code != 0;
  }

  private void pair(TrackCursor cursor, int pos, int gathered, int firstStatus) {
    int[] startTicks = notes.startTicks();
    int[] durationTicks = notes.durationTicks();
    byte[] pitches = notes.pitches();
    byte[] velocities = notes.velocities();
    byte[] releases = notes.releases();
    byte[] channels = notes.channels();
    int[] oldest = sounding.oldest;
    int[] youngest = sounding.youngest;
    int size = notes.size();
    int now = cursor.tick;
    int status = firstStatus;
    for (int i = 0; i < gathered; i++) {
      long event = events[i];
      now += EventKernel.delta(event);
      int own = EventKernel.status(event);
      status = own == 0 ? status : own;
      if (status >= 0xA0) {
        continue;
      }
      int first = EventKernel.first(event);
      int second = EventKernel.second(event);
      int channel = status & 0x0F;
      int slot = channel << 7 | first;
      int older = oldest[slot];
      if (status >= 0x90 && second > 0) {
        startTicks[size] = now;
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
        durationTicks[older - 1] = now - startTicks[older - 1];
        releases[older - 1] = (byte) (status >= 0x90 ? SoundingNotes.NO_RELEASE : second);
      }
    }
    notes.setSize(size);
    cursor.moveTo(pos, now, status, gathered);
  }
}
