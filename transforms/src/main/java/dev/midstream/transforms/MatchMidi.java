package dev.midstream.transforms;

import dev.midstream.buckets.BucketFileSystem;
import dev.midstream.buckets.BucketResourceId;
import dev.midstream.buckets.BucketSplit;
import dev.midstream.source.FileEntry;
import dev.midstream.source.FolderResourceId;
import dev.midstream.source.FolderSplit;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.MidiNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MetadataCoderV2;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Lists the files of a library, in batches. A folder, local or in a bucket, is divided into parts,
 * which are listed side by side; batches are made in the bundle right behind the matching, so that
 * no single files are shuffled. {@link Deal} spreads them over the workers.
 */
public final class MatchMidi extends PTransform<PBegin, PCollection<List<FileEntry>>> {
  /** The bytes, as listed, from which on a batch is full; a larger file is a batch of its own. */
  public static final long BATCH_BYTES = 8L << 20;

  /**
   * The same of files that are not local, and how many they may be. Small ones, so that all workers
   * begin soon, get the same share, and wait for little at the end; and so that a worker can see to
   * its reads between two of them.
   */
  static final long REMOTE_BATCH_BYTES = 2L << 20;

  static final int REMOTE_BATCH_FILES = 250;

  /** A folder of no more files is listed by one worker: that takes no longer than dividing it. */
  private static final int FEW_FILES = 4000;

  /**
   * The bundles that the parts of a folder are listed in: enough for the threads of any one
   * machine, and so that the files of one, which are in memory as objects, are a small part of a
   * library.
   */
  private static final int LISTINGS = 32;

  private final List<String> patterns;
  private final int batchFiles;

  private MatchMidi(List<String> patterns, int batchFiles) {
    this.patterns = List.copyOf(patterns);
    this.batchFiles = batchFiles;
  }

  /** Matches {@code patterns}, in the form that Beam's file systems understand. */
  public static MatchMidi patterns(List<String> patterns) {
    return new MatchMidi(patterns, 1000);
  }

  /** The most files of a batch, at least 1; 1,000 if not said. */
  public MatchMidi withBatchFiles(int files) {
    if (files < 1) {
      throw new IllegalArgumentException("a batch has at least one file, not " + files);
    }
    return new MatchMidi(patterns, files);
  }

  @Override
  public PCollection<List<FileEntry>> expand(PBegin input) {
    return input
        .apply("Patterns", Create.of(patterns).withCoder(StringUtf8Coder.of()))
        .apply("Split", ParDo.of(new SplitFn()))
        .setCoder(ListCoder.of(StringUtf8Coder.of()))
        // Dealt out, so that what some parts hold is in batches before the next ones are listed.
        .apply("Side by side", Deal.toWorkers())
        .apply("Parts", Flatten.iterables())
        .apply(
            "Match",
            FileIO.matchAll()
                .withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW)
                .withOutputParallelization(false))
        // The default coder drops the modification time.
        .setCoder(MetadataCoderV2.of())
        .apply("Batch", ParDo.of(new BatchFn(batchFiles)))
        .setCoder(ListCoder.of(FileEntryCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("patterns", String.join(",", patterns)))
        .add(DisplayData.item("batchFiles", batchFiles));
  }

  /**
   * Divides large folders, and trees in buckets, into parts, a few of which are listed together.
   */
  static final class SplitFn extends DoFn<String, List<String>> {
    @ProcessElement
    public void process(@Element String pattern, OutputReceiver<List<String>> out)
        throws IOException {
      if (BucketFileSystem.isSpec(pattern)) {
        BucketSplit.split(pattern, parts -> deal(parts, out));
      } else {
        deal(FolderSplit.split(pattern, FEW_FILES), out);
      }
    }

    private static void deal(List<String> parts, OutputReceiver<List<String>> out) {
      int listings = Math.min(parts.size(), LISTINGS);
      for (int listing = 0; listing < listings; listing++) {
        List<String> together = new ArrayList<>();
        for (int part = listing; part < parts.size(); part += listings) {
          together.add(parts.get(part));
        }
        out.output(together);
      }
    }
  }

  /** Gathers files within a bundle, whatever its size. */
  static final class BatchFn extends DoFn<Metadata, List<FileEntry>> {
    private final Counter listed = Metrics.counter("midstream", "files_listed");
    private final int batchFiles;
    private transient List<FileEntry> batch;
    private transient long bytes;

    BatchFn(int batchFiles) {
      this.batchFiles = batchFiles;
    }

    @StartBundle
    public void startBundle() {
      batch = new ArrayList<>();
      bytes = 0;
    }

    @ProcessElement
    public void process(@Element Metadata file, OutputReceiver<List<FileEntry>> out) {
      String uri = uriOf(file.resourceId());
      // A pattern for Beam's file systems cannot say "any of these extensions, whatever the case".
      boolean isLocal = LocalPaths.isLocal(uri);
      if (!isLocal && !MidiNames.matches(uri)) {
        return;
      }
      Progress.matched();
      long size = Math.max(0, file.sizeBytes());
      long mostBytes = isLocal ? BATCH_BYTES : REMOTE_BATCH_BYTES;
      if (!batch.isEmpty() && bytes + size > mostBytes) {
        out.output(take());
      }
      batch.add(new FileEntry(uri, file.sizeBytes(), file.lastModifiedMillis()));
      bytes += size;
      int mostFiles = isLocal ? batchFiles : Math.min(batchFiles, REMOTE_BATCH_FILES);
      if (batch.size() >= mostFiles) {
        out.output(take());
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (!batch.isEmpty()) {
        context.output(take(), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }
    }

    private List<FileEntry> take() {
      listed.inc(batch.size());
      List<FileEntry> full = FileBatch.of(batch);
      batch = new ArrayList<>();
      bytes = 0;
      return full;
    }

    private static String uriOf(ResourceId id) {
      if (id instanceof BucketResourceId) {
        return ((BucketResourceId) id).uri();
      }
      return id instanceof FolderResourceId ? ((FolderResourceId) id).uri() : id.toString();
    }
  }
}
