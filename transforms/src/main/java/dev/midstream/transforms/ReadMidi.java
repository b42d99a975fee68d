package dev.midstream.transforms;

import dev.midstream.buckets.RemoteReader;
import dev.midstream.buckets.RemoteReader.Read;
import dev.midstream.buckets.StoreUse;
import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.source.ContentReader;
import dev.midstream.source.FileEntry;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.ReadMode;
import dev.midstream.transforms.ContentBatch.Content;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the bytes of each batch of files into one array: local files one after another, read or
 * mapped; others many at a time. What cannot be read stays in the batch with the reason. Once
 * {@link StopSignal} is given, nothing more is read.
 */
public final class ReadMidi
    extends PTransform<PCollection<List<FileEntry>>, PCollection<ContentBatch>> {
  private final ReadMode mode;
  private final long maxFileBytes;
  private final int remoteReads;

  private ReadMidi(ReadMode mode, long maxFileBytes, int remoteReads) {
    this.mode = mode;
    this.maxFileBytes = maxFileBytes;
    this.remoteReads = remoteReads;
  }

  /** Reads with {@link ReadMode#AUTO}, files of at most 64 MiB, and 32 remote ones at a time. */
  public static ReadMidi batches() {
    return new ReadMidi(ReadMode.AUTO, 64L << 20, 32);
  }

  /** Chooses how local files are taken in. */
  public ReadMidi withMode(ReadMode newMode) {
    return new ReadMidi(newMode, maxFileBytes, remoteReads);
  }

  /** The largest file that is read, 1 byte … 1 GiB; larger ones are rejected. */
  public ReadMidi withMaxFileBytes(long bytes) {
    if (bytes < 1 || bytes > 1L << 30) {
      throw new IllegalArgumentException("between 1 and " + (1L << 30) + " bytes, not " + bytes);
    }
    return new ReadMidi(mode, bytes, remoteReads);
  }

  /** How many files that are not local are read at once in each worker JVM, 1 to 1,000. */
  public ReadMidi withRemoteReads(int reads) {
    if (reads < 1 || reads > 1000) {
      throw new IllegalArgumentException("between 1 and 1000, not " + reads);
    }
    return new ReadMidi(mode, maxFileBytes, reads);
  }

  @Override
  public PCollection<ContentBatch> expand(PCollection<List<FileEntry>> batches) {
    return batches
        .apply("Read", ParDo.of(new ReadFn(mode, maxFileBytes, remoteReads)))
        .setCoder(ContentBatchCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("readMode", mode.name()))
        .add(DisplayData.item("maxFileBytes", maxFileBytes))
        .add(DisplayData.item("remoteReads", remoteReads));
  }

  /**
   * The share of a worker's memory for batches that are on their way, or wait to be analysed: 64
   * MiB of what a TaskManager with one slot has if nothing is said.
   */
  private static final int HEAP_SHARE = 8;

  /** What a file takes besides its bytes while it is on its way. */
  private static final long FILE_BYTES = 1 << 10;

  /** As long as fewer objects wait for each read, the next batch is asked for before anything. */
  private static final int ENOUGH_WAITING = 32;

  /** A batch of which the local files are still to be read; others, if any, are on their way. */
  private record Reading(
      List<FileEntry> files,
      long bytes,
      ContentReader into,
      RemoteReader.@Nullable Reading remote) {}

  static final class ReadFn extends DoFn<List<FileEntry>, ContentBatch> {
    private final Counter files = Metrics.counter("midstream", "files_read");
    private final Counter bytes = Metrics.counter("midstream", "bytes_read");
    private final Counter retries = Metrics.counter("midstream", "retries");
    private final ReadMode mode;
    private final long maxFileBytes;
    private final int remoteReads;

    /** Those on their way, first asked for first; none between bundles. */
    private transient Deque<Reading> ahead;

    private transient long bytesAhead;

    /** The most of them, for all steps of this JVM that read. */
    private transient long mostBytesAhead;

    private transient RemoteReader remoteReader;
    private transient @Nullable StoreUse stores;

    ReadFn(ReadMode mode, long maxFileBytes, int remoteReads) {
      this.mode = mode;
      this.maxFileBytes = maxFileBytes;
      this.remoteReads = remoteReads;
    }

    @Setup
    public void setup() {
      stores = StoreUse.begin();
      ahead = new ArrayDeque<>();
      allowAhead(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
      remoteReader = new RemoteReader(remoteReads, maxFileBytes, StopSignal::isGiven);
    }

    void allowAhead(long newMostBytes) {
      mostBytesAhead = newMostBytes;
    }

    @ProcessElement
    public void process(@Element List<FileEntry> packed, OutputReceiver<ContentBatch> out)
        throws IOException, InterruptedException {
      if (StopSignal.isGiven()) {
        return;
      }
      Reading reading = begin(packed);
      if (reading.remote == null) {
        finish(reading, out::output);
        return;
      }
      ahead.add(reading);
      bytesAhead += reading.bytes;
      while (isFarAhead() || isTimeToAnalyze()) {
        finish(next(), out::output);
      }
    }

    private Reading next() {
      Reading next = ahead.remove();
      bytesAhead -= next.bytes;
      return next;
    }

    private boolean isFarAhead() {
      return ahead.size() > 1 && bytesAhead > mostBytesAhead / StoreUse.users();
    }

    /**
     * Whether a batch is there and the reads have enough to do meanwhile. How long it takes nobody
     * knows: in a new job, whose code is not compiled yet, ten times as long as later.
     */
    private boolean isTimeToAnalyze() {
      return !ahead.isEmpty()
          && remoteReader.waiting() >= ENOUGH_WAITING * remoteReads
          && ahead.element().remote.isDone();
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException, InterruptedException {
      while (!ahead.isEmpty()) {
        finish(
            next(),
            batch ->
                context.output(batch, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
      }
    }

    @Teardown
    public void teardown() {
      if (ahead != null) {
        ahead.forEach(reading -> reading.remote.cancel());
      }
      if (stores != null) {
        stores.close();
      }
    }

    private Reading begin(List<FileEntry> packed) throws IOException {
      long start = System.nanoTime();
      // A FileBatch makes its elements anew each time.
      List<FileEntry> files = List.copyOf(packed);
      long expected = 0;
      for (FileEntry file : files) {
        boolean willBeRead = file.sizeBytes() >= 0 && file.sizeBytes() <= maxFileBytes;
        expected += willBeRead ? file.sizeBytes() : 0;
      }
      // The element owns the array that the files are read into: nothing is copied a second time.
      int capacity = (int) Math.min(expected, Integer.MAX_VALUE - 8);
      ContentReader into = new ContentReader(mode, maxFileBytes, capacity);
      List<FileEntry> remote =
          files.stream().filter(file -> !LocalPaths.isLocal(file.uri())).toList();
      RemoteReader.Reading fetched = remote.isEmpty() ? null : remoteReader.begin(remote, into);
      Progress.spent(RunStage.READING, start);
      return new Reading(files, expected + FILE_BYTES * files.size(), into, fetched);
    }

    private void finish(Reading reading, Consumer<ContentBatch> out)
        throws IOException, InterruptedException {
      long start = System.nanoTime();
      Iterator<Read> fetched = Collections.emptyIterator();
      try {
        if (reading.remote != null) {
          fetched = reading.remote.finish().iterator();
        }
      } catch (CancellationException stopped) {
        return;
      }
      ContentReader reader = reading.into;
      List<Content> contents = new ArrayList<>(reading.files.size());
      for (FileEntry file : reading.files) {
        contents.add(
            LocalPaths.isLocal(file.uri()) ? readLocal(file, reader) : contentOf(fetched.next()));
      }
      files.inc(contents.size());
      bytes.inc(reader.size());
      Progress.bytes(reader.size());
      Progress.spent(RunStage.READING, start);
      out.accept(new ContentBatch(contents, reader.bytes(), reader.size()));
    }

    private static Content readLocal(FileEntry file, ContentReader reader) {
      int offset = reader.size();
      Rejected rejected = reader.append(file);
      return new Content(reader.entry(), offset, reader.size() - offset, rejected);
    }

    private Content contentOf(Read read) {
      retries.inc(read.retries());
      return new Content(read.entry(), read.offset(), read.length(), read.rejected());
    }
  }
}
