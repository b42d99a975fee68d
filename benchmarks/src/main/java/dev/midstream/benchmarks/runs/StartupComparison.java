package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.Report;
import dev.midstream.benchmarks.Spread;
import dev.midstream.runners.CompilerFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From launch to exit of the bundled jar, with and without the start-up cache that its Maven
 * command makes: the sample library and 2,000 files of the corpus, into a new and into an existing
 * database.
 */
final class StartupComparison {
  private static final int FILES = 2_000;
  private static final long PATIENCE_SECONDS = 300;

  private StartupComparison() {}

  static void run(RunOptions options) throws IOException, InterruptedException {
    CachedJar cached = CachedJar.make(options.work().resolve("cache"));
    Map<String, List<String>> ways = new LinkedHashMap<>();
    // The flags of the argument file, so that the cache is the only difference.
    List<String> without = new ArrayList<>(CompilerFlags.ALL);
    without.addAll(List.of("-jar", CachedJar.JAR.toString()));
    ways.put("without", without);
    ways.put("with the cache", List.of("@" + cached.arguments()));
    Report.title("Start-up: seconds from launch to exit of the bundled jar");
    Report.head(
        "library", "database", "without", "min–max", "with the cache", "min–max", "less by");
    compare("sample library, 390 files", CachedJar.SAMPLES, ways, options);
    Path folder = options.work().resolve("startup");
    try (LaidCorpus corpus = LaidCorpus.lay(options.input(), folder, FILES, false, any -> true)) {
      compare("%,d files".formatted(FILES), corpus.folder(), ways, options);
    }
  }

  private static void compare(
      String label, Path library, Map<String, List<String>> ways, RunOptions options)
      throws IOException, InterruptedException {
    Path data = options.work().resolve("data");
    for (boolean isNew : new boolean[] {true, false}) {
      Map<String, double[]> seconds = new LinkedHashMap<>();
      for (int round = 0; round < options.rounds(); round++) {
        for (Map.Entry<String, List<String>> way : ways.entrySet()) {
          if (isNew) {
            LaidCorpus.delete(data);
          }
          double taken = seconds(way.getValue(), library, data);
          Report.progress("start-up, %s, %s: %.2f s", label, way.getKey(), taken);
          seconds.computeIfAbsent(way.getKey(), first -> new double[options.rounds()])[round] =
              taken;
        }
      }
      List<Object> row = new ArrayList<>(List.of(label, isNew ? "new" : "there"));
      List<Spread> spreads = seconds.values().stream().map(Spread::of).toList();
      for (Spread spread : spreads) {
        row.add(Report.number(spread.median(), 2));
        row.add(spread.range(2));
      }
      double less = 1 - spreads.get(1).median() / spreads.get(0).median();
      row.add(Report.number(100 * less, 0) + " %");
      Report.row(row.toArray());
    }
    LaidCorpus.delete(data);
  }

  private static double seconds(List<String> way, Path library, Path data)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(way);
    command.addAll(List.of("--input=" + library, "--dataDir=" + data, "--reanalyze"));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      process.destroy();
    }
  }
}
