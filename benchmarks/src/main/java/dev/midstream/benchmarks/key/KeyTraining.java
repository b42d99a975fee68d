package dev.midstream.benchmarks.key;

import dev.midstream.analysis.KeyRow;
import dev.midstream.benchmarks.Report;
import dev.midstream.pipeline.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains the model of the key on annotated files, and tells by cross-validation, whole pieces left
 * out, what it is worth on music that it has not seen. Deterministic.
 */
public final class KeyTraining {
  private static final String USAGE = "--truth=TABLE [--model=FILE] [--folds=10] [--decay=0.03]";
  private static final long SEED = 24;

  /** One row of weights for many stretches needs little to hold it. */
  private static final double STRETCH_DECAY = 0.5;

  private final List<Piece> pieces;
  private final int[] groups;
  private final double[] weights;
  private final double decay;

  private KeyTraining(List<Piece> pieces, double decay) {
    this.pieces = pieces;
    this.groups = PieceGroups.of(pieces);
    this.weights = weights();
    this.decay = decay;
  }

  /** Takes {@value #USAGE}. */
  public static void main(String[] args) throws IOException {
    Path truth = null;
    Path model = null;
    int folds = 10;
    double decay = 0.03;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.substring(0, Math.max(0, arg.indexOf('=')))) {
        case "--truth" -> truth = Path.of(value);
        case "--model" -> model = Path.of(value);
        case "--folds" -> folds = Integer.parseInt(value);
        case "--decay" -> decay = Double.parseDouble(value);
        default -> throw new UserError("unknown argument " + arg + "; it takes " + USAGE);
      }
    }
    if (truth == null) {
      throw new UserError("--truth is missing; it takes " + USAGE);
    }
    Report.progress("reading");
    KeyTraining training = new KeyTraining(new PieceReader().read(truth), decay);
    Calibration calibration = training.crossValidate(folds);
    if (model != null) {
      Report.progress("fitting all");
      KeyModelWriter.write(model, training.fit(i -> true), training.fitStretches(), calibration);
    }
  }

  /**
   * All corpora count the same. Within one, the files of a piece count together as the square root
   * of their number.
   */
  private double[] weights() {
    Map<String, Integer> files = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      files.merge(pieces.get(i).corpus() + groups[i], 1, Integer::sum);
    }
    double[] result = new double[groups.length];
    Map<String, Double> totals = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      String corpus = pieces.get(i).corpus();
      result[i] = 1 / Math.sqrt(files.get(corpus + groups[i]));
      totals.merge(corpus, result[i], Double::sum);
    }
    for (int i = 0; i < groups.length; i++) {
      result[i] /= totals.get(pieces.get(i).corpus());
    }
    return result;
  }

  private interface Choice {
    boolean has(int piece);
  }

  private LogLinearKeys fit(Choice choice) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      if (choice.has(i)) {
        Piece piece = pieces.get(i);
        samples.add(new Sample(piece.evidence(), piece.keys(), weights[i]));
      }
    }
    return LogLinearKeys.fit(samples, KeyRow.SIZE, decay);
  }

  /** Most stretches of a piece are in its key; the others are noise. */
  private LogLinearKeys fitStretches() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      List<float[]> stretches = pieces.get(i).stretches();
      for (float[] stretch : stretches) {
        samples.add(new Sample(stretch, pieces.get(i).keys(), weights[i] / stretches.size()));
      }
    }
    return LogLinearKeys.fit(samples, 1, decay * STRETCH_DECAY);
  }

  private Calibration crossValidate(int folds) {
    int[] fold = new int[groups.length];
    List<Integer> distinct = new ArrayList<>(Arrays.stream(groups).distinct().boxed().toList());
    Collections.shuffle(distinct, new Random(SEED));
    for (int i = 0; i < groups.length; i++) {
      fold[i] = distinct.indexOf(groups[i]) % folds;
    }
    int[] keys = new int[groups.length];
    double[] said = new double[groups.length];
    boolean[] right = new boolean[groups.length];
    for (int f = 0; f < folds; f++) {
      Report.progress("fold %d of %d", f + 1, folds);
      int left = f;
      LogLinearKeys model = fit(i -> fold[i] != left);
      for (int i = 0; i < groups.length; i++) {
        if (fold[i] == f) {
          double[] p = model.probabilities(pieces.get(i).evidence());
          keys[i] = Softmax.best(p);
          said[i] = Math.log(p[keys[i]] / (1 - p[keys[i]]));
          right[i] = KeyAnswers.isRight(pieces.get(i), keys[i]);
        }
      }
    }
    Calibration calibration = Calibration.fit(said, right, weights);
    double[] confidences = Arrays.stream(said).map(calibration::confidence).toArray();
    KeyAnswers answers = new KeyAnswers(pieces, keys, confidences);
    Report.title("Key, pieces left out in " + folds + " folds");
    Report.line("%d files, %d pieces%n", groups.length, distinct.size());
    answers.printByCorpus();
    Report.title("Reliability");
    answers.printReliability();
    return calibration;
  }
}
