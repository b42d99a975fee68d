package dev.midstream.benchmarks;

import dev.midstream.pipeline.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of files with annotated truth: {@code truth.tsv} in it names each file by its path and
 * tells what is known of it, in the columns {@code path, corpus, task, bpm, key, sharps,
 * time_signature, stable, misleading}.
 */
public record TruthPack(Path folder, List<Row> rows) {
  /** The name of the table in the folder. */
  public static final String TRUTH = "truth.tsv";

  /**
   * One task.
   *
   * @param path relative to the folder
   * @param corpus where it comes from
   * @param task {@code tempo}, {@code tempo_flat} (no tempo events), {@code key} or {@code
   *     signature}
   * @param bpm beats a minute, for tempo tasks
   * @param key for key tasks
   * @param sharps signature, for key and signature tasks
   * @param meter time signature, or empty
   * @param stable whether tempo hardly changes
   * @param misleading whether the file's tempo event is wrong
   */
  public record Row(
      String path,
      String corpus,
      String task,
      String bpm,
      String key,
      String sharps,
      String meter,
      boolean stable,
      boolean misleading) {
    boolean isTempo() {
      return task.startsWith("tempo");
    }

    double bpmValue() {
      return Double.parseDouble(bpm);
    }
  }

  static TruthPack read(Path folder) throws IOException {
    return readTable(folder.resolve(TRUTH));
  }

  /**
   * Reads a table, whatever its name.
   *
   * @param required columns that must be there; of others that are not, fields are empty
   */
  public static TruthPack readTable(Path table, String... required) throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> names = List.of(lines.get(0).split("\t", -1));
    for (String name : required) {
      if (!names.contains(name)) {
        throw new UserError(table + ": no column " + name);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      rows.add(
          new Row(
              field(names, fields, "path"),
              field(names, fields, "corpus"),
              field(names, fields, "task"),
              field(names, fields, "bpm"),
              field(names, fields, "key"),
              field(names, fields, "sharps"),
              field(names, fields, "time_signature"),
              field(names, fields, "stable").equals("1"),
              field(names, fields, "misleading").equals("1")));
    }
    return new TruthPack(table.toAbsolutePath().getParent(), rows);
  }

  private static String field(List<String> names, String[] fields, String name) {
    int index = names.indexOf(name);
    return index >= 0 && index < fields.length ? fields[index] : "";
  }
}
