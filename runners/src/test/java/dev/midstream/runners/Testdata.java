package dev.midstream.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The synthetic library and its truth. */
final class Testdata {
  static final Path FOLDER = Path.of(System.getProperty("midstream.testdata"));
  static final Path LIBRARY = FOLDER.resolve("library");

  private Testdata() {}

  /** The rows of truth.tsv, by column name. */
  static List<Map<String, String>> truth() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("truth.tsv"));
    String[] header = lines.get(0).split("\t", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int c = 0; c < header.length; c++) {
        row.put(header[c], cells[c]);
      }
      rows.add(row);
    }
    return rows;
  }
}
