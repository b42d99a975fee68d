package dev.midstream.benchmarks;

import dev.midstream.source.ContentReader;
import dev.midstream.source.FileEntry;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.ReadMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Reading into scratch against a mapping a file, both through {@link ContentReader}, page cache
 * warm, on files of six sizes that are made for it; and the size from which mapping is worth it.
 */
final class ReadingComparison {
  private static final List<Integer> SIZES =
      List.of(4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20);
  private static final List<ReadMode> MODES = List.of(ReadMode.READ, ReadMode.MMAP);
  private static final int WARM_UP_ROUNDS = 3;
  private static final int BYTES_A_SIZE = 64 << 20;
  private static final int MOST_FILES = 4000;
  private static final long SEED = 4;

  private ReadingComparison() {}

  static void run(int rounds) throws IOException {
    Path folder = Files.createTempDirectory("midstream-reading");
    try {
      List<List<FileEntry>> files = new ArrayList<>();
      for (int size : SIZES) {
        files.add(makeFiles(folder, size));
      }
      print(measure(files, rounds));
    } finally {
      delete(folder);
    }
  }

  private static List<FileEntry> makeFiles(Path folder, int size) throws IOException {
    Report.progress("making files of %s", name(size));
    byte[] content = new byte[size];
    new Random(SEED).nextBytes(content);
    int count = Math.min(MOST_FILES, BYTES_A_SIZE / size);
    List<FileEntry> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Path file = Files.write(folder.resolve(size + "-" + i + ".mid"), content);
      files.add(new FileEntry(LocalPaths.uriOf(file), size, 0));
    }
    return files;
  }

  /** For each size and mode the microseconds that a file takes. */
  private static List<Map<ReadMode, Spread>> measure(List<List<FileEntry>> files, int rounds) {
    List<Map<ReadMode, double[]>> micros = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Map<ReadMode, double[]> ofSize = new EnumMap<>(ReadMode.class);
      MODES.forEach(mode -> ofSize.put(mode, new double[rounds]));
      micros.add(ofSize);
    }
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      Report.progress(round < 0 ? "warm-up" : "round %d of %d", round + 1, rounds);
      for (int i = 0; i < files.size(); i++) {
        for (ReadMode mode : MODES) {
          double taken = microsPerFile(files.get(i), mode);
          if (round >= 0) {
            micros.get(i).get(mode)[round] = taken;
          }
        }
      }
    }
    List<Map<ReadMode, Spread>> spreads = new ArrayList<>();
    for (Map<ReadMode, double[]> ofSize : micros) {
      Map<ReadMode, Spread> spread = new EnumMap<>(ReadMode.class);
      ofSize.forEach((mode, values) -> spread.put(mode, Spread.of(values)));
      spreads.add(spread);
    }
    return spreads;
  }

  private static double microsPerFile(List<FileEntry> files, ReadMode mode) {
    System.gc();
    // Room for all, as the pipeline makes it for a batch: not part of the time.
    long size = files.get(0).sizeBytes();
    ContentReader reader = new ContentReader(mode, size, (int) (size * files.size()));
    long start = System.nanoTime();
    for (FileEntry file : files) {
      if (reader.append(file) != null) {
        throw new IllegalStateException("a file that was just made cannot be read: " + file.uri());
      }
    }
    return (System.nanoTime() - start) / 1e3 / files.size();
  }

  private static void print(List<Map<ReadMode, Spread>> micros) {
    Report.title("Reading: µs a file, one thread, page cache warm");
    Report.head("size", "read", "min–max", "mmap", "min–max", "mmap takes");
    for (int i = 0; i < SIZES.size(); i++) {
      Spread read = micros.get(i).get(ReadMode.READ);
      Spread map = micros.get(i).get(ReadMode.MMAP);
      Report.row(
          name(SIZES.get(i)),
          Report.number(read.median(), 1),
          read.range(1),
          Report.number(map.median(), 1),
          map.range(1),
          Report.number(map.median() / read.median(), 2) + " × read");
    }
    Report.line(
        "%nCrossover, for `ReadMode.AUTO`: %s; it is set to %s.",
        crossover(micros), name(ContentReader.AUTO_MAPPING_BYTES));
  }

  /** From where on mapping is the faster one at every larger size that was measured. */
  private static String crossover(List<Map<ReadMode, Spread>> micros) {
    int first = SIZES.size();
    while (first > 0 && ratio(micros.get(first - 1)) < 1) {
      first--;
    }
    if (first == SIZES.size()) {
      return "none up to " + name(SIZES.get(first - 1)) + ", reading is never slower there";
    }
    if (first == 0) {
      return "below " + name(SIZES.get(0));
    }
    // Between two sizes the logarithm of the ratio is taken for a line over that of the size.
    double before = Math.log(ratio(micros.get(first - 1)));
    double after = Math.log(ratio(micros.get(first)));
    double low = Math.log(SIZES.get(first - 1));
    double high = Math.log(SIZES.get(first));
    double size = Math.exp(low + (high - low) * before / (before - after));
    return String.format(
        "about %s (between %s and %s)",
        name(Math.round(size)), name(SIZES.get(first - 1)), name(SIZES.get(first)));
  }

  private static double ratio(Map<ReadMode, Spread> micros) {
    return micros.get(ReadMode.MMAP).median() / micros.get(ReadMode.READ).median();
  }

  private static String name(long bytes) {
    return bytes < 1 << 20
        ? Report.number(bytes / 1024.0, 0) + " KB"
        : Report.number(bytes / 1024.0 / 1024.0, bytes % (1 << 20) == 0 ? 0 : 1) + " MB";
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
