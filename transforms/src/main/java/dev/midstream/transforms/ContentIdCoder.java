package dev.midstream.transforms;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.NullableCoder;

/** Encodes a {@link ContentId} as its 32 bytes. */
final class ContentIdCoder extends AtomicCoder<ContentId> {
  static final ContentIdCoder INSTANCE = new ContentIdCoder();
  static final NullableCoder<ContentId> NULLABLE = NullableCoder.of(INSTANCE);

  private ContentIdCoder() {}

  @Override
  public void encode(ContentId id, OutputStream out) throws IOException {
    out.write(id.toBytes());
  }

  @Override
  public ContentId decode(InputStream in) throws IOException {
    byte[] digest = in.readNBytes(ContentId.BYTES);
    if (digest.length < ContentId.BYTES) {
      throw new EOFException("a content id ends after " + digest.length + " bytes");
    }
    return ContentId.ofDigest(digest);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
