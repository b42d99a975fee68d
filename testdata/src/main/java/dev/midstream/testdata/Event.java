package dev.midstream.testdata;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Anything in a track that is not a note. {@link Truth} understands the typed events; a {@link Raw}
 * one it passes over, so that is the shape for whatever a reader has to ignore.
 */
sealed interface Event {
  long tick();

  /** The message with its status byte, without delta time. */
  byte[] message();

  /** A tempo in microseconds per quarter note. */
  record Tempo(long tick, int micros) implements Event {
    static Tempo ofBpm(long tick, double bpm) {
      return new Tempo(tick, (int) Math.round(60_000_000 / bpm));
    }

    @Override
    public byte[] message() {
      return Bytes.meta(0x51, micros >> 16, micros >> 8, micros);
    }
  }

  /** A time signature. */
  record MeterChange(long tick, Meter meter) implements Event {
    @Override
    public byte[] message() {
      return Bytes.meta(0x58, meter.numerator(), meter.denominatorExponent(), 24, 8);
    }
  }

  /** A key signature. */
  record KeySignature(long tick, Key key) implements Event {
    @Override
    public byte[] message() {
      return Bytes.meta(0x59, key.sf(), key.minor() ? 1 : 0);
    }
  }

  /** A text-like meta event, types 01 to 07. */
  record Text(long tick, int type, String text, Charset charset) implements Event {
    static final int TEXT = 1;
    static final int COPYRIGHT = 2;
    static final int TRACK_NAME = 3;
    static final int INSTRUMENT_NAME = 4;
    static final int LYRIC = 5;
    static final int MARKER = 6;
    static final int CUE_POINT = 7;

    Text(long tick, int type, String text) {
      this(tick, type, text, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] message() {
      return Bytes.meta(type, text.getBytes(charset));
    }
  }

  /** A program change. */
  record Program(long tick, int channel, int program) implements Event {
    @Override
    public byte[] message() {
      return Bytes.of(0xC0 | channel, program);
    }
  }

  /** A controller change. */
  record Controller(long tick, int channel, int number, int value) implements Event {
    @Override
    public byte[] message() {
      return Bytes.of(0xB0 | channel, number, value);
    }
  }

  /** Bytes as they are, status byte included. */
  record Raw(long tick, byte[] message) implements Event {
    static Raw of(long tick, int... values) {
      return new Raw(tick, Bytes.of(values));
    }
  }

  /** Data bytes where a status byte belongs: they take the delta time of the event after them. */
  record Orphans(long tick, byte[] message) implements Event {}
}
