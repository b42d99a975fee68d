package dev.midstream.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes a {@link FileOutcome}. */
public final class FileOutcomeCoder extends AtomicCoder<FileOutcome> {
  private static final FileOutcomeCoder INSTANCE = new FileOutcomeCoder();

  private FileOutcomeCoder() {}

  /** The coder. */
  public static FileOutcomeCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(FileOutcome outcome, OutputStream out) throws IOException {
    FileEntryCoder.of().encode(outcome.entry(), out);
    ContentIdCoder.NULLABLE.encode(outcome.content(), out);
    RejectedCoder.NULLABLE.encode(outcome.rejected(), out);
  }

  @Override
  public FileOutcome decode(InputStream in) throws IOException {
    return new FileOutcome(
        FileEntryCoder.of().decode(in),
        ContentIdCoder.NULLABLE.decode(in),
        RejectedCoder.NULLABLE.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
