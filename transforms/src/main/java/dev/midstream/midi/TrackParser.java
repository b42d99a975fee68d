package dev.midstream.midi;

import java.util.Arrays;

/**
 * Reads the events of one track chunk into the columns and pairs its notes, first in first out for
 * each channel and pitch. Plain branches over a byte array: measured faster than any cleverer
 * scalar form. Not thread-safe.
 */
final class TrackParser {
  private static final int META = 0xFF;
  private static final int END_OF_TRACK = 0x2F;
  private static final int SET_TEMPO = 0x51;
  private static final int TIME_SIGNATURE = 0x58;
  private static final int KEY_SIGNATURE = 0x59;
  private static final int NO_RELEASE = 64;
  private static final int MAX_DENOMINATOR_POWER = 6;

  private final MidiColumns columns;
  private final NoteColumns notes;
  private final WarningCounts warnings;

  /** For each channel and pitch the oldest and the newest sounding note, as index + 1; 0: none. */
  private final int[] oldest = new int[16 << 7];

  private final int[] newest = new int[16 << 7];

  /** The next younger note of the same channel and pitch, as index + 1; by note index. */
  private int[] younger = new int[1 << 12];

  private int at;
  private int value;

  TrackParser(MidiColumns columns) {
    this.columns = columns;
    this.notes = columns.notes();
    this.warnings = columns.warnings();
  }

  /**
   * Parses {@code data[start … end-1]}, whose ticks count from {@code baseTick}, and returns the
   * number of events.
   */
  int parse(byte[] data, int start, int end, int track, int baseTick) {
    int firstNote = notes.size();
    int tick = baseTick;
    int running = 0;
    boolean cancelled = false;
    int events = 0;
    boolean ended = false;
    boolean truncated = false;
    at = start;
    boolean mayFill = end - start > MidiColumns.MAX_EVENTS;

    events:
    while (at < end && !(mayFill && columns.isFull())) {
      if (!readVariableLength(data, end)) {
        truncated = true;
        break;
      }
      tick += value;
      if (tick < 0) {
        warnings.add(Warning.TICK_OVERFLOW);
        tick = Integer.MAX_VALUE;
      }
      // One turn for an event; more where bytes must be skipped until a status is found.
      while (true) {
        if (at >= end) {
          truncated = true;
          break events;
        }
        int status = data[at] & 0xFF;
        if (status < 0x80) {
          if (running == 0) {
            warnings.add(Warning.ORPHAN_DATA_BYTE);
            at++;
            continue;
          }
          if (cancelled) {
            warnings.add(Warning.RUNNING_STATUS_AFTER_META);
            cancelled = false;
          }
          status = running;
        } else {
          at++;
        }

        if (status < 0xF0) {
          running = status;
          cancelled = false;
          int dataBytes = status >= 0xC0 && status < 0xE0 ? 1 : 2;
          if (at + dataBytes > end) {
            truncated = true;
            break events;
          }
          int first = data[at];
          int second = dataBytes == 2 ? data[at + 1] : 0;
          if ((first | second) < 0) {
            warnings.add(Warning.DATA_BYTE_HIGH);
            at += first < 0 ? 0 : 1;
            continue;
          }
          at += dataBytes;
          channelEvent(status, first, second, tick, track);
          events++;
          continue events;
        }
        if (status == META) {
          if (at >= end) {
            truncated = true;
            break events;
          }
          int type = data[at++] & 0xFF;
          if (!readVariableLength(data, end) || value > end - at) {
            truncated = true;
            break events;
          }
          events++;
          cancelled = running != 0;
          if (type == END_OF_TRACK) {
            ended = true;
            break events;
          }
          metaEvent(data, type, at, value, tick);
          at += value;
          continue events;
        }
        if (status == 0xF0 || status == 0xF7) {
          if (!readVariableLength(data, end) || value > end - at) {
            truncated = true;
            break events;
          }
          at += value;
          events++;
          cancelled = running != 0;
          continue events;
        }
        if (status < 0xF8) {
          warnings.add(Warning.SYSTEM_COMMON);
          at += status == 0xF2 ? 2 : status == 0xF1 || status == 0xF3 ? 1 : 0;
        } else {
          warnings.add(Warning.REALTIME);
        }
        continue events;
      }
    }

    if (truncated) {
      warnings.add(Warning.TRUNCATED_TRACK);
    } else if (!ended) {
      warnings.add(Warning.MISSING_END_OF_TRACK);
    }
    closeHangingNotes(firstNote, tick);
    if (events > 0) {
      columns.endAt(tick);
    }
    return events;
  }

  private void channelEvent(int status, int first, int second, int tick, int track) {
    int channel = status & 0x0F;
    switch (status >> 4) {
      case 0x9 -> {
        if (second > 0) {
          noteOn(tick, first, second, channel, track);
        } else {
          // A note-on of velocity 0 is a note-off, which lets running status go on (section 3.1).
          noteOff(tick, first, NO_RELEASE, channel);
        }
      }
      case 0x8 -> noteOff(tick, first, second, channel);
      case 0xC -> columns.programs().add(tick, channel << 8 | first);
      default -> {
        // Pressure, controllers and pitch bend: nothing that is asked for depends on them.
      }
    }
  }

  private void noteOn(int tick, int pitch, int velocity, int channel, int track) {
    int index = notes.open(tick, pitch, velocity, channel, track);
    if (index >= younger.length) {
      younger = Arrays.copyOf(younger, index * 2);
    }
    younger[index] = 0;
    int slot = channel << 7 | pitch;
    if (oldest[slot] == 0) {
      oldest[slot] = index + 1;
    } else {
      younger[newest[slot] - 1] = index + 1;
    }
    newest[slot] = index + 1;
  }

  private void noteOff(int tick, int pitch, int release, int channel) {
    int slot = channel << 7 | pitch;
    int index = oldest[slot] - 1;
    if (index >= 0) {
      notes.close(index, tick, release);
      oldest[slot] = younger[index];
    }
  }

  private void closeHangingNotes(int firstNote, int tick) {
    for (int i = firstNote; i < notes.size(); i++) {
      if (notes.isOpen(i)) {
        warnings.add(Warning.HANGING_NOTE);
        oldest[notes.channels()[i] << 7 | notes.pitches()[i]] = 0;
        notes.close(i, tick, NO_RELEASE);
      }
    }
  }

  private void metaEvent(byte[] data, int type, int body, int length, int tick) {
    switch (type) {
      case SET_TEMPO -> tempo(data, body, length, tick);
      case TIME_SIGNATURE -> meter(data, body, length, tick);
      case KEY_SIGNATURE -> key(data, body, length, tick);
      default -> {
        if (type >= 1 && type <= 7 && length > 0) {
          columns.texts().add(type, body, length);
        }
      }
    }
  }

  private void tempo(byte[] data, int body, int length, int tick) {
    if (length != 3) {
      warnings.add(Warning.META_LENGTH);
      return;
    }
    int micros = (data[body] & 0xFF) << 16 | (data[body + 1] & 0xFF) << 8 | (data[body + 2] & 0xFF);
    if (micros == 0) {
      warnings.add(Warning.TEMPO_ZERO);
    } else {
      columns.tempos().add(tick, micros);
    }
  }

  private void meter(byte[] data, int body, int length, int tick) {
    if (length < 2) {
      warnings.add(Warning.META_LENGTH);
      return;
    }
    int numerator = data[body] & 0xFF;
    int power = data[body + 1] & 0xFF;
    if (numerator == 0 || power > MAX_DENOMINATOR_POWER) {
      warnings.add(Warning.METER_INVALID);
    } else {
      columns.meters().add(tick, numerator << 8 | 1 << power);
    }
  }

  private void key(byte[] data, int body, int length, int tick) {
    if (length != 2) {
      warnings.add(Warning.META_LENGTH);
      return;
    }
    int sharps = data[body];
    int minor = data[body + 1];
    if (sharps < -7 || sharps > 7 || minor < 0 || minor > 1) {
      warnings.add(Warning.KEY_INVALID);
    } else {
      columns.keys().add(tick, (sharps + 7) << 1 | minor);
    }
  }

  /**
   * Reads a variable-length quantity (section 1.1) at {@link #at} into {@link #value}, 0 … 2²⁸−1;
   * false if the data ends in it.
   */
  private boolean readVariableLength(byte[] data, int end) {
    int result = 0;
    for (int bytes = 1; at < end; bytes++) {
      int b = data[at++];
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

  /** Gives back what a giant file made grow. */
  void trim() {
    if (younger.length > 1 << 16) {
      younger = new int[1 << 12];
    }
  }
}
