package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.Report;
import dev.midstream.benchmarks.Spread;
import dev.midstream.pipeline.UserError;
import dev.midstream.transforms.RunStage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Whole runs over one corpus, beside reading and analysing alone. */
final class RunComparison {
  private static final double MEGA = 1e6;

  private final LaidCorpus corpus;
  private final Map<Contestant, List<Figures>> measured = new EnumMap<>(Contestant.class);

  private RunComparison(LaidCorpus corpus) {
    this.corpus = corpus;
  }

  static void run(RunOptions options) throws IOException, InterruptedException {
    List<Contestant> contestants = contestants(options.contestants());
    CachedJar cached =
        contestants.contains(Contestant.CACHED)
            ? CachedJar.make(options.work().resolve("cache"))
            : null;
    Path folder = options.work().resolve("runs");
    try (LaidCorpus corpus =
        LaidCorpus.lay(options.input(), folder, options.paths(), options.unique(), any -> true)) {
      RunComparison comparison = new RunComparison(corpus);
      for (int round = 0; round < options.rounds(); round++) {
        for (Contestant contestant : contestants) {
          Report.progress(
              "runs, round %d of %d: %s", round + 1, options.rounds(), contestant.label());
          Figures figures = contestant.run(corpus, options.work().resolve("data"), cached);
          Report.progress("  %,.0f files/s", figures.rate());
          comparison.measured.computeIfAbsent(contestant, first -> new ArrayList<>()).add(figures);
        }
      }
      comparison.print(options.unique());
    }
  }

  private static List<Contestant> contestants(List<String> keys) {
    List<Contestant> chosen =
        Arrays.stream(Contestant.values())
            .filter(each -> keys.isEmpty() || keys.contains(each.key()))
            .toList();
    if (chosen.isEmpty() || chosen.size() < keys.size()) {
      throw new UserError(
          "--contestants: only "
              + Arrays.stream(Contestant.values())
                  .map(Contestant::key)
                  .collect(Collectors.joining(", ")));
    }
    return chosen;
  }

  private double median(Contestant contestant, ToDoubleFunction<Figures> figure) {
    return spread(contestant, figure).median();
  }

  private Spread spread(Contestant contestant, ToDoubleFunction<Figures> figure) {
    return Spread.of(measured.get(contestant).stream().mapToDouble(figure).toArray());
  }

  private void print(boolean unique) {
    Report.title(
        "Runs: %,d paths%s, %,.0f MB"
            .formatted(
                corpus.paths(), unique ? " of as many contents" : "", corpus.bytes() / MEGA));
    Report.head(
        "from a cold JVM, to the last row",
        "files/s",
        "min–max",
        "MB/s",
        "× javax.sound.midi",
        "share of the engine",
        "seconds",
        "CPU s, JVM",
        "of it compilers",
        "CPU s, server",
        "peak MB",
        "allocated MB/s",
        "GC s");
    for (Contestant contestant : measured.keySet()) {
      Spread rate = spread(contestant, Figures::rate);
      Report.row(
          contestant.label(),
          Report.number(rate.median(), 0),
          rate.range(0),
          Report.number(rate.median() * corpus.bytes() / corpus.paths() / MEGA, 0),
          ratio(rate.median(), Contestant.JAVAX),
          ratio(rate.median(), Contestant.ENGINE),
          cell(contestant, "seconds", 1, 1),
          cell(contestant, "cpu.seconds", 1, 1),
          cell(contestant, "jit.seconds", 1, 1),
          cell(contestant, "server.cpu.seconds", 1, 1),
          cell(contestant, "rss.peak.bytes", MEGA, 0),
          number(
              median(contestant, each -> each.get("heap.allocated.bytes") / each.get("seconds"))
                  / MEGA,
              0),
          cell(contestant, "heap.gc.seconds", 1, 2));
    }
    printStages();
    printConnections();
  }

  private void printStages() {
    Report.title("Runs: what the threads' seconds went to, and the rate as a run goes on");
    List<String> head = new ArrayList<>(List.of("run"));
    Arrays.stream(RunStage.values()).map(RunStage::label).forEach(head::add);
    head.addAll(List.of("files/s, first tenth", "last tenth", "last ÷ first"));
    Report.head(head.toArray(String[]::new));
    for (Contestant contestant : runs()) {
      List<Object> row = new ArrayList<>(List.of(contestant.label()));
      for (RunStage stage : RunStage.values()) {
        row.add(cell(contestant, "stage." + stage.label() + ".seconds", 1, 1));
      }
      row.add(cell(contestant, "rate.first", 1, 0));
      row.add(cell(contestant, "rate.last", 1, 0));
      row.add(number(median(contestant, e -> e.get("rate.last") / e.get("rate.first")), 2));
      Report.row(row.toArray());
    }
  }

  private void printConnections() {
    Report.title("Runs: connections");
    Report.head(
        "run", "in use, mean", "in use, most", "waiting, most", "borrowed", "µs to borrow, mean");
    for (Contestant contestant : runs()) {
      Report.row(
          contestant.label(),
          cell(contestant, "pool.used.mean", 1, 2),
          cell(contestant, "pool.used.most", 1, 0),
          cell(contestant, "pool.waiting.most", 1, 0),
          cell(contestant, "pool.borrows", 1, 0),
          cell(contestant, "pool.borrow.micros", 1, 0));
    }
  }

  private List<Contestant> runs() {
    return measured.keySet().stream().filter(Contestant::isRun).toList();
  }

  private String ratio(double rate, Contestant other) {
    return measured.containsKey(other) ? Report.number(rate / median(other, Figures::rate), 2) : "";
  }

  private String cell(Contestant contestant, String name, double unit, int digits) {
    return number(median(contestant, figures -> figures.get(name)) / unit, digits);
  }

  /** Empty for what was not told. */
  static String number(double value, int digits) {
    return Double.isNaN(value) ? "" : Report.number(value, digits);
  }
}
