package dev.midstream.analysis;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * 128 bits that stand for music: equal for what {@link Fingerprints} calls the same, and different
 * for everything else but for a chance of one in 2¹²⁸ a pair. Not made to withstand somebody who
 * looks for collisions. Immutable.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight
 */
public record Fingerprint(long high, long low) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /** The 16 bytes; a new array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** Hexadecimal, as PostgreSQL prints it behind {@code \x}. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
