package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoTraining;
import java.util.ArrayList;
import java.util.List;

/** Samples for {@link LogLinear}; those without a right alternative are left out. */
final class TrainingSet {
  /** Few: what the last steps gain on the pieces trained on, they lose on others. */
  private static final int ITERATIONS = 60;

  private final List<float[]> rows = new ArrayList<>();
  private final List<boolean[]> right = new ArrayList<>();
  private final List<Double> importance = new ArrayList<>();

  void add(float[] row, boolean[] rightOnes, double weight) {
    for (boolean one : rightOnes) {
      if (one) {
        rows.add(row);
        right.add(rightOnes);
        importance.add(weight);
        return;
      }
    }
  }

  /** An answer that is right or not, for a logistic regression of four numbers. */
  void addAnswer(double probability, double other, boolean isRight, double weight) {
    float[] row = new float[2 * TempoTraining.CALIBRATION];
    TempoTraining.calibration(probability, other, row);
    add(row, new boolean[] {isRight, !isRight}, weight);
  }

  float[] fit(int alternatives, int features, double penalty) {
    return new LogLinear(alternatives, features, penalty, ITERATIONS)
        .fit(
            rows.toArray(new float[0][]),
            right.toArray(new boolean[0][]),
            importance.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
