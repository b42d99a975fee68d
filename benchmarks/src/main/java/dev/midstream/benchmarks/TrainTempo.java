package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoMethod;
import dev.midstream.analysis.TempoTraining;
import dev.midstream.analysis.TempoTraining.Answer;
import dev.midstream.midi.MidiColumns;
import dev.midstream.pipeline.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the models of tempo and metre on a {@linkplain TruthPack truth pack}, and on {@linkplain
 * WrittenMusic music that tells its beats} beside it, and writes their numbers. Five times first
 * without a fifth of the pieces, to print how the models do on those: a piece's performances are
 * all left out together. Confidences are calibrated on these answers. Deterministic.
 */
public final class TrainTempo {
  private static final String USAGE =
      "--truth=FOLDER --output=FILE [--written=FOLDER [--apart=FOLDER]]";
  private static final String PERFORMANCES = "asap_perf";
  private static final int FOLDS = 5;
  private static final int WINDOWS_A_FILE = 4;

  /** What is right for training: the measure allows 4 %, and the grid of tempi has steps of 3 %. */
  private static final double TOLERANCE = 0.035;

  /**
   * Files whose pitches are this alike may be a performance and its score: whether they are, the
   * {@link ScoreFollower} tells.
   */
  private static final double MAYBE_SAME_PIECE = 0.9;

  /**
   * Where tempo is not stable and no score tells the beats, a window's tempo is not the file's, and
   * says little.
   */
  private static final double UNSTABLE_TOLERANCE = 0.12;

  private static final double UNSTABLE_IMPORTANCE = 0.05;

  /** Enough that plain pulses are heard as what they are, too little to change how music is. */
  private static final double PULSE_IMPORTANCE = 0.2;

  /** What is written says little of how it is played, and there is much of it. */
  private static final double WRITTEN_IMPORTANCE = 0.3;

  /** The hardest, and the written music's opposite: it is not to drown them. */
  private static final double PERFORMANCE_IMPORTANCE = 1.5;

  private static final double PENALTY = 1e-3;

  /** A file's model has three times as many numbers as a window's, and fewer samples. */
  private static final double FILE_PENALTY = 3e-3;

  private final List<TempoSample> samples = new ArrayList<>();
  private final MidiColumns columns = new MidiColumns();
  private final TempoTraining training = new TempoTraining();
  private final List<Window> windows = new ArrayList<>();
  private final SalienceSamples onsets = new SalienceSamples();
  private int[] pieces = new int[0];
  private int[] folds = new int[0];
  private double[] importance = new double[0];

  /** A window to train on, with the tempi that are right there. */
  private record Window(int sample, float[] features, boolean[] right, double importance) {}

  public static void main(String[] args) throws IOException {
    Path truth = null;
    Path output = null;
    Path written = null;
    Path apart = null;
    for (String arg : args) {
      if (arg.startsWith("--truth=")) {
        truth = Path.of(arg.substring("--truth=".length()));
      } else if (arg.startsWith("--output=")) {
        output = Path.of(arg.substring("--output=".length()));
      } else if (arg.startsWith("--written=")) {
        written = Path.of(arg.substring("--written=".length()));
      } else if (arg.startsWith("--apart=")) {
        apart = Path.of(arg.substring("--apart=".length()));
      } else {
        throw new UserError("unknown argument " + arg + "; it takes " + USAGE);
      }
    }
    if (truth == null || output == null) {
      throw new UserError("it takes " + USAGE);
    }
    TrainTempo training = new TrainTempo();
    training.read(TruthPack.read(truth));
    if (written != null) {
      training.samples.addAll(new WrittenMusic(training.columns).read(written, apart));
    }
    training.run(output);
  }

  private void read(TruthPack pack) throws IOException {
    for (TruthPack.Row row : pack.rows()) {
      if (row.isTempo()) {
        samples.add(TempoSample.read(pack.folder(), row, columns));
      }
    }
    samples.addAll(PlainPulses.all(columns));
  }

  private void run(Path output) throws IOException {
    group();
    readWindows();
    System.out.printf(
        "%d files of %d pieces%n", samples.size(), IntStream.of(pieces).distinct().count());
    Answer[] answers = new Answer[samples.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      Map<String, float[]> numbers = train(i -> folds[i] != held);
      range().filter(i -> folds[i] == held).forEach(i -> answers[i] = answer(i, numbers));
    }
    Map<String, float[]> confidences = calibrate(answers);
    print("pieces left out", answers);
    Map<String, float[]> numbers = train(i -> true);
    numbers.putAll(confidences);
    range().forEach(i -> answers[i] = answer(i, numbers));
    print("pieces trained on", answers);
    List<String> lines = new ArrayList<>();
    lines.add("# Written by -Pbenchmark=train-tempo: see docs/accuracy.md.");
    numbers.forEach((name, values) -> lines.add(line(name, values)));
    Files.write(output, lines);
  }

  /** Where the tempo must come from the onsets: the rest has tempo events that tell it. */
  private boolean isOnsetTask(int i) {
    TruthPack.Row row = samples.get(i).row();
    return row.task().equals("tempo_flat") || isPerformance(i);
  }

  private IntStream range() {
    return IntStream.range(0, samples.size());
  }

  private Answer answer(int i, Map<String, float[]> numbers) {
    return training.answer(samples.get(i).parse(columns), columns, numbers);
  }

  private static String line(String name, float[] numbers) {
    StringBuilder line = new StringBuilder(name);
    for (float number : numbers) {
      line.append(' ').append(String.format(Locale.ROOT, "%.5g", number));
    }
    return line.toString();
  }

  private void readWindows() {
    int[] followed = new int[samples.size()];
    range()
        .filter(this::isOnsetTask)
        .forEach(
            i -> {
              double[] beats = isPerformance(i) ? beats(i) : samples.get(i).beats();
              followed[i] = isPerformance(i) && beats.length > 0 ? 1 : 0;
              training.read(samples.get(i).parse(columns), columns);
              int step = Math.max(1, training.windows() / WINDOWS_A_FILE);
              for (int w = step / 2; w < training.windows(); w += step) {
                windows.add(window(i, w, beats));
                if (followed[i] > 0) {
                  onsets.add(i, training, w, beats);
                }
              }
            });
    System.out.printf("beats of %d performances from scores%n", IntStream.of(followed).sum());
  }

  private boolean isPerformance(int i) {
    return samples.get(i).row().corpus().equals(PERFORMANCES);
  }

  /** When the beats of a performance fall, if the pack has its score. */
  private double[] beats(int performance) {
    TempoSample sample = samples.get(performance);
    return samples.stream()
        .filter(other -> other.row().corpus().equals("asap_score"))
        .filter(other -> other.row().task().equals("tempo"))
        .filter(other -> sample.likeness(other) > MAYBE_SAME_PIECE)
        .max(Comparator.comparingDouble(sample::likeness))
        .map(
            score ->
                ScoreFollower.beats(
                    training.notes(sample.parse(columns), columns),
                    training.notes(score.parse(columns), columns),
                    sample.row().bpmValue()))
        .orElse(new double[0]);
  }

  private Window window(int i, int window, double[] beats) {
    TempoSample sample = samples.get(i);
    float[] features = training.windowFeatures(window);
    double start = training.windowSeconds(window) - TempoTraining.WINDOW_SECONDS / 2.0;
    double beat = ScoreFollower.median(beats, start, start + TempoTraining.WINDOW_SECONDS);
    if (!Double.isNaN(beat)) {
      return new Window(i, features, TempoSample.right(60 / beat, TOLERANCE), 1);
    }
    return sample.row().stable()
        ? new Window(i, features, sample.right(TOLERANCE), 1)
        : new Window(i, features, sample.right(UNSTABLE_TOLERANCE), UNSTABLE_IMPORTANCE);
  }

  private Map<String, float[]> train(IntPredicate in) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    numbers.put("local", local(in));
    numbers.put("global", global(in, numbers.get("local")));
    numbers.put("salience", onsets.fit(in, importance));
    numbers.put("meter", new float[TempoTraining.meters() * TempoTraining.WINDOW_FEATURES]);
    for (String name :
        List.of(
            "onset_confidence",
            "event_confidence",
            "meter_confidence",
            "stated_meter_confidence")) {
      numbers.put(name, new float[TempoTraining.CALIBRATION]);
    }
    numbers.put("meter", meter(in, numbers));
    return numbers;
  }

  private float[] local(IntPredicate in) {
    int[] count = new int[samples.size()];
    windows.forEach(window -> count[window.sample()]++);
    TrainingSet set = new TrainingSet();
    for (Window window : windows) {
      int i = window.sample();
      if (in.test(i)) {
        set.add(window.features(), window.right(), importance[i] / count[i] * window.importance());
      }
    }
    return set.fit(TempoTraining.BEATS, TempoTraining.WINDOW_FEATURES, PENALTY);
  }

  private float[] global(IntPredicate in, float[] local) {
    TrainingSet set = new TrainingSet();
    range()
        .filter(in)
        .filter(this::isOnsetTask)
        .forEach(
            i -> {
              training.read(samples.get(i).parse(columns), columns);
              set.add(training.features(local), samples.get(i).right(TOLERANCE), importance[i]);
            });
    return set.fit(TempoTraining.BEATS, TempoTraining.FILE_FEATURES, FILE_PENALTY);
  }

  /** Learns metres at the beats that the analysis finds. */
  private float[] meter(IntPredicate in, Map<String, float[]> numbers) {
    int kinds = TempoTraining.meters();
    TrainingSet set = new TrainingSet();
    range()
        .filter(in)
        .filter(i -> meterOf(i) >= 0)
        .forEach(
            i -> {
              Answer answer = answer(i, numbers);
              float[] beat = answer.beat();
              // At another level than the beat's the time signature says something else.
              boolean told = !isWritten(i) || isRight(i, answer.tempo().bpm(), false);
              if (beat != null && told) {
                float[] row = new float[kinds * kinds * beat.length];
                boolean[] right = new boolean[kinds];
                right[meterOf(i)] = true;
                for (int kind = 0; kind < kinds; kind++) {
                  System.arraycopy(beat, 0, row, kind * (kinds + 1) * beat.length, beat.length);
                }
                set.add(row, right, importance[i]);
              }
            });
    return set.fit(kinds, kinds * TempoTraining.WINDOW_FEATURES, PENALTY);
  }

  private int meterOf(int i) {
    String[] parts = samples.get(i).row().meter().split("/", -1);
    return parts.length == 2
        ? TempoTraining.meterOf(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
        : -1;
  }

  /** Performances of one piece go into one fold; large corpora and pieces weigh less a file. */
  private void group() {
    int n = samples.size();
    pieces = range().toArray();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (pieces[j] != pieces[i] && isSamePiece(i, j)) {
          int from = pieces[i];
          int to = pieces[j];
          for (int k = 0; k <= i; k++) {
            pieces[k] = pieces[k] == from ? to : pieces[k];
          }
        }
      }
    }
    Map<Integer, Integer> sizes = new TreeMap<>();
    Map<String, Integer> corpora = new HashMap<>();
    for (int i = 0; i < n; i++) {
      sizes.merge(pieces[i], 1, Integer::sum);
      corpora.merge(samples.get(i).row().corpus(), 1, Integer::sum);
    }
    List<Integer> shuffled = new ArrayList<>(sizes.keySet());
    Collections.shuffle(shuffled, new Random(1));
    folds = new int[n];
    importance = new double[n];
    for (int i = 0; i < n; i++) {
      folds[i] = shuffled.indexOf(pieces[i]) % FOLDS;
      double corpus = corpora.get(samples.get(i).row().corpus());
      importance[i] = importance(i) / Math.sqrt(corpus * sizes.get(pieces[i]));
    }
  }

  private double importance(int i) {
    return switch (samples.get(i).row().corpus()) {
      case PlainPulses.CORPUS -> PULSE_IMPORTANCE;
      case WrittenMusic.CORPUS -> WRITTEN_IMPORTANCE;
      case PERFORMANCES -> PERFORMANCE_IMPORTANCE;
      default -> 1;
    };
  }

  private boolean isSamePiece(int i, int j) {
    TempoSample one = samples.get(i);
    TempoSample other = samples.get(j);
    // Plain pulses are alike by design.
    return (isPulse(one) || isPulse(other)) ? i == j : one.isSamePiece(other);
  }

  private boolean isWritten(int i) {
    return samples.get(i).row().corpus().equals(WrittenMusic.CORPUS);
  }

  private static boolean isPulse(TempoSample sample) {
    return sample.row().corpus().equals(PlainPulses.CORPUS);
  }

  /** Logistic regressions of being right, on the answers to pieces left out. */
  private Map<String, float[]> calibrate(Answer[] answers) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    TrainingSet onsets = new TrainingSet();
    TrainingSet events = new TrainingSet();
    TrainingSet meters = new TrainingSet();
    TrainingSet stated = new TrainingSet();
    for (int i = 0; i < answers.length; i++) {
      Answer answer = answers[i];
      Float onsetBpm = answer.tempo().onsetBpm();
      if (!isPulse(samples.get(i)) && !isWritten(i) && isOnsetTask(i) && onsetBpm != null) {
        onsets.addAnswer(answer.certainty(), answer.unsteadiness(), isRight(i, onsetBpm, false), 1);
      }
      TempoMethod method = answer.tempo().method();
      if (!isOnsetTask(i) && method != TempoMethod.ONSETS) {
        events.addAnswer(
            answer.agreement(), answer.alignment(), isRight(i, answer.tempo().bpm(), false), 1);
      }
      int meter = meterOf(i);
      double[] probabilities = answer.meters();
      if (!isWritten(i) && meter >= 0 && probabilities != null) {
        int best = best(probabilities);
        meters.addAnswer(probabilities[best], 0, best == meter, 1);
        // As if files stated any metre, and most of the time the right one.
        for (int said = 0; said < probabilities.length; said++) {
          stated.addAnswer(probabilities[said], 0, said == meter, said == meter ? 1 : 0.05);
        }
      }
    }
    numbers.put("onset_confidence", onsets.fit(2, TempoTraining.CALIBRATION, 1e-6));
    numbers.put("event_confidence", events.fit(2, TempoTraining.CALIBRATION, 1e-3));
    numbers.put("meter_confidence", meters.fit(2, TempoTraining.CALIBRATION, 1e-6));
    numbers.put("stated_meter_confidence", stated.fit(2, TempoTraining.CALIBRATION, 1e-6));
    return numbers;
  }

  private static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private boolean isRight(int sample, @Nullable Float bpm, boolean octaves) {
    return bpm != null && Score.tempo(samples.get(sample).row().bpmValue(), bpm, octaves);
  }

  private void print(String title, Answer[] answers) {
    System.out.println(title);
    Map<String, List<Integer>> tasks = new TreeMap<>();
    range()
        .forEach(
            i -> {
              TruthPack.Row row = samples.get(i).row();
              tasks.computeIfAbsent(row.task() + " " + row.corpus(), c -> new ArrayList<>()).add(i);
            });
    tasks.forEach(
        (task, of) -> {
          List<Integer> stable = of.stream().filter(i -> samples.get(i).row().stable()).toList();
          List<Integer> metered = of.stream().filter(i -> meterOf(i) >= 0).toList();
          System.out.printf(
              Locale.ROOT,
              "  %-21s acc1 %.3f  acc2 %.3f  stable acc2 %.3f  kind of metre, from onsets %.3f%n",
              task,
              share(of, i -> isRight(i, answers[i].tempo().bpm(), false)),
              share(of, i -> isRight(i, answers[i].tempo().bpm(), true)),
              share(stable, i -> isRight(i, answers[i].tempo().bpm(), true)),
              share(
                  metered,
                  i -> answers[i].meters() != null && best(answers[i].meters()) == meterOf(i)));
        });
  }

  private static double share(List<Integer> of, IntPredicate right) {
    return of.stream().filter(right::test).count() / (double) Math.max(1, of.size());
  }
}
