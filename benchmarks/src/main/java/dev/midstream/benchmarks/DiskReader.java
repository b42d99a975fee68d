package dev.midstream.benchmarks;

import dev.midstream.source.ContentReader;
import dev.midstream.source.FileEntry;
import dev.midstream.source.ReadMode;

/**
 * All that is done to a file before it is written: read from disk as batches are, to the end of an
 * array of their size, and then as {@link AnalysisReader}.
 */
public final class DiskReader implements FileReader {
  private static final int BATCH_BYTES = 8 << 20;
  private static final long MAX_FILE_BYTES = 64L << 20;

  private AnalysisReader analysis = new AnalysisReader();
  private ContentReader batch = newBatch(0);

  /** A reader of no file yet. */
  public DiskReader() {}

  private static ContentReader newBatch(long fileBytes) {
    int capacity = (int) Math.max(BATCH_BYTES, Math.min(fileBytes, MAX_FILE_BYTES));
    return new ContentReader(ReadMode.AUTO, MAX_FILE_BYTES, capacity);
  }

  /** Takes a new arena for what comes next. */
  public void renewArena() {
    analysis = new AnalysisReader();
  }

  @Override
  public boolean read(CorpusFile file) {
    return read(file.entry());
  }

  /** Reads a file that is not in memory; false if that could not be done. */
  public boolean read(FileEntry file) {
    if (batch.size() + file.sizeBytes() > batch.bytes().length) {
      batch = newBatch(file.sizeBytes());
    }
    int offset = batch.size();
    return batch.append(file) == null
        && analysis.read(batch.bytes(), offset, batch.size() - offset);
  }

  @Override
  public int notes() {
    return analysis.notes();
  }
}
