package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.Report;
import dev.midstream.benchmarks.Spread;
import dev.midstream.pipeline.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** What each technique gives: rates without it, or with another choice, by the rate as it is. */
final class AblationTable {
  private static final long SMALL = 50_000;
  private static final long LARGE = 500_000;

  /** Corpora of one kind of files each, of about as many bytes. */
  private enum Size {
    SMALL_FILES("< 50 KB", 10_000, size -> size < SMALL),
    MEDIUM_FILES("50 to 500 KB", 1_200, size -> size >= SMALL && size <= LARGE),
    LARGE_FILES("> 500 KB", 200, size -> size > LARGE);

    private final String label;
    private final int paths;
    private final LongPredicate fits;

    Size(String label, int paths, LongPredicate fits) {
      this.label = label;
      this.paths = paths;
      this.fits = fits;
    }
  }

  private AblationTable() {}

  static void run(RunOptions options) throws IOException, InterruptedException {
    List<Ablation> ablations = ablations(options.ablations());
    Map<Ablation, List<String>> rows = new EnumMap<>(Ablation.class);
    ablations.forEach(
        ablation ->
            rows.put(ablation, new ArrayList<>(List.of(ablation.technique(), ablation.change()))));
    List<String> head = new ArrayList<>(List.of("technique", "here"));
    for (Size size : Size.values()) {
      Path folder = options.work().resolve("ablations");
      try (LaidCorpus corpus =
          LaidCorpus.lay(options.input(), folder, size.paths, true, size.fits)) {
        head.addAll(List.of(size.label + ", files/s", "× as it is", "min–max"));
        Map<Ablation, double[]> rates = measure(ablations, corpus, options, size.label);
        double base = Spread.of(rates.get(Ablation.BASE)).median();
        rates.forEach(
            (ablation, values) -> {
              Spread rate = Spread.of(values);
              Spread ratio = Spread.of(Arrays.stream(values).map(value -> value / base).toArray());
              rows.get(ablation)
                  .addAll(
                      List.of(
                          Report.number(rate.median(), 0),
                          Report.number(ratio.median(), 2),
                          ratio.range(2)));
            });
      }
    }
    Report.title("Ablations: runs with another choice");
    Report.head(head.toArray(String[]::new));
    rows.values().forEach(row -> Report.row(row.toArray()));
  }

  private static Map<Ablation, double[]> measure(
      List<Ablation> ablations, LaidCorpus corpus, RunOptions options, String label)
      throws IOException, InterruptedException {
    Map<Ablation, double[]> rates = new EnumMap<>(Ablation.class);
    for (int round = 0; round < options.rounds(); round++) {
      for (Ablation ablation : ablations) {
        double rate = ablation.run(corpus, options.work().resolve("data")).rate();
        Report.progress(
            "ablations, files %s, round %d of %d: %s: %,.0f files/s",
            label, round + 1, options.rounds(), ablation.key(), rate);
        rates.computeIfAbsent(ablation, first -> new double[options.rounds()])[round] = rate;
      }
    }
    return rates;
  }

  private static List<Ablation> ablations(List<String> keys) throws IOException {
    List<Ablation> chosen = new ArrayList<>();
    for (Ablation ablation : Ablation.values()) {
      if (ablation != Ablation.BASE && !keys.isEmpty() && !keys.contains(ablation.key())) {
        continue;
      }
      if (ablation.isPossible()) {
        chosen.add(ablation);
      } else {
        Report.progress("ablations: this machine has no %s", ablation.key());
      }
    }
    if (chosen.size() < 2) {
      throw new UserError(
          "--ablations: only "
              + Arrays.stream(Ablation.values())
                  .map(Ablation::key)
                  .collect(Collectors.joining(", ")));
    }
    return chosen;
  }
}
