package dev.midstream.transforms;

import dev.midstream.transforms.ContentBatch.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes a {@link ContentBatch}, bytes and all, for runners that do not fuse. */
public final class ContentBatchCoder extends AtomicCoder<ContentBatch> {
  private static final ContentBatchCoder INSTANCE = new ContentBatchCoder();

  private ContentBatchCoder() {}

  /** The coder. */
  public static ContentBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ContentBatch batch, OutputStream out) throws IOException {
    Wire.writeList(batch.contents(), out, ContentBatchCoder::encodeContent);
    Wire.INT.encode(batch.size(), out);
    out.write(batch.bytes(), 0, batch.size());
  }

  @Override
  public ContentBatch decode(InputStream in) throws IOException {
    List<Content> contents = Wire.readList(in, ContentBatchCoder::decodeContent);
    int size = Wire.INT.decode(in);
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("a batch of " + size + " bytes ends after " + bytes.length);
    }
    return new ContentBatch(contents, bytes, size);
  }

  private static void encodeContent(Content content, OutputStream out) throws IOException {
    FileEntryCoder.of().encode(content.entry(), out);
    Wire.INT.encode(content.offset(), out);
    Wire.INT.encode(content.length(), out);
    RejectedCoder.NULLABLE.encode(content.rejected(), out);
  }

  private static Content decodeContent(InputStream in) throws IOException {
    return new Content(
        FileEntryCoder.of().decode(in),
        Wire.INT.decode(in),
        Wire.INT.decode(in),
        RejectedCoder.NULLABLE.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
