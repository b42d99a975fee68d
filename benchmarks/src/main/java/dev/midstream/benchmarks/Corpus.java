package dev.midstream.benchmarks;

import dev.midstream.pipeline.UserError;
import dev.midstream.source.FileEntry;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.MidiNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * All MIDI files below a folder, in memory. Shuffled with a fixed seed, so that the first thousand
 * are a sample of the whole and every run, here and in a child, sees the same order.
 */
record Corpus(List<CorpusFile> files, long bytes) {
  private static final long SEED = 20_228;

  /** Loads it, or says in one line why not. */
  static Corpus load(Path folder) {
    return load("--input", folder);
  }

  /**
   * Loads it, or says in one line why not.
   *
   * @param option that names the folder
   */
  static Corpus load(String option, Path folder) {
    String name = option + "=" + folder;
    if (!Files.isDirectory(folder)) {
      throw new UserError(name + ": no such folder");
    }
    List<CorpusFile> files = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        if (MidiNames.matches(path.getFileName().toString()) && Files.isRegularFile(path)) {
          bytes += Files.size(path);
          refuseIfTooLarge(name, bytes);
          files.add(load(folder, path));
        }
      }
    } catch (IOException e) {
      throw new UserError(name + ": cannot be read: " + e, e);
    } catch (UncheckedIOException e) {
      throw new UserError(name + ": cannot be read: " + e.getCause(), e);
    }
    if (files.isEmpty()) {
      throw new UserError(name + ": no .mid .midi .kar .rmi .smf below it");
    }
    Collections.shuffle(files, new Random(SEED));
    return new Corpus(List.copyOf(files), bytes);
  }

  private static CorpusFile load(Path folder, Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    long modified = Files.getLastModifiedTime(path).toMillis();
    FileEntry entry = new FileEntry(LocalPaths.uriOf(path), content.length, modified);
    return new CorpusFile(folder.relativize(path).toString(), entry, content);
  }

  private static void refuseIfTooLarge(String name, long bytes) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap / 2) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: more than half of the heap of %d MB; give more by MAVEN_OPTS=-Xmx…",
              name,
              heap >> 20));
    }
  }

  int medianBytes() {
    return files.stream()
        .map(file -> file.content().length)
        .sorted()
        .skip(files.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
