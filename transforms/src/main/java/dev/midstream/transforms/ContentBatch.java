package dev.midstream.transforms;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.source.FileEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a batch of files, in one array. Immutable by convention: nobody writes the array
 * once the batch is made, and readers keep to the range of each file.
 */
public final class ContentBatch {
  /**
   * One file of the batch.
   *
   * @param offset where its bytes begin in {@link ContentBatch#bytes()}
   * @param length how many there are
   * @param rejected why it could not be read; null if it was
   */
  public record Content(FileEntry entry, int offset, int length, @Nullable Rejected rejected) {}

  private final List<Content> contents;
  private final byte[] bytes;
  private final int size;

  /** The batch owns {@code bytes} from here on; its first {@code size} are valid. */
  ContentBatch(List<Content> contents, byte[] bytes, int size) {
    this.contents = List.copyOf(contents);
    this.bytes = bytes;
    this.size = Objects.checkIndex(size, bytes.length + 1);
    for (Content content : contents) {
      Objects.checkFromIndexSize(content.offset(), content.length(), size);
    }
  }

  /** The files. */
  public List<Content> contents() {
    return contents;
  }

  /** The bytes of all files; not to be written. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes of the array are valid. */
  public int size() {
    return size;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ContentBatch)) {
      return false;
    }
    ContentBatch that = (ContentBatch) other;
    return contents.equals(that.contents)
        && Arrays.equals(bytes, 0, size, that.bytes, 0, that.size);
  }

  @Override
  public int hashCode() {
    return contents.hashCode();
  }
}
