package dev.midstream.benchmarks.key;

import java.util.Arrays;
import java.util.List;

/**
 * A log-linear model of the key: the score of a key is the sum, over rows and degrees, of a weight
 * times the evidence for that degree above its tonic; its probability is the exponential of that,
 * divided by the sum for all 24 keys. Weights are those of most likelihood, held small by the sum
 * of their squares. The evidence of a row is brought to one spread before, so that holding small
 * means the same for all rows.
 */
final class LogLinearKeys {
  /** Added to a row's spread: what hardly ever happens must not weigh most. */
  private static final double LEAST_SPREAD = 0.04;

  private final int rows;
  private final double[] mean;
  private final double[] spread;

  /** Row, degree, mode; then what is added to minor keys. */
  private double[] weights;

  private LogLinearKeys(int rows) {
    this.rows = rows;
    this.mean = new double[rows];
    this.spread = new double[rows];
    this.weights = new double[rows * 24 + 1];
  }

  /**
   * Fits the model.
   *
   * @param rows of each sample's evidence
   * @param decay what the sum of squared weights counts, halved, against the mean log-likelihood
   */
  static LogLinearKeys fit(List<Sample> samples, int rows, double decay) {
    LogLinearKeys model = new LogLinearKeys(rows);
    double total = samples.stream().mapToDouble(Sample::weight).sum();
    model.measureSpread(samples, total);
    float[][] evidence =
        samples.stream().map(s -> model.scaled(s.evidence())).toArray(float[][]::new);
    model.weights =
        Lbfgs.minimize(
            (point, gradient) -> model.loss(samples, evidence, total, decay, point, gradient),
            model.weights);
    return model;
  }

  private void measureSpread(List<Sample> samples, double total) {
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      double squares = 0;
      for (Sample sample : samples) {
        for (int i = row * 12; i < row * 12 + 12; i++) {
          double x = sample.evidence()[i];
          sum += sample.weight() * x;
          squares += sample.weight() * x * x;
        }
      }
      mean[row] = sum / (12 * total);
      double variance = squares / (12 * total) - mean[row] * mean[row];
      spread[row] = Math.sqrt(Math.max(0, variance)) + LEAST_SPREAD;
    }
  }

  /** Rows of 24 numbers: so a turned row is a slice. */
  private float[] scaled(float[] evidence) {
    float[] scaled = new float[rows * 24];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 12; i++) {
        float x = (float) ((evidence[row * 12 + i] - mean[row]) / spread[row]);
        scaled[row * 24 + i] = x;
        scaled[row * 24 + 12 + i] = x;
      }
    }
    return scaled;
  }

  private void scores(float[] scaled, double[] point, double[] into) {
    float[] major = new float[12];
    float[] minor = new float[12];
    for (int row = 0; row < rows; row++) {
      for (int degree = 0; degree < 12; degree++) {
        int weight = (row * 12 + degree) * 2;
        float forMajor = (float) point[weight];
        float forMinor = (float) point[weight + 1];
        int from = row * 24 + degree;
        for (int tonic = 0; tonic < 12; tonic++) {
          major[tonic] += forMajor * scaled[from + tonic];
          minor[tonic] += forMinor * scaled[from + tonic];
        }
      }
    }
    for (int tonic = 0; tonic < 12; tonic++) {
      into[tonic] = major[tonic];
      into[12 + tonic] = minor[tonic] + point[rows * 24];
    }
  }

  private double loss(
      List<Sample> samples,
      float[][] evidence,
      double total,
      double decay,
      double[] point,
      double[] gradient) {
    double loss = 0;
    Arrays.fill(gradient, 0);
    double[] p = new double[24];
    for (int s = 0; s < evidence.length; s++) {
      scores(evidence[s], point, p);
      Softmax.apply(p);
      int keys = samples.get(s).keys();
      double right = Math.max(1e-300, Softmax.of(p, keys));
      double weight = samples.get(s).weight() / total;
      loss -= weight * Math.log(right);
      for (int key = 0; key < 24; key++) {
        // What the model says less what it should have said of this key.
        p[key] = weight * (p[key] - ((keys >> key & 1) == 0 ? 0 : p[key] / right));
      }
      learn(evidence[s], p, gradient);
    }
    for (int i = 0; i < rows * 24; i++) {
      loss += decay / 2 * point[i] * point[i];
      gradient[i] += decay * point[i];
    }
    return loss;
  }

  private void learn(float[] scaled, double[] error, double[] gradient) {
    for (int row = 0; row < rows; row++) {
      for (int degree = 0; degree < 12; degree++) {
        int from = row * 24 + degree;
        double major = 0;
        double minor = 0;
        for (int tonic = 0; tonic < 12; tonic++) {
          major += error[tonic] * scaled[from + tonic];
          minor += error[12 + tonic] * scaled[from + tonic];
        }
        gradient[(row * 12 + degree) * 2] += major;
        gradient[(row * 12 + degree) * 2 + 1] += minor;
      }
    }
    for (int key = 12; key < 24; key++) {
      gradient[rows * 24] += error[key];
    }
  }

  /** The probabilities of the 24 keys. */
  double[] probabilities(float[] evidence) {
    double[] p = new double[24];
    scores(scaled(evidence), weights, p);
    Softmax.apply(p);
    return p;
  }

  /** The weight of a row's degree for a mode, 0 or 1, on evidence as it is. */
  double weight(int row, int degree, int mode) {
    return weights[(row * 12 + degree) * 2 + mode] / spread[row];
  }

  /** What is added to the scores of minor keys, for evidence as it is. */
  double minor() {
    double minor = weights[rows * 24];
    for (int row = 0; row < rows; row++) {
      for (int degree = 0; degree < 12; degree++) {
        minor -= mean[row] * (weight(row, degree, 1) - weight(row, degree, 0));
      }
    }
    return minor;
  }
}
