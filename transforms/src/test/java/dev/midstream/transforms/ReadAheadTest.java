package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.midstream.source.FileEntry;
import dev.midstream.source.ReadMode;
import java.util.ArrayList;
import java.util.List;
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

  private final ReadMidi.ReadFn fn = new ReadMidi.ReadFn(ReadMode.AUTO, 64 * MIB, 4);

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
  void threeMoreBatchesAreOnTheirWay() throws Exception {
    process("fake://a", 1);
    process("fake://b", 1);
    process("fake://c", 1);
    assertThat(out, empty());
    process("fake://d", 1);
    assertThat(out, contains("fake://a"));
    finishBundle();
    assertThat(out, contains("fake://a", "fake://b", "fake://c", "fake://d"));
  }

  @Test
  void ofLargeOnesNoMoreThanFitInMemory() throws Exception {
    process("fake://a", 60 * MIB);
    assertThat(out, empty());
    process("fake://b", 20 * MIB);
    assertThat(out, contains("fake://a"));
    process("fake://c", 20 * MIB);
    assertThat(out, contains("fake://a", "fake://b"));
    process("fake://d", 8 * MIB);
    assertThat(out, contains("fake://a", "fake://b"));
  }

  @Test
  void localOnesAreReadAtOnce() throws Exception {
    process("fake://a", 1);
    process("/no/such/file.mid", 1);
    assertThat(out, contains("/no/such/file.mid"));
  }
}
