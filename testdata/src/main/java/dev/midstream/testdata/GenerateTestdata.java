package dev.midstream.testdata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the sample library and its truth, the same byte for byte every time. */
public final class GenerateTestdata {
  private static final String TRUTH = "truth.tsv";

  private GenerateTestdata() {}

  /**
   * Writes {@code library/**} and {@code truth.tsv}. Files that the generator does not make are
   * named on standard error but left alone.
   *
   * @param args the target folder
   * @throws IOException when a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: GenerateTestdata TARGET_FOLDER");
      System.exit(2);
    }
    Path target = Path.of(args[0]);
    Catalog catalog = catalog();
    for (var file : catalog.files().entrySet()) {
      Path path = target.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.writeString(target.resolve(TRUTH), tsv(catalog.rows()));
    reportStrangers(target, catalog.files());
    System.out.println(catalog.files().size() + " files in " + target);
  }

  /** Every file of the library by its path below the target folder. */
  public static SortedMap<String, byte[]> files() {
    return catalog().files();
  }

  /** The truth of every file, sorted by path. */
  public static List<TruthRow> truth() {
    return catalog().rows();
  }

  /** The contents of {@code truth.tsv}. */
  public static byte[] truthTsv() {
    return tsv(truth()).getBytes(StandardCharsets.UTF_8);
  }

  private static Catalog catalog() {
    Catalog catalog = new Catalog();
    MusicFiles.addTo(catalog);
    FormatFiles.addTo(catalog);
    InstrumentFiles.addTo(catalog);
    TextFiles.addTo(catalog);
    RepairedFiles.addTo(catalog);
    BrokenFiles.addTo(catalog);
    DuplicateFiles.addTo(catalog);
    return catalog;
  }

  private static String tsv(List<TruthRow> rows) {
    return Stream.concat(Stream.of(TruthRow.header()), rows.stream().map(TruthRow::toLine))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void reportStrangers(Path target, SortedMap<String, byte[]> files)
      throws IOException {
    try (Stream<Path> paths = Files.walk(target.resolve("library"))) {
      paths
          .filter(Files::isRegularFile)
          .map(path -> target.relativize(path).toString().replace('\\', '/'))
          .filter(path -> !files.containsKey(path))
          .sorted()
          .forEach(path -> System.err.println("not from the generator: " + path));
    }
  }
}
