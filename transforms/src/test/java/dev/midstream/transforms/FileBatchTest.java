package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.midstream.source.FileEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class FileBatchTest {
  private static final List<FileEntry> FILES =
      List.of(
          new FileEntry("/music/a/one.mid", 0, 0),
          new FileEntry("/music/b/one.mid", FileEntry.NOT_A_FILE, Long.MIN_VALUE),
          new FileEntry("/music/a/\u00e9\u20ac\ud83c\udfb5 %41.kar", Long.MAX_VALUE, 1),
          new FileEntry("gs://bucket/a/", 7, 8),
          new FileEntry("no-folder.mid", 5, 1_700_000_000_123L),
          new FileEntry("", 1, 2));

  @Test
  void holdsWhatItWasMadeOf() throws Exception {
    FileBatch batch = FileBatch.of(FILES);
    assertThat(new ArrayList<>(batch), is(FILES));
    assertThat(batch, is(FILES));
    assertThat(batch.hashCode(), is(FILES.hashCode()));
    assertThat(batch.get(4), is(FILES.get(4)));
    assertThat(FileBatch.of(List.of()), is(List.of()));
    ListCoder<FileEntry> coder = ListCoder.of(FileEntryCoder.of());
    assertThat(
        CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, batch)),
        is(FILES));
  }

  /** So that the names of millions of files may wait in memory. */
  @Test
  void aFileTakesAFewDozenBytes() {
    List<FileEntry> files = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      files.add(
          new FileEntry(
              "/home/somebody/music/a library/folder %d/song number %d.mid".formatted(i / 100, i),
              10_000 + i,
              1_700_000_000_000L + i));
    }
    assertThat(FileBatch.of(files).heldBytes() / files.size(), is(lessThan(40L)));
  }
}
