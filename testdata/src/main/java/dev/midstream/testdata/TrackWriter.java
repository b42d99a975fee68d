package dev.midstream.testdata;

import java.io.ByteArrayOutputStream;

/** Encodes one track: delta times and running status. Events come in the order of their ticks. */
final class TrackWriter {
  private final boolean runningStatus;
  private final boolean statusSurvivesMeta;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long tick;
  private int status = -1;
  private boolean deltaWritten;

  /**
   * @param runningStatus leave out a channel status that repeats the last one
   * @param statusSurvivesMeta do so even right after a meta or sysex event, which the format
   *     forbids
   */
  TrackWriter(boolean runningStatus, boolean statusSurvivesMeta) {
    this.runningStatus = runningStatus;
    this.statusSurvivesMeta = statusSurvivesMeta;
  }

  void event(long atTick, byte[] message) {
    delta(atTick);
    int first = message[0] & 0xFF;
    if (first < 0x80) {
      throw new IllegalArgumentException("not a status byte: " + first);
    }
    boolean channelMessage = first < 0xF0;
    if (channelMessage && runningStatus && first == status) {
      out.write(message, 1, message.length - 1);
    } else {
      out.writeBytes(message);
    }
    if (channelMessage) {
      status = first;
    } else if (!statusSurvivesMeta) {
      status = -1;
    }
  }

  /** Data bytes without status; the next event follows at the same tick without a delta time. */
  void orphans(long atTick, byte[] data) {
    delta(atTick);
    out.writeBytes(data);
    deltaWritten = true;
  }

  /** Bytes as they are, delta time included. */
  void raw(byte[] bytes) {
    out.writeBytes(bytes);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void delta(long atTick) {
    if (deltaWritten) {
      if (atTick != tick) {
        throw new IllegalArgumentException("the delta time is already written");
      }
      deltaWritten = false;
      return;
    }
    out.writeBytes(Bytes.variableLength(atTick - tick));
    tick = atTick;
  }
}
