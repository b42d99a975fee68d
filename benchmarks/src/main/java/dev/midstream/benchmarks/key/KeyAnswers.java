package dev.midstream.benchmarks.key;

import dev.midstream.benchmarks.Report;
import dev.midstream.benchmarks.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was answered for each piece, against what is true: the tables that tell what it is worth.
 */
final class KeyAnswers {
  private static final double[] BOUNDS = {0, .3, .5, .7, .8, .9, .95, .98, 1.01};

  private final List<Piece> pieces;
  private final int[] keys;
  private final double[] confidences;

  KeyAnswers(List<Piece> pieces, int[] keys, double[] confidences) {
    this.pieces = pieces;
    this.keys = keys;
    this.confidences = confidences;
  }

  static boolean isRight(Piece piece, int key) {
    return (piece.keys() >> key & 1) != 0;
  }

  private static Score.Key keyOf(int number) {
    return new Score.Key(number % 12, number >= 12);
  }

  void printByCorpus() {
    Map<String, List<Integer>> corpora = new TreeMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      corpora.computeIfAbsent(pieces.get(i).corpus(), name -> new ArrayList<>()).add(i);
    }
    Report.head("corpus", "files", "exact", "MIREX", "exact, the more confident half");
    double[] macro = new double[3];
    int withKey = 0;
    for (Map.Entry<String, List<Integer>> corpus : corpora.entrySet()) {
      List<Integer> all = corpus.getValue();
      all.sort(Comparator.comparingDouble(i -> -confidences[i]));
      double[] values = {exact(all), 0, exact(all.subList(0, Math.max(1, all.size() / 2)))};
      boolean onlySignature = pieces.get(all.get(0)).onlySignature();
      if (!onlySignature) {
        for (int i : all) {
          int truth = Integer.numberOfTrailingZeros(pieces.get(i).keys());
          values[1] += Score.mirex(keyOf(truth), keyOf(keys[i])) / all.size();
        }
        for (int k = 0; k < 3; k++) {
          macro[k] += values[k];
        }
        withKey++;
      }
      Report.row(
          corpus.getKey() + (onlySignature ? " (signature)" : ""),
          Report.number(all.size()),
          Report.number(values[0], 3),
          onlySignature ? "" : Report.number(values[1], 3),
          Report.number(values[2], 3));
    }
    if (withKey > 0) {
      Report.row(
          "mean of those with a key",
          "",
          Report.number(macro[0] / withKey, 4),
          Report.number(macro[1] / withKey, 4),
          Report.number(macro[2] / withKey, 4));
    }
  }

  private double exact(List<Integer> some) {
    return some.stream().filter(i -> isRight(pieces.get(i), keys[i])).count()
        / (double) some.size();
  }

  void printReliability() {
    Report.head("confidence", "answers", "mean confidence", "right");
    for (int bin = 0; bin + 1 < BOUNDS.length; bin++) {
      int answers = 0;
      int right = 0;
      double sum = 0;
      for (int i = 0; i < keys.length; i++) {
        if (confidences[i] >= BOUNDS[bin] && confidences[i] < BOUNDS[bin + 1]) {
          answers++;
          sum += confidences[i];
          right += isRight(pieces.get(i), keys[i]) ? 1 : 0;
        }
      }
      if (answers > 0) {
        Report.row(
            Report.number(BOUNDS[bin], 2) + " – " + Report.number(Math.min(1, BOUNDS[bin + 1]), 2),
            Report.number(answers),
            Report.number(sum / answers, 3),
            Report.number(right / (double) answers, 3));
      }
    }
  }
}
