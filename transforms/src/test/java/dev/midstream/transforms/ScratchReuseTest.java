package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import com.sun.management.ThreadMXBean;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.AnalyzeMidi.AnalyzeFn;
import dev.midstream.transforms.ContentBatch.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.OutputBuilder;
import org.junit.jupiter.api.Test;

/**
 * A worker's arena serves file after file, batch after batch and bundle after bundle: counted in
 * bytes allocated, so that it is noticed, without measuring time, when it no longer does.
 */
class ScratchReuseTest {
  private static final Path LIBRARY = Path.of(System.getProperty("midstream.testdata"), "library");

  /**
   * An outcome and an analysis, with texts and lists, take some 3 KB; an arena a hundred times
   * that.
   */
  private static final long OUTCOME_BYTES = 20_000;

  private static final OutputReceiver<AnalyzedBatch> NOWHERE =
      new OutputReceiver<>() {
        @Override
        public void output(AnalyzedBatch batch) {}

        @Override
        public OutputBuilder<AnalyzedBatch> builder(AnalyzedBatch batch) {
          throw new UnsupportedOperationException();
        }
      };

  /** Each file of the sample library as a batch of its own, as bundles of one element bring it. */
  private static List<ContentBatch> batches() throws IOException {
    List<ContentBatch> batches = new ArrayList<>();
    try (Stream<Path> files = Files.walk(LIBRARY)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(
              file -> {
                byte[] bytes = bytesOf(file);
                Content content =
                    new Content(
                        new FileEntry(file.toString(), bytes.length, 0), 0, bytes.length, null);
                batches.add(new ContentBatch(List.of(content), bytes, bytes.length));
              });
    }
    return batches;
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AnalyzeFn worker() {
    AnalyzeFn worker = new AnalyzeFn(KnownContents.none());
    worker.setup();
    return worker;
  }

  /**
   * Bytes that this thread allocates a file: the median of three passes, the first ones not
   * counted.
   */
  private static long bytesOfFile(List<ContentBatch> batches, Supplier<AnalyzeFn> workers)
      throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] passes = new long[5];
    for (int pass = 0; pass < passes.length; pass++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (ContentBatch batch : batches) {
        AnalyzeFn worker = workers.get();
        worker.process(batch, NOWHERE);
        worker.finishBundle();
      }
      passes[pass] = (threads.getCurrentThreadAllocatedBytes() - before) / batches.size();
    }
    long[] counted = Arrays.copyOfRange(passes, 2, passes.length);
    Arrays.sort(counted);
    return counted[1];
  }

  @Test
  void oneArenaServesAllFilesOfAWorker() throws Exception {
    List<ContentBatch> batches = batches();
    AnalyzeFn one = worker();
    long reused = bytesOfFile(batches, () -> one);
    assertThat("bytes a file", reused, lessThan(OUTCOME_BYTES));
    // That the count would tell.
    assertThat(
        "bytes a file without reuse",
        bytesOfFile(batches, ScratchReuseTest::worker),
        greaterThan(5 * reused));
  }
}
