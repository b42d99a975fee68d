package dev.midstream.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Standard MIDI Files spelled out byte by byte, well formed or not, for tests. */
public final class Smf {
  private Smf() {}

  /** The low eight bits of each value. */
  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] int32(long value) {
    return bytes((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
  }

  public static byte[] chunk(String id, long announcedLength, byte[] body) {
    return join(ascii(id), int32(announcedLength), body);
  }

  public static byte[] header(int format, int tracks, int division) {
    return chunk(
        "MThd", 6, bytes(format >> 8, format, tracks >> 8, tracks, division >> 8, division));
  }

  /** A track chunk of these bytes; End of Track is the caller's business. */
  public static byte[] track(int... body) {
    return chunk("MTrk", body.length, bytes(body));
  }

  /** A file of whole track chunks, with a header that tells the truth. */
  public static byte[] file(int format, int division, byte[]... tracks) {
    return join(header(format, tracks.length, division), join(tracks));
  }

  public static byte[] file(int format, int division, TestTrack... tracks) {
    byte[][] chunks = new byte[tracks.length][];
    for (int i = 0; i < tracks.length; i++) {
      chunks[i] = tracks[i].toChunk();
    }
    return file(format, division, chunks);
  }

  /** A variable-length quantity of as many bytes as it needs. */
  public static byte[] variableLength(int value) {
    int length = 1;
    while (value >>> (7 * length) != 0) {
      length++;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int septet = value >>> (7 * (length - 1 - i)) & 0x7F;
      bytes[i] = (byte) (i < length - 1 ? septet | 0x80 : septet);
    }
    return bytes;
  }

  public static byte[] riff(String form, byte[]... chunks) {
    byte[] body = join(ascii(form), join(chunks));
    return join(ascii("RIFF"), littleEndian32(body.length), body);
  }

  public static byte[] riffChunk(String id, byte[] body) {
    byte[] padding = new byte[body.length & 1];
    return join(ascii(id), littleEndian32(body.length), body, padding);
  }

  private static byte[] littleEndian32(int value) {
    return bytes(value, value >> 8, value >> 16, value >> 24);
  }
}
