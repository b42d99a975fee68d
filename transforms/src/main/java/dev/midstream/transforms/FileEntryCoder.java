package dev.midstream.transforms;

import dev.midstream.source.FileEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes a {@link FileEntry}. */
public final class FileEntryCoder extends AtomicCoder<FileEntry> {
  private static final FileEntryCoder INSTANCE = new FileEntryCoder();

  private FileEntryCoder() {}

  /** The coder. */
  public static FileEntryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(FileEntry entry, OutputStream out) throws IOException {
    Wire.TEXT.encode(entry.uri(), out);
    Wire.LONG.encode(entry.sizeBytes(), out);
    Wire.LONG.encode(entry.modifiedMillis(), out);
  }

  @Override
  public FileEntry decode(InputStream in) throws IOException {
    return new FileEntry(Wire.TEXT.decode(in), Wire.LONG.decode(in), Wire.LONG.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
