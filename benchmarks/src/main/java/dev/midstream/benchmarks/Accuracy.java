package dev.midstream.benchmarks;

import dev.midstream.pipeline.UserError;
import dev.midstream.runners.Main;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How right the library is: runs the command over a {@linkplain TruthPack truth pack} into an
 * embedded database that is thrown away, and compares the view {@code library} with the truth.
 */
public final class Accuracy {
  private static final String USAGE = "--truth=FOLDER [options of the command]";
  private static final int RELIABILITY_BINS = 10;

  /** What the library says of a file. */
  private record Answer(
      @Nullable Float bpm,
      @Nullable Float bpmConfidence,
      @Nullable String key,
      @Nullable Float keyConfidence) {}

  /** A task and how it was done: right, the milder measure, and how sure the library was. */
  private record Graded(TruthPack.Row row, boolean right, double mild, double confidence) {}

  private Accuracy() {}

  /** Takes the folder of the truth pack; all other arguments go to the command. */
  public static void main(String[] args) throws IOException, SQLException {
    Path truth = null;
    List<String> command = new ArrayList<>();
    for (String arg : args) {
      if (arg.startsWith("--truth=")) {
        truth = Path.of(arg.substring("--truth=".length())).toAbsolutePath().normalize();
      } else {
        command.add(arg);
      }
    }
    if (truth == null || !Files.isRegularFile(truth.resolve(TruthPack.TRUTH))) {
      throw new UserError("--truth wants a folder with a " + TruthPack.TRUTH + "; " + USAGE);
    }
    int status = run(TruthPack.read(truth), command);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(TruthPack pack, List<String> arguments) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("midstream-accuracy");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("server").toFile())
            .setDataDirectory(folder.resolve("data").toFile())
            .start()) {
      String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
      List<String> command = new ArrayList<>(arguments);
      command.add("--jdbcUrl=" + url);
      // Only the folders that the truth speaks of.
      command.add(
          "--input="
              + String.join(
                  ",",
                  pack.rows().stream()
                      .map(row -> pack.folder().resolve(Path.of(row.path()).getName(0)).toString())
                      .distinct()
                      .toList()));
      int status = Main.run(command.toArray(new String[0]));
      if (status == 0) {
        List<Graded> graded = grade(pack, answers(url, pack.folder()));
        printTable(graded);
        printReliability("tempo", graded);
        printReliability("key", graded);
      }
      return status;
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static Map<String, Answer> answers(String url, Path folder) throws SQLException {
    Map<String, Answer> answers = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select uri, bpm, bpm_confidence, key, key_confidence from midstream.library")) {
      while (rows.next()) {
        answers.put(
            folder.relativize(Path.of(rows.getString(1))).toString().replace('\\', '/'),
            new Answer(
                rows.getObject(2, Float.class),
                rows.getObject(3, Float.class),
                rows.getString(4),
                rows.getObject(5, Float.class)));
      }
    }
    return answers;
  }

  private static List<Graded> grade(TruthPack pack, Map<String, Answer> answers) {
    Answer none = new Answer(null, null, null, null);
    List<Graded> graded = new ArrayList<>();
    for (TruthPack.Row row : pack.rows()) {
      Answer answer = answers.getOrDefault(row.path(), none);
      if (row.isTempo()) {
        Float bpm = answer.bpm();
        boolean right = bpm != null && Score.tempo(row.bpmValue(), bpm, false);
        boolean mild = bpm != null && Score.tempo(row.bpmValue(), bpm, true);
        graded.add(new Graded(row, right, mild ? 1 : 0, orZero(answer.bpmConfidence())));
      } else if (row.task().equals("key")) {
        double mirex = Score.mirex(row.key(), answer.key());
        graded.add(new Graded(row, mirex == 1, mirex, orZero(answer.keyConfidence())));
      } else {
        boolean right = Score.signature((int) Double.parseDouble(row.sharps()), answer.key());
        graded.add(new Graded(row, right, right ? 1 : 0, orZero(answer.keyConfidence())));
      }
    }
    return graded;
  }

  private static double orZero(@Nullable Float value) {
    return value == null ? 0 : value;
  }

  private static void printTable(List<Graded> graded) {
    Map<String, List<Graded>> tasks = new TreeMap<>();
    for (Graded one : graded) {
      String task = String.format("%-11s%-19s", one.row().task(), one.row().corpus());
      tasks.computeIfAbsent(task, t -> new ArrayList<>()).add(one);
    }
    System.out.printf(
        "%n%-11s%-19s%5s%12s%12s%8s%n", "task", "corpus", "n", "acc1/exact", "acc2/mirex", "top50");
    double exact = 0;
    double mirex = 0;
    int keys = 0;
    for (Map.Entry<String, List<Graded>> entry : tasks.entrySet()) {
      List<Graded> of = entry.getValue();
      List<Graded> surest = new ArrayList<>(of);
      surest.sort(Comparator.comparingDouble(one -> -one.confidence()));
      surest = surest.subList(0, Math.max(1, of.size() / 2));
      StringBuilder rest = new StringBuilder();
      if (of.get(0).row().task().equals("tempo")) {
        List<Graded> stable = of.stream().filter(one -> one.row().stable()).toList();
        List<Graded> misled = of.stream().filter(one -> one.row().misleading()).toList();
        rest.append(String.format(Locale.ROOT, "   stable acc2 %.3f", mild(stable)));
        if (!misled.isEmpty()) {
          rest.append(String.format(Locale.ROOT, ", misleading event acc1 %.3f", right(misled)));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%s%5d%12.3f%12.3f%8.3f%s%n",
          entry.getKey(),
          of.size(),
          right(of),
          mild(of),
          right(surest),
          rest);
      if (of.get(0).row().task().equals("key")) {
        exact += right(of);
        mirex += mild(of);
        keys++;
      }
    }
    if (keys > 0) {
      System.out.printf(
          Locale.ROOT, "%-35s%12.3f%12.3f%n", "key, macro", exact / keys, mirex / keys);
    }
  }

  private static double right(List<Graded> of) {
    return of.stream().filter(Graded::right).count() / (double) Math.max(1, of.size());
  }

  private static double mild(List<Graded> of) {
    return of.stream().mapToDouble(Graded::mild).sum() / Math.max(1, of.size());
  }

  /**
   * Of the answers given with a confidence around p, how many are right: about p, if it is good.
   */
  private static void printReliability(String kind, List<Graded> graded) {
    int[] counts = new int[RELIABILITY_BINS];
    double[] confidences = new double[RELIABILITY_BINS];
    int[] right = new int[RELIABILITY_BINS];
    for (Graded one : graded) {
      if (one.row().task().startsWith(kind) && one.confidence() > 0) {
        int bin = Math.min(RELIABILITY_BINS - 1, (int) (one.confidence() * RELIABILITY_BINS));
        counts[bin]++;
        confidences[bin] += one.confidence();
        right[bin] += one.right() ? 1 : 0;
      }
    }
    if (Arrays.stream(counts).sum() == 0) {
      return;
    }
    System.out.printf("%n%s: %-12s%8s%12s%8s%n", kind, "confidence", "answers", "mean", "right");
    for (int bin = 0; bin < RELIABILITY_BINS; bin++) {
      if (counts[bin] > 0) {
        System.out.printf(
            Locale.ROOT,
            "%s  %.1f to %.1f %10d%12.3f%8.3f%n",
            " ".repeat(kind.length()),
            bin / (double) RELIABILITY_BINS,
            (bin + 1) / (double) RELIABILITY_BINS,
            counts[bin],
            confidences[bin] / counts[bin],
            right[bin] / (double) counts[bin]);
      }
    }
  }
}
