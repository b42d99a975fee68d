package dev.midstream.transforms;

import dev.midstream.source.FileEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * A batch of files as it waits in memory: one array of bytes instead of objects, and each folder's
 * name once. A file takes some 35 bytes plus what its own name is longer than usual, where its
 * objects take 400; and on the DirectRunner the batches of a whole library wait at once. Reading an
 * element makes it anew. Immutable.
 */
public final class FileBatch extends AbstractList<FileEntry> implements RandomAccess {
  private final String[] folders;
  private final byte[] entries;

  /** Where each entry begins. */
  private final int[] offsets;

  private FileBatch(String[] folders, byte[] entries, int[] offsets) {
    this.folders = folders;
    this.entries = entries;
    this.offsets = offsets;
  }

  /** The same files in the same order; equal to {@code files}. */
  public static FileBatch of(List<FileEntry> files) {
    Map<String, Integer> known = new HashMap<>();
    List<String> folders = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(48 * files.size());
    int[] offsets = new int[files.size()];
    int i = 0;
    try {
      for (FileEntry file : files) {
        offsets[i++] = bytes.size();
        int name = file.uri().lastIndexOf('/') + 1;
        String folder = file.uri().substring(0, name);
        Integer number = known.get(folder);
        if (number == null) {
          number = folders.size();
          known.put(folder, number);
          folders.add(folder);
        }
        Wire.INT.encode(number, bytes);
        Wire.TEXT.encode(file.uri().substring(name), bytes);
        Wire.LONG.encode(file.sizeBytes(), bytes);
        Wire.LONG.encode(file.modifiedMillis(), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FileBatch(folders.toArray(String[]::new), bytes.toByteArray(), offsets);
  }

  @Override
  public FileEntry get(int index) {
    int offset = offsets[index];
    ByteArrayInputStream in = new ByteArrayInputStream(entries, offset, entries.length - offset);
    try {
      String folder = folders[Wire.INT.decode(in)];
      return new FileEntry(
          folder.concat(Wire.TEXT.decode(in)), Wire.LONG.decode(in), Wire.LONG.decode(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int size() {
    return offsets.length;
  }

  /** The bytes that this object and its arrays hold, headers and names of folders left out. */
  long heldBytes() {
    return entries.length
        + (long) Integer.BYTES * offsets.length
        + Arrays.stream(folders).mapToLong(String::length).sum();
  }
}
