package dev.midstream.testdata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Byte-level spelling of Standard MIDI Files. */
final class Bytes {
  private Bytes() {}

  /** The low eight bits of each value. */
  static byte[] of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] int32(long value) {
    return of((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
  }

  static byte[] int16(int value) {
    return of(value >> 8, value);
  }

  static byte[] littleEndian32(int value) {
    return of(value, value >> 8, value >> 16, value >> 24);
  }

  /** A variable-length quantity, at most four bytes. */
  static byte[] variableLength(long value) {
    if (value < 0 || value > 0x0FFF_FFFF) {
      throw new IllegalArgumentException("variable-length quantity " + value);
    }
    int length = 1;
    while (value >> (7 * length) != 0) {
      length++;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int septet = (int) (value >> (7 * (length - 1 - i))) & 0x7F;
      bytes[i] = (byte) (i < length - 1 ? septet | 0x80 : septet);
    }
    return bytes;
  }

  static byte[] meta(int type, byte[] data) {
    return concat(of(0xFF, type), variableLength(data.length), data);
  }

  static byte[] meta(int type, int... data) {
    return meta(type, of(data));
  }

  /** A complete system exclusive event; {@code data} is what stands between F0 and F7. */
  static byte[] sysex(int... data) {
    return concat(of(0xF0), variableLength(data.length + 1), of(data), of(0xF7));
  }

  /** A chunk whose length field says {@code declaredLength}, true or not. */
  static byte[] chunk(String type, long declaredLength, byte[] data) {
    return concat(ascii(type), int32(declaredLength), data);
  }

  static byte[] chunk(String type, byte[] data) {
    return chunk(type, data.length, data);
  }
}
