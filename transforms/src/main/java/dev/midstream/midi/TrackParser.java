package dev.midstream.midi;

/**
 * Reads the events of one track chunk into the columns and pairs its notes, first in first out for
 * each channel and pitch. Two ways through the same bytes: {@link #plainEvents} takes the events
 * that nearly all music consists of, with everything in local variables; whatever it does not know
 * it leaves to {@link #anyEvent}, one event at a time, with every check and repair. Plain branches
 * over a byte array: measured faster than any cleverer scalar form. Not thread-safe.
 */
final class TrackParser {
  private static final int META = 0xFF;
  private static final int END_OF_TRACK = 0x2F;
  private static final int SET_TEMPO = 0x51;
  private static final int TIME_SIGNATURE = 0x58;
  private static final int KEY_SIGNATURE = 0x59;
  private static final int NO_RELEASE = 64;
  private static final int MAX_DENOMINATOR_POWER = 6;

  /** The longest plain event: a delta of four bytes, a status and two data bytes. */
  private static final int LONGEST_PLAIN_EVENT = 7;

  /** The shortest event that makes a note: a delta and two data bytes. */
  private static final int SHORTEST_NOTE = 3;

  /** Plain events are read in stretches of this many bytes, for which room is made at once. */
  private static final int STRETCH = 1 << 14;

  /**
   * The duration of a note that sounds and has no younger one of its channel and pitch; with one,
   * {@code -2 - index} of that. So the queue of the sounding needs no memory of its own.
   */
  private static final int SOUNDING = -1;

  private final MidiColumns columns;
  private final NoteColumns notes;
  private final WarningCounts warnings;

  /** For each channel and pitch the oldest and the newest sounding note, as index + 1; 0: none. */
  private final int[] oldest = new int[16 << 7];

  private final int[] newest = new int[16 << 7];

  // Where the track stands, between one way of reading and the other.
  private int at;
  private int tick;
  private int running;
  private boolean cancelled;
  private int events;
  private boolean ended;
  private boolean truncated;
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
  int parse(byte[] data, int start, int end, int baseTick) {
    notes.beginTrack();
    int firstNote = notes.size();
    at = start;
    tick = baseTick;
    running = 0;
    cancelled = false;
    events = 0;
    ended = false;
    truncated = false;

    while (at < end && !ended && !truncated && !columns.isFull()) {
      int stretch = Math.min(STRETCH, end - at);
      notes.reserve(stretch / SHORTEST_NOTE + 1);
      if (!plainEvents(data, at + stretch, end)) {
        anyEvent(data, end);
      }
    }

    if (truncated) {
      warnings.add(Warning.TRUNCATED_TRACK);
    } else if (!ended) {
      warnings.add(Warning.MISSING_END_OF_TRACK);
    }
    closeHangingNotes(firstNote);
    if (events > 0) {
      columns.endAt(tick);
    }
    return events;
  }

  /**
   * Reads channel events of at most four bytes of delta, under a status that is there or runs, up
   * to {@code stop}; false where it met something else, which it leaves unread.
   */
  private boolean plainEvents(byte[] data, int stop, int end) {
    int[] startTicks = notes.startTicks();
    int[] durationTicks = notes.durationTicks();
    byte[] pitches = notes.pitches();
    byte[] velocities = notes.velocities();
    byte[] releases = notes.releases();
    byte[] channels = notes.channels();
    int size = notes.size();
    int pos = at;
    int now = tick;
    int status = cancelled ? 0 : running;
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
          durationTicks[size] = SOUNDING;
          pitches[size] = (byte) first;
          velocities[size] = (byte) second;
          channels[size] = (byte) channel;
          if (older == 0) {
            oldest[slot] = size + 1;
          } else {
            durationTicks[newest[slot] - 1] = -2 - size;
          }
          newest[slot] = ++size;
        } else if (older > 0) {
          oldest[slot] = -1 - durationTicks[older - 1];
          durationTicks[older - 1] = then - startTicks[older - 1];
          // A note-on of velocity 0 is a note-off, which lets running status go on (section 3.1).
          releases[older - 1] = (byte) (kind == 0x9 ? NO_RELEASE : second);
        }
      } else if (kind == 0xC) {
        columns.programs().add(then, (newStatus & 0x0F) << 8 | first);
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
    at = plain ? pos : event;
    tick = now;
    events += read;
    if (read > 0) {
      running = status;
      cancelled = false;
    }
    return plain && pos >= stop;
  }

  /** Reads one event, whatever it is, with every check and repair. */
  private void anyEvent(byte[] data, int end) {
    if (!readVariableLength(data, end)) {
      truncated = true;
      return;
    }
    tick += value;
    if (tick < 0) {
      warnings.add(Warning.TICK_OVERFLOW);
      tick = Integer.MAX_VALUE;
    }
    // One turn for an event; more where bytes must be skipped until a status is found.
    while (at < end) {
      int status = data[at] & 0xFF;
      if (status < 0x80) {
        if (running == 0) {
          warnings.add(Warning.ORPHAN_DATA_BYTE);
          at++;
          continue;
        }
        if (cancelled) {
          warnings.add(Warning.RUNNING_STATUS_AFTER_META);
        }
        status = running;
      } else {
        at++;
      }
      if (status >= 0xF0) {
        systemEvent(data, status, end);
        return;
      }
      running = status;
      cancelled = false;
      int dataBytes = status >= 0xC0 && status < 0xE0 ? 1 : 2;
      if (at + dataBytes > end) {
        break;
      }
      int first = data[at];
      int second = dataBytes == 2 ? data[at + 1] : 0;
      if ((first | second) < 0) {
        warnings.add(Warning.DATA_BYTE_HIGH);
        at += first < 0 ? 0 : 1;
        continue;
      }
      at += dataBytes;
      channelEvent(status, first, second);
      events++;
      return;
    }
    truncated = true;
  }

  private void systemEvent(byte[] data, int status, int end) {
    if (status == META || status == 0xF0 || status == 0xF7) {
      if (status == META && at >= end) {
        truncated = true;
        return;
      }
      int type = status == META ? data[at++] & 0xFF : -1;
      if (!readVariableLength(data, end) || value > end - at) {
        truncated = true;
        return;
      }
      events++;
      cancelled = running != 0;
      ended = type == END_OF_TRACK;
      if (type >= 0) {
        metaEvent(data, type, at, value, tick);
      }
      at += value;
    } else if (status < 0xF8) {
      warnings.add(Warning.SYSTEM_COMMON);
      at += status == 0xF2 ? 2 : status == 0xF1 || status == 0xF3 ? 1 : 0;
    } else {
      warnings.add(Warning.REALTIME);
    }
  }

  private void channelEvent(int status, int first, int second) {
    int channel = status & 0x0F;
    switch (status >> 4) {
      case 0x9 -> {
        if (second > 0) {
          noteOn(first, second, channel);
        } else {
          noteOff(first, NO_RELEASE, channel);
        }
      }
      case 0x8 -> noteOff(first, second, channel);
      case 0xC -> columns.programs().add(tick, channel << 8 | first);
      default -> {
        // Pressure, controllers and pitch bend.
      }
    }
  }

  private void noteOn(int pitch, int velocity, int channel) {
    int index = notes.size();
    notes.startTicks()[index] = tick;
    notes.durationTicks()[index] = SOUNDING;
    notes.pitches()[index] = (byte) pitch;
    notes.velocities()[index] = (byte) velocity;
    notes.channels()[index] = (byte) channel;
    notes.setSize(index + 1);
    int slot = channel << 7 | pitch;
    if (oldest[slot] == 0) {
      oldest[slot] = index + 1;
    } else {
      notes.durationTicks()[newest[slot] - 1] = -2 - index;
    }
    newest[slot] = index + 1;
  }

  private void noteOff(int pitch, int release, int channel) {
    int slot = channel << 7 | pitch;
    int index = oldest[slot] - 1;
    if (index >= 0) {
      oldest[slot] = -1 - notes.durationTicks()[index];
      notes.durationTicks()[index] = tick - notes.startTicks()[index];
      notes.releases()[index] = (byte) release;
    }
  }

  private void closeHangingNotes(int firstNote) {
    int[] durations = notes.durationTicks();
    for (int i = firstNote; i < notes.size(); i++) {
      if (durations[i] < 0) {
        warnings.add(Warning.HANGING_NOTE);
        oldest[notes.channels()[i] << 7 | notes.pitches()[i]] = 0;
        durations[i] = tick - notes.startTicks()[i];
        notes.releases()[i] = NO_RELEASE;
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
}
