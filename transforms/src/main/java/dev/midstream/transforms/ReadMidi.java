package dev.midstream.transforms;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.source.ContentReader;
import dev.midstream.source.FileEntry;
import dev.midstream.source.ReadMode;
import dev.midstream.transforms.ContentBatch.Content;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Takes in the bytes of each batch of files, reading or mapping them one after another into one
 * array. What cannot be read stays in the batch with the reason. Once {@link StopSignal} is given,
 * nothing more is read.
 */
public final class ReadMidi
    extends PTransform<PCollection<List<FileEntry>>, PCollection<ContentBatch>> {
  private final ReadMode mode;
  private final long maxFileBytes;

  private ReadMidi(ReadMode mode, long maxFileBytes) {
    this.mode = mode;
    this.maxFileBytes = maxFileBytes;
  }

  /** Reads with {@link ReadMode#AUTO} and files of at most 64 MiB. */
  public static ReadMidi batches() {
    return new ReadMidi(ReadMode.AUTO, 64L << 20);
  }

  /** Chooses how local files are taken in. */
  public ReadMidi withMode(ReadMode newMode) {
    return new ReadMidi(newMode, maxFileBytes);
  }

  /** The largest file that is read, 1 byte … 1 GiB; larger ones are rejected. */
  public ReadMidi withMaxFileBytes(long bytes) {
    if (bytes < 1 || bytes > 1L << 30) {
      throw new IllegalArgumentException("between 1 and " + (1L << 30) + " bytes, not " + bytes);
    }
    return new ReadMidi(mode, bytes);
  }

  @Override
  public PCollection<ContentBatch> expand(PCollection<List<FileEntry>> batches) {
    return batches
        .apply("Read", ParDo.of(new ReadFn(mode, maxFileBytes)))
        .setCoder(ContentBatchCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("readMode", mode.name()))
        .add(DisplayData.item("maxFileBytes", maxFileBytes));
  }

  static final class ReadFn extends DoFn<List<FileEntry>, ContentBatch> {
    private final Counter files = Metrics.counter("midstream", "files_read");
    private final Counter bytes = Metrics.counter("midstream", "bytes_read");
    private final ReadMode mode;
    private final long maxFileBytes;

    ReadFn(ReadMode mode, long maxFileBytes) {
      this.mode = mode;
      this.maxFileBytes = maxFileBytes;
    }

    @ProcessElement
    public void process(@Element List<FileEntry> batch, OutputReceiver<ContentBatch> out) {
      if (StopSignal.isGiven()) {
        return;
      }
      long start = System.nanoTime();
      long expected = 0;
      for (FileEntry file : batch) {
        boolean willBeRead = file.sizeBytes() >= 0 && file.sizeBytes() <= maxFileBytes;
        expected += willBeRead ? file.sizeBytes() : 0;
      }
      // The element owns the array that the files are read into: nothing is copied a second time.
      int capacity = (int) Math.min(expected, Integer.MAX_VALUE - 8);
      ContentReader reader = new ContentReader(mode, maxFileBytes, capacity);
      List<Content> contents = new ArrayList<>(batch.size());
      for (FileEntry file : batch) {
        int offset = reader.size();
        Rejected rejected = reader.append(file);
        contents.add(new Content(reader.entry(), offset, reader.size() - offset, rejected));
      }
      files.inc(batch.size());
      bytes.inc(reader.size());
      Progress.bytes(reader.size());
      Progress.spent(RunStage.READING, start);
      out.output(new ContentBatch(contents, reader.bytes(), reader.size()));
    }
  }
}
