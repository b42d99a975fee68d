package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.midstream.buckets.FakeStore;
import dev.midstream.source.FileEntry;
import dev.midstream.source.ReadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which batches of a bundle {@link ReadMidi} still holds when it takes the next: those whose
 * objects are on their way. The objects are in a store that has none of them.
 */
class ReadAheadTest {
  private static final int MIB = 1 << 20;
  private static final int READS = 4;

  private final ReadMidi.ReadFn fn = new ReadMidi.ReadFn(ReadMode.AUTO, 64 * MIB, READS);

  /** The first file of each batch that came out, in the order in which they did. */
  private final List<String> out = new ArrayList<>();

  private final OutputReceiver<ContentBatch> receiver =
      new OutputReceiver<>() {
        @Override
        public OutputBuilder<ContentBatch> builder(ContentBatch batch) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void output(ContentBatch batch) {
          collect(batch);
        }
      };

  @BeforeEach
  void setUp() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    fn.setup();
  }

  @AfterEach
  void tearDown() {
    fn.teardown();
    FakeStore.reset();
  }

  private void collect(ContentBatch batch) {
    out.add(batch.contents().get(0).entry().uri());
  }

  private void process(String uri, long size) throws Exception {
    fn.process(List.of(new FileEntry(uri, size, 0)), receiver);
  }

  private void finishBundle() throws Exception {
    DoFn<List<FileEntry>, ContentBatch>.FinishBundleContext context =
        fn.new FinishBundleContext() {
          @Override
          public PipelineOptions getPipelineOptions() {
            return PipelineOptionsFactory.create();
          }

          @Override
          public void output(ContentBatch batch, Instant time, BoundedWindow window) {
            collect(batch);
          }

          @Override
          public <T> void output(TupleTag<T> tag, T output, Instant time, BoundedWindow window) {
            throw new UnsupportedOperationException();
          }
        };
    fn.finishBundle(context);
  }

  @Test
  void theNextIsAskedForBeforeAnythingAsLongAsFewWait() throws Exception {
    for (String uri : List.of("fake://a", "fake://b", "fake://c", "fake://d", "fake://e")) {
      process(uri, 1);
      // There long ago; but if it were analysed now, nothing would be read meanwhile.
      Thread.sleep(20);
    }
    assertThat(out, empty());
    finishBundle();
    assertThat(out, contains("fake://a", "fake://b", "fake://c", "fake://d", "fake://e"));
  }

  @Test
  void whatIsThereGoesOnWhileEnoughIsOnItsWay() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    process("fake://a", 1);
    List<FileEntry> held = new ArrayList<>();
    for (int i = 0; i < READS + 32 * READS; i++) {
      FakeStore.hold("held" + i, free);
      held.add(new FileEntry("fake://held" + i, 1, 0));
    }
    fn.process(held, receiver);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (int more = 0; out.isEmpty() && System.nanoTime() < deadline; more++) {
      process("fake://more" + more, 1);
    }
    // Without waiting for the others, which are still held.
    assertThat(out, contains("fake://a"));
    free.countDown();
    finishBundle();
    assertThat(out.subList(0, 2), contains("fake://a", "fake://held0"));
  }

  @Test
  void noMoreThanFitInMemory() throws Exception {
    fn.allowAhead(32 * MIB);
    process("fake://a", 60 * MIB);
    assertThat(out, empty());
    process("fake://b", 20 * MIB);
    assertThat(out, contains("fake://a"));
    process("fake://c", 10 * MIB);
    assertThat(out, contains("fake://a"));
    process("fake://d", 8 * MIB);
    assertThat(out, contains("fake://a", "fake://b"));
  }

  @Test
  void aFileOfNoBytesTakesMemoryToo() throws Exception {
    fn.allowAhead(4 << 10);
    process("fake://a", 0);
    process("fake://b", 0);
    process("fake://c", 0);
    assertThat(out, empty());
    process("fake://d", 0);
    process("fake://e", 0);
    assertThat(out, contains("fake://a"));
  }

  @Test
  void allStepsOfAWorkerShareItsMemory() throws Exception {
    fn.allowAhead(32 * MIB);
    ReadMidi.ReadFn other = new ReadMidi.ReadFn(ReadMode.AUTO, 64 * MIB, READS);
    other.setup();
    try {
      process("fake://a", 12 * MIB);
      process("fake://b", 12 * MIB);
      assertThat(out, contains("fake://a"));
    } finally {
      other.teardown();
    }
  }

  @Test
  void localOnesAreReadAtOnce() throws Exception {
    process("fake://a", 1);
    process("/no/such/file.mid", 1);
    assertThat(out, contains("/no/such/file.mid"));
  }
}
