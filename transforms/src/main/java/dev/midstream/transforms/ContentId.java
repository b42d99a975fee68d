package dev.midstream.transforms;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of a content: what a content is known by, whatever paths it has. Immutable. */
public final class ContentId implements Comparable<ContentId> {
  /** Length of a digest in bytes. */
  public static final int BYTES = 32;

  private final byte[] digest;

  private ContentId(byte[] digest) {
    this.digest = digest;
  }

  /**
   * The identity with this digest, which is copied.
   *
   * @throws IllegalArgumentException if it has not {@link #BYTES} bytes
   */
  public static ContentId ofDigest(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + digest.length);
    }
    return new ContentId(digest.clone());
  }

  /** The identity of {@code data[offset … offset+length-1]}. */
  static ContentId ofContent(MessageDigest sha256, byte[] data, int offset, int length) {
    sha256.update(data, offset, length);
    return new ContentId(sha256.digest());
  }

  /** A digest for {@link #ofContent}; not thread-safe. */
  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }

  /** The 32 bytes; a copy. */
  public byte[] toBytes() {
    return digest.clone();
  }

  /** Orders as PostgreSQL orders {@code bytea}. */
  @Override
  public int compareTo(ContentId other) {
    return Arrays.compareUnsigned(digest, other.digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentId && Arrays.equals(digest, ((ContentId) other).digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** Hexadecimal, as {@code sha256sum} prints it. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest);
  }
}
