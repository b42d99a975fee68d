package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.Report;
import dev.midstream.pipeline.UserError;
import dev.midstream.source.MidiNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * A corpus of any number of paths, laid in a folder from the files of another one: hard links to
 * them, or files of contents of their own. Taken away when it is closed.
 *
 * @param folder where it is
 * @param paths how many
 * @param bytes of all of them
 */
record LaidCorpus(Path folder, int paths, long bytes) implements AutoCloseable {
  /** An unknown chunk, which readers step over: the same music, another content. */
  private static final int CHUNK_TYPE = 0x58585858;

  private static final int CHUNK_BYTES = 12;

  /** {@code paths} paths of files below {@code source} whose size {@code fits}. */
  static LaidCorpus lay(Path source, Path folder, int paths, boolean unique, LongPredicate fits) {
    Report.progress("laying %,d paths", paths);
    try {
      delete(folder);
      List<Path> files = files(source, fits);
      long bytes = 0;
      for (int i = 0; i < paths; i++) {
        Path file = files.get(i % files.size());
        Path copy =
            folder
                .resolve(Integer.toString(i / files.size()))
                .resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        if (unique) {
          bytes += write(file, copy, i);
        } else {
          Files.createLink(copy, file);
          bytes += Files.size(file);
        }
      }
      return new LaidCorpus(folder, paths, bytes);
    } catch (FileSystemException e) {
      throw new UserError("--work=" + folder + ": " + e, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path source, LongPredicate fits) throws IOException {
    try (Stream<Path> all = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          all.filter(path -> MidiNames.matches(path.getFileName().toString()))
              .filter(path -> Files.isRegularFile(path) && fits.test(path.toFile().length()))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new UserError("--input=" + source + ": no MIDI files of such a size below it");
      }
      return files;
    }
  }

  private static long write(Path file, Path copy, int number) throws IOException {
    byte[] content = Files.readAllBytes(file);
    ByteBuffer changed = ByteBuffer.allocate(content.length + CHUNK_BYTES);
    changed.put(content).putInt(CHUNK_TYPE).putInt(Integer.BYTES).putInt(number);
    Files.write(copy, changed.array());
    return changed.capacity();
  }

  @Override
  public void close() {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes {@code folder} and what is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
