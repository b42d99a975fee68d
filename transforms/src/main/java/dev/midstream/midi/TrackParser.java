package dev.midstream.midi;

import dev.midstream.simd.EventBlock;
import dev.midstream.simd.EventKernel;
import dev.midstream.simd.Kernels;

/**
 * Reads the events of one track chunk into the columns and pairs its notes, first in first out for
 * each channel and pitch. Nearly all events are taken by {@link PlainEvents} or {@link
 * StagedEvents}; whatever those do not know they leave to {@link #anyEvent}, one event at a time,
 * with every check and repair. Not thread-safe.
 */
final class TrackParser {
  private static final int META = 0xFF;
  private static final int END_OF_TRACK = 0x2F;
  private static final int SET_TEMPO = 0x51;
  private static final int TIME_SIGNATURE = 0x58;
  private static final int KEY_SIGNATURE = 0x59;
  private static final int MAX_DENOMINATOR_POWER = 6;

  /** The shortest note-on or control change: a delta and two data bytes. */
  private static final int SHORTEST_EVENT = 3;

  /** Plain events are read in stretches of this many bytes, for which room is made at once. */
  private static final int STRETCH = 1 << 14;

  private final MidiColumns columns;
  private final NoteColumns notes;
  private final WarningCounts warnings;

  private final NotePairing pairing;
  private final TrackCursor cursor = new TrackCursor();
  private final EventReader plainEvents;

  private boolean ended;
  private boolean truncated;
  private int value;

  TrackParser(MidiColumns columns, boolean vectors) {
    this.columns = columns;
    this.notes = columns.notes();
    this.warnings = columns.warnings();
    EventKernel kernel = vectors ? Kernels.events() : Kernels.scalarEvents();
    this.pairing = new NotePairing(notes, kernel);
    this.plainEvents =
        vectors
            ? new StagedEvents(pairing, columns.controllers(), kernel)
            : new PlainEvents(columns, pairing);
  }

  /** Makes ready for another file, before the columns are. */
  void reset() {
    pairing.reset();
  }

  /** To be called when the columns have been trimmed. */
  void trim() {
    pairing.trim();
  }

  /**
   * Parses {@code data[start … end-1]}, whose ticks count from {@code baseTick}, and tells whether
   * there is any event.
   */
  boolean parse(byte[] data, int start, int end, int baseTick) {
    notes.beginTrack();
    int firstNote = notes.size();
    cursor.reset(start, baseTick);
    ended = false;
    truncated = false;

    plainEvents.beginTrack();

    while (cursor.at < end && !ended && !truncated && !columns.isFull()) {
      int stretch = Math.min(STRETCH, end - cursor.at);
      notes.reserve(stretch / SHORTEST_EVENT + 1);
      pairing.reserve();
      columns.controllers().reserve(stretch / SHORTEST_EVENT + 1);
      int stop = cursor.at + stretch;
      if (!plainEvents.read(cursor, data, stop, end)) {
        anyEvent(data, end);
      }
    }

    if (truncated) {
      warnings.add(Warning.TRUNCATED_TRACK);
    } else if (!ended) {
      warnings.add(Warning.MISSING_END_OF_TRACK);
    }
    warnings.add(Warning.HANGING_NOTE, pairing.endTrack(firstNote, cursor.tick));
    if (cursor.hasEvents) {
      columns.endAt(cursor.tick);
    }
    return cursor.hasEvents;
  }

  /** Where the last parse stopped: behind End of Track, or where its data ended. */
  int stop() {
    return cursor.at;
  }

  /** Reads one event, whatever it is, with every check and repair. */
  private void anyEvent(byte[] data, int end) {
    if (!readVariableLength(data, end)) {
      truncated = true;
      return;
    }
    cursor.tick += value;
    if (cursor.tick < 0) {
      warnings.add(Warning.TICK_OVERFLOW);
      cursor.tick = Integer.MAX_VALUE;
    }
    // One turn for an event; more where bytes must be skipped until a status is found.
    while (cursor.at < end) {
      int status = data[cursor.at] & 0xFF;
      if (status < 0x80) {
        if (cursor.running == 0) {
          warnings.add(Warning.ORPHAN_DATA_BYTE);
          cursor.at++;
          continue;
        }
        if (cursor.cancelled) {
          warnings.add(Warning.RUNNING_STATUS_AFTER_META);
        }
        status = cursor.running;
      } else {
        cursor.at++;
      }
      if (status >= 0xF0) {
        systemEvent(data, status, end);
        return;
      }
      cursor.running = status;
      cursor.cancelled = false;
      int dataBytes = status >= 0xC0 && status < 0xE0 ? 1 : 2;
      if (cursor.at + dataBytes > end) {
        break;
      }
      int first = data[cursor.at];
      int second = dataBytes == 2 ? data[cursor.at + 1] : 0;
      if ((first | second) < 0) {
        warnings.add(Warning.DATA_BYTE_HIGH);
        cursor.at += first < 0 ? 0 : 1;
        continue;
      }
      cursor.at += dataBytes;
      channelEvent(status, first, second);
      cursor.hasEvents = true;
      return;
    }
    truncated = true;
  }

  private void systemEvent(byte[] data, int status, int end) {
    if (status == META || status == 0xF0 || status == 0xF7) {
      if (status == META && cursor.at >= end) {
        truncated = true;
        return;
      }
      int type = status == META ? data[cursor.at++] & 0xFF : -1;
      if (!readVariableLength(data, end) || value > end - cursor.at) {
        truncated = true;
        return;
      }
      cursor.hasEvents = true;
      cursor.cancelled = cursor.running != 0;
      ended = type == END_OF_TRACK;
      if (type >= 0) {
        metaEvent(data, type, cursor.at, value);
      }
      cursor.at += value;
    } else if (status < 0xF8) {
      warnings.add(Warning.SYSTEM_COMMON);
      cursor.at += status == 0xF2 ? 2 : status == 0xF1 || status == 0xF3 ? 1 : 0;
    } else {
      warnings.add(Warning.REALTIME);
    }
  }

  private void channelEvent(int status, int first, int second) {
    int channel = status & 0x0F;
    switch (status >> 4) {
      case 0x9 -> {
        if (second > 0) {
          pairing.noteOn(cursor.tick, channel, first, second);
        } else {
          pairing.noteOff(cursor.tick, channel, first, NotePairing.NO_RELEASE);
        }
      }
      case 0x8 -> pairing.noteOff(cursor.tick, channel, first, second);
      case 0xC -> columns.programs().add(cursor.tick, channel << 8 | first);
      case 0xB ->
          columns.controllers().add(EventBlock.event(cursor.tick, channel << 7 | first, second, 0));
      default -> {
        // Pressure and pitch bend: nothing that is asked for depends on them.
      }
    }
  }

  private void metaEvent(byte[] data, int type, int body, int length) {
    switch (type) {
      case SET_TEMPO -> tempo(data, body, length);
      case TIME_SIGNATURE -> meter(data, body, length);
      case KEY_SIGNATURE -> key(data, body, length);
      default -> {
        if (type >= 1 && type <= 7 && length > 0) {
          columns.texts().add(type, body, length, notes.currentTrack());
        }
      }
    }
  }

  private void tempo(byte[] data, int body, int length) {
    if (length != 3) {
      warnings.add(Warning.META_LENGTH);
      return;
    }
    int micros = (data[body] & 0xFF) << 16 | (data[body + 1] & 0xFF) << 8 | (data[body + 2] & 0xFF);
    if (micros == 0) {
      warnings.add(Warning.TEMPO_ZERO);
    } else {
      columns.tempos().add(cursor.tick, micros);
    }
  }

  private void meter(byte[] data, int body, int length) {
    if (length < 2) {
      warnings.add(Warning.META_LENGTH);
      return;
    }
    int numerator = data[body] & 0xFF;
    int power = data[body + 1] & 0xFF;
    if (numerator == 0 || power > MAX_DENOMINATOR_POWER) {
      warnings.add(Warning.METER_INVALID);
    } else {
      columns.meters().add(cursor.tick, numerator << 8 | 1 << power);
    }
  }

  private void key(byte[] data, int body, int length) {
    if (length != 2) {
      warnings.add(Warning.META_LENGTH);
      return;
    }
    int sharps = data[body];
    int minor = data[body + 1];
    if (sharps < -7 || sharps > 7 || minor < 0 || minor > 1) {
      warnings.add(Warning.KEY_INVALID);
    } else {
      columns.keys().add(cursor.tick, (sharps + 7) << 1 | minor);
    }
  }

  /**
   * Reads a variable-length quantity (section 1.1) at the cursor into {@link #value}, 0 … 2²⁸−1;
   * false if the data ends in it.
   */
  private boolean readVariableLength(byte[] data, int end) {
    int result = 0;
    for (int bytes = 1; cursor.at < end; bytes++) {
      int b = data[cursor.at++];
      result = (result << 7 | (b & 0x7F)) & 0x0FFF_FFFF;
      if (b >= 0) {
        value = result;
        return true;
      }
      if (bytes == 4) {
        warnings.add(Warning.VLQ_TOO_LONG);
      }
    }
    return false;
  }
}
