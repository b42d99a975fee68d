package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoTraining;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.ParseOutcome.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Trains the models of the tempo analysis; prints how they do on pieces left out. */
public final class TrainTempo {
  private static final int FOLDS = 5;
  private static final int WINDOWS_A_FILE = 4;
  private static final double SAME_PIECE = 0.985;
  private static final double TOLERANCE = 0.035;
  private static final double UNSTABLE_TOLERANCE = 0.12;
  private static final double PENALTY = 1e-3;
  private static final double UNSTABLE_IMPORTANCE = 0.05;

  private final List<TempoSample> samples = new ArrayList<>();
  private final MidiColumns columns = new MidiColumns();
  private final TempoTraining training = new TempoTraining();
  private final List<float[]> windowRows = new ArrayList<>();
  private final List<Integer> windowSamples = new ArrayList<>();
  private int[] folds = new int[0];
  private double[] importance = new double[0];

  public static void main(String[] args) throws IOException {
    new TrainTempo().run(TruthPack.read(Path.of(args[0])), Path.of(args[1]));
  }

  private void run(TruthPack pack, Path output) throws IOException {
    for (TruthPack.Row row : pack.rows()) {
      boolean perf = row.task().equals("tempo") && row.corpus().equals("asap_perf");
      if (row.task().equals("tempo_flat") || perf) {
        samples.add(TempoSample.read(pack.folder(), row, columns));
      }
    }
    group();
    for (int i = 0; i < samples.size(); i++) {
      training.read(samples.get(i).parse(columns), columns);
      int step = Math.max(1, training.windows() / WINDOWS_A_FILE);
      for (int w = step / 2; w < training.windows(); w += step) {
        windowRows.add(training.windowFeatures(w));
        windowSamples.add(i);
      }
    }
    System.out.printf("%d files, %d windows%n", samples.size(), windowRows.size());
    TempoTraining.Answer[] answers = new TempoTraining.Answer[samples.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      List<Integer> rest = range().filter(i -> folds[i] != held).boxed().toList();
      float[] local = local(rest);
      float[] global = global(rest, local);
      range().filter(i -> folds[i] == held).forEach(i -> answers[i] = answer(i, local, global));
    }
    print("pieces left out", answers);
    float[] confidence = calibrate(answers);
    List<Integer> all = range().boxed().toList();
    float[] local = local(all);
    float[] global = global(all, local);
    range().forEach(i -> answers[i] = answer(i, local, global));
    print("pieces trained on", answers);
    List<String> lines = new ArrayList<>();
    lines.add(line("local", local));
    lines.add(line("global", global));
    lines.add(line("onset_confidence", confidence));
    Files.write(output, lines);
  }

  private TempoTraining.Answer answer(int i, float[] local, float[] global) {
    Parsed parsed = samples.get(i).parse(columns);
    return training.answer(parsed, columns, local, global);
  }

  private IntStream range() {
    return IntStream.range(0, samples.size());
  }

  private static String line(String name, float[] numbers) {
    StringBuilder line = new StringBuilder(name);
    for (float number : numbers) {
      line.append(' ').append(String.format(Locale.ROOT, "%.5g", number));
    }
    return line.toString();
  }

  private float[] local(List<Integer> of) {
    boolean[] in = new boolean[samples.size()];
    of.forEach(i -> in[i] = true);
    int[] windows = new int[samples.size()];
    windowSamples.forEach(i -> windows[i]++);
    List<float[]> rows = new ArrayList<>();
    List<boolean[]> right = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int w = 0; w < windowRows.size(); w++) {
      int i = windowSamples.get(w);
      boolean stable = samples.get(i).row().stable();
      boolean[] good = samples.get(i).right(stable ? TOLERANCE : UNSTABLE_TOLERANCE);
      if (in[i] && any(good)) {
        rows.add(windowRows.get(w));
        right.add(good);
        weights.add(importance[i] / windows[i] * (stable ? 1 : UNSTABLE_IMPORTANCE));
      }
    }
    return fit(rows, right, weights, 120);
  }

  private float[] global(List<Integer> of, float[] local) {
    List<float[]> rows = new ArrayList<>();
    List<boolean[]> right = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int i : of) {
      boolean[] good = samples.get(i).right(TOLERANCE);
      if (any(good)) {
        training.read(samples.get(i).parse(columns), columns);
        rows.add(training.features(local));
        right.add(good);
        weights.add(importance[i]);
      }
    }
    return fit(rows, right, weights, 200);
  }

  private static float[] fit(
      List<float[]> rows, List<boolean[]> right, List<Double> weights, int iterations) {
    return new LogLinear(TempoTraining.BEATS, TempoTraining.FEATURES, PENALTY, iterations)
        .fit(
            rows.toArray(new float[0][]),
            right.toArray(new boolean[0][]),
            weights.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static boolean any(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  /** Performances of one piece go into one fold; large corpora and pieces weigh less a file. */
  private void group() {
    int n = samples.size();
    int[] group = new int[n];
    for (int i = 0; i < n; i++) {
      group[i] = i;
      for (int j = 0; j < i; j++) {
        if (group[j] != group[i] && samples.get(i).likeness(samples.get(j)) > SAME_PIECE) {
          int from = group[i];
          int to = group[j];
          for (int k = 0; k <= i; k++) {
            group[k] = group[k] == from ? to : group[k];
          }
        }
      }
    }
    Map<Integer, Integer> sizes = new TreeMap<>();
    Map<String, Integer> corpora = new HashMap<>();
    for (int i = 0; i < n; i++) {
      sizes.merge(group[i], 1, Integer::sum);
      corpora.merge(samples.get(i).row().corpus(), 1, Integer::sum);
    }
    List<Integer> shuffled = new ArrayList<>(sizes.keySet());
    Collections.shuffle(shuffled, new Random(1));
    folds = new int[n];
    importance = new double[n];
    for (int i = 0; i < n; i++) {
      folds[i] = shuffled.indexOf(group[i]) % FOLDS;
      double corpus = corpora.get(samples.get(i).row().corpus());
      importance[i] = 1 / Math.sqrt(corpus * sizes.get(group[i]));
    }
    System.out.printf("%d pieces%n", sizes.size());
  }

  private void print(String title, TempoTraining.Answer[] answers) {
    System.out.println(title);
    Map<String, List<Integer>> corpora = new TreeMap<>();
    range().forEach(
            i ->
                corpora
                    .computeIfAbsent(samples.get(i).row().corpus(), c -> new ArrayList<>())
                    .add(i));
    corpora.forEach(
        (corpus, of) -> {
          List<Integer> best = new ArrayList<>(of);
          best.sort((a, b) -> Double.compare(answers[b].certainty(), answers[a].certainty()));
          best = best.subList(0, Math.max(1, of.size() / 2));
          List<Integer> stable = of.stream().filter(i -> samples.get(i).row().stable()).toList();
          System.out.printf(
              Locale.ROOT,
              "  %-12s acc1 %.3f  acc2 %.3f  stable acc2 %.3f  top50 %.3f%n",
              corpus,
              share(of, answers, false),
              share(of, answers, true),
              share(stable, answers, true),
              share(best, answers, false));
        });
  }

  private double share(List<Integer> of, TempoTraining.Answer[] answers, boolean octaves) {
    return of.stream().filter(i -> isRight(i, answers[i].bpm(), octaves)).count()
        / (double) Math.max(1, of.size());
  }

  private boolean isRight(int sample, double bpm, boolean octaves) {
    double truth = samples.get(sample).row().bpmValue();
    double[] factors = octaves ? new double[] {1, 2, 3, 0.5, 1 / 3.0} : new double[] {1};
    for (double factor : factors) {
      if (Math.abs(bpm * factor - truth) <= 0.04 * truth) {
        return true;
      }
    }
    return false;
  }

  /** Logistic regression of being right, on the answers to pieces left out. */
  private float[] calibrate(TempoTraining.Answer[] answers) {
    float[][] rows = new float[samples.size()][];
    boolean[][] right = new boolean[samples.size()][];
    for (int i = 0; i < rows.length; i++) {
      double p = Math.max(1e-3, Math.min(1 - 1e-3, answers[i].certainty()));
      rows[i] =
          new float[] {1, (float) Math.log(p / (1 - p)), (float) answers[i].variation(), 0, 0, 0};
      boolean ok = isRight(i, answers[i].bpm(), false);
      right[i] = new boolean[] {ok, !ok};
    }
    return new LogLinear(2, 3, 1e-6, 200).fit(rows, right, importance);
  }
}
