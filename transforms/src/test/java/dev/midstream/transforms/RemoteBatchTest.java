package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.midstream.source.FileEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.OutputBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The batches that {@link MatchMidi} makes of objects in buckets, smaller than those of files. */
class RemoteBatchTest {
  /** How many files each batch has. */
  private final List<Integer> sizes = new ArrayList<>();

  private final OutputReceiver<List<FileEntry>> receiver =
      new OutputReceiver<>() {
        @Override
        public OutputBuilder<List<FileEntry>> builder(List<FileEntry> batch) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void output(List<FileEntry> batch) {
          sizes.add(batch.size());
        }
      };

  @BeforeEach
  void useBuckets() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private void list(int batchFiles, String prefix, int files, long size) {
    MatchMidi.BatchFn fn = new MatchMidi.BatchFn(batchFiles);
    fn.startBundle();
    for (int i = 0; i < files; i++) {
      Metadata file =
          Metadata.builder()
              .setResourceId(FileSystems.matchNewResource(prefix + i + ".mid", false))
              .setSizeBytes(size)
              .setIsReadSeekEfficient(false)
              .build();
      fn.process(file, receiver);
    }
  }

  @Test
  void ofObjectsTheyAreSmall() {
    list(1000, "midi-bucket://object/gs://music/", 600, 1);
    assertThat(sizes, contains(250, 250));
    sizes.clear();
    list(1000, "midi-bucket://object/gs://music/", 5, 1 << 20);
    assertThat(sizes, contains(2, 2));
  }

  @Test
  void orAsSmallAsTheUserSays() {
    list(100, "midi-bucket://object/gs://music/", 250, 1);
    assertThat(sizes, contains(100, 100));
  }

  @Test
  void ofLocalFilesTheyAreLarge() {
    list(1000, "/music/", 2100, 1);
    assertThat(sizes, contains(1000, 1000));
    sizes.clear();
    list(1000, "/music/", 17, 1 << 20);
    assertThat(sizes, contains(8, 8));
  }
}
