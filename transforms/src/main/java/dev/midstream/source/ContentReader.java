package dev.midstream.source;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole local files, one after another, to the end of one growing array: the seam behind
 * which a file is read or mapped. What the file system refuses is a {@link Rejected}, not an
 * exception. A mapping or a handle lives no longer than the call that opened it. Not thread-safe.
 */
public final class ContentReader {
  /**
   * From this size on {@link ReadMode#AUTO} maps a file. Below it the system calls of a mapping
   * cost more than the copy that they spare: measured, up to 170 KB on JDK 25 and 750 KB on JDK 17
   * (docs/benchmarks.md).
   */
  public static final long AUTO_MAPPING_BYTES = 512L << 10;

  private static final int READ_STEP = 256 * 1024;

  private final ReadMode mode;
  private final long maxFileBytes;

  private byte[] bytes;
  private int size;
  private FileEntry entry;

  /**
   * @param maxFileBytes the largest file that is read, at most 1 GiB
   * @param expectedBytes the size of the array to begin with
   */
  public ContentReader(ReadMode mode, long maxFileBytes, int expectedBytes) {
    this.mode = mode;
    this.maxFileBytes = Math.min(maxFileBytes, 1L << 30);
    this.bytes = new byte[expectedBytes];
  }

  /**
   * Appends the content of {@code listed}. On success {@link #size()} has grown by its length and
   * {@link #entry()} tells size and time as they are now; otherwise nothing was appended and the
   * reason is returned.
   */
  public @Nullable Rejected append(FileEntry listed) {
    int before = size;
    entry = listed;
    Rejected rejected;
    try {
      rejected = appendLocal(listed);
    } catch (NoSuchFileException | FileNotFoundException e) {
      rejected = new Rejected(RejectReason.VANISHED, 0, "listed, but not there when it was read");
    } catch (AccessDeniedException e) {
      rejected = new Rejected(RejectReason.UNREADABLE, 0, "permission denied");
    } catch (FileSystemException e) {
      rejected = new Rejected(RejectReason.UNREADABLE, 0, String.valueOf(e.getReason()));
    } catch (IOException e) {
      rejected = new Rejected(RejectReason.UNREADABLE, 0, String.valueOf(e.getMessage()));
    }
    if (rejected != null) {
      size = before;
    }
    return rejected;
  }

  private @Nullable Rejected appendLocal(FileEntry listed) throws IOException {
    Path path = LocalPaths.pathOf(listed.uri());
    // A pipe is listed without a size, and to open it would wait for somebody to write into it.
    if (listed.sizeBytes() <= 0 && !Files.isRegularFile(path)) {
      return LocalPaths.whyNotAFile(listed.uri());
    }
    try {
      int before = size;
      Rejected rejected = readLocal(path);
      if (rejected != null || isStill(listed, path, size - before)) {
        return rejected;
      }
      // Another file than the listed one, or none yet: once more, as it is now.
      size = before;
      FileEntry now = entryNow(listed.uri(), path);
      rejected = readLocal(path);
      if (rejected != null) {
        return rejected;
      }
      if (!isStill(now, path, size - before)) {
        return new Rejected(
            RejectReason.CHANGED_WHILE_READ, 0, "overwritten or replaced while it was read");
      }
      entry = now;
      return null;
    } catch (IOException e) {
      // Some listings give a folder a size; that it is none shows when it is read.
      if (Files.isDirectory(path)) {
        return LocalPaths.whyNotAFile(listed.uri());
      }
      throw e;
    }
  }

  /**
   * Whether {@code length} bytes, just read, are those of the file that {@code expected} was made
   * of. Of a small file, which is read by one call, only the length is looked at: to ask for its
   * time as well would cost a fifth of the reading. If it was overwritten by as many bytes since it
   * was listed, its time is no longer the one in {@link #entry()}, and the next run reads it again.
   */
  private static boolean isStill(FileEntry expected, Path path, int length) throws IOException {
    return length == expected.sizeBytes()
        && (length <= READ_STEP
            || Files.getLastModifiedTime(path).toMillis() == expected.modifiedMillis());
  }

  private static FileEntry entryNow(String uri, Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new FileEntry(uri, now.size(), now.lastModifiedTime().toMillis());
  }

  private @Nullable Rejected readLocal(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long length = channel.size();
      if (length > maxFileBytes) {
        return tooLarge(length);
      }
      reserve((int) length);
      boolean map =
          mode == ReadMode.MMAP || (mode == ReadMode.AUTO && length >= AUTO_MAPPING_BYTES);
      // A mapping of no bytes is an error to the kernel.
      return map && length > 0
          ? copyMapped(path, channel, (int) length)
          : readAll(channel, (int) length);
    }
  }

  private @Nullable Rejected readAll(ReadableByteChannel channel, int length) throws IOException {
    int end = size + length;
    while (size < end) {
      ByteBuffer step = ByteBuffer.wrap(bytes, size, Math.min(READ_STEP, end - size));
      int read = channel.read(step);
      if (read < 0) {
        return new Rejected(
            RejectReason.CHANGED_WHILE_READ,
            length - (end - size),
            "cut short while it was read: " + length + " bytes when opened");
      }
      size += read;
    }
    return null;
  }

  private @Nullable Rejected copyMapped(Path path, FileChannel channel, int length)
      throws IOException {
    try (FileMapping mapping = FileMapping.map(channel, length)) {
      mapping.copyTo(bytes, size, length);
    } catch (InternalError fault) {
      // What the JVM makes of the signal when a page of a mapped file is gone.
      return cutWhileMapped(length);
    } catch (IOException refused) {
      // Too short when it was mapped; it may have grown again since. A folder has a size as well.
      boolean isCut = channel.size() < length || !isStill(entry, path, length);
      if (isCut && !Files.isDirectory(path)) {
        return cutWhileMapped(length);
      }
      throw refused;
    }
    // Up to the end of its page, what was cut off reads as zeros without a signal.
    if (channel.size() < length) {
      return cutWhileMapped(length);
    }
    size += length;
    return null;
  }

  private static Rejected cutWhileMapped(int length) {
    return new Rejected(
        RejectReason.CHANGED_WHILE_READ,
        0,
        "cut short while it was mapped: " + length + " bytes when opened");
  }

  /**
   * Grows by {@code length} bytes for others to write, who fetch many files at once.
   *
   * @return where they begin in {@link #bytes()}, which may be a new array
   */
  public int claim(int length) throws IOException {
    reserve(length);
    int offset = size;
    size += length;
    return offset;
  }

  /** Gives back all from {@code end} on of what was claimed last. */
  public void release(int end) {
    size = Math.min(size, end);
  }

  private Rejected tooLarge(long length) {
    return new Rejected(
        RejectReason.TOO_LARGE,
        maxFileBytes,
        length + " bytes or more; --maxFileBytes allows " + maxFileBytes);
  }

  private void reserve(int more) throws IOException {
    long needed = (long) size + more;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IOException("the files of one batch grew past 2 GiB while they were read");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, needed + needed / 4));
    }
  }

  /** All that was appended, in {@code [0, size())}; a new array whenever it grows. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes were appended. */
  public int size() {
    return size;
  }

  /** The file of the last {@link #append}, with size and time as they were when it was read. */
  public FileEntry entry() {
    return entry;
  }
}
