package dev.midstream.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A key for a path that is too long for one: an index of PostgreSQL takes 2,704 bytes at most, a
 * path of Linux may have 4,096. How it begins is kept, so that what is below a folder still is, and
 * its SHA-256 tells it from others that begin alike: {@code /music/very/lo…#9f86d081….}
 */
final class LongPath {
  /** UTF-8 bytes that are kept, with room for the digest. */
  private static final int KEPT_BYTES = 2_400;

  private LongPath() {}

  /** The key; the same for the same path, in every run. */
  static String key(String uri) {
    byte[] bytes = uri.getBytes(StandardCharsets.UTF_8);
    int kept = Math.min(bytes.length, KEPT_BYTES);
    // Not in the middle of a character, whose bytes but the first are 10xxxxxx.
    while (kept < bytes.length && kept > 0 && (bytes[kept] & 0xC0) == 0x80) {
      kept--;
    }
    return new String(bytes, 0, kept, StandardCharsets.UTF_8) + "…#" + sha256(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }
}
