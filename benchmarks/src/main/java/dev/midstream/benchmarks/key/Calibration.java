package dev.midstream.benchmarks.key;

/**
 * From what a model says of its answer to how often such answers are right: a straight line on
 * log-odds (Platt, "Probabilistic Outputs for Support Vector Machines", 1999).
 *
 * @param offset log-odds of being right where the model says one to one
 * @param slope how far to believe the model's own log-odds
 */
record Calibration(double offset, double slope) {

  /** The most likely line for answers of log-odds {@code said}. */
  static Calibration fit(double[] said, boolean[] right, double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double all = total;
    double[] line =
        Lbfgs.minimize(
            (point, gradient) -> {
              double loss = 0;
              gradient[0] = 0;
              gradient[1] = 0;
              for (int i = 0; i < said.length; i++) {
                double p = logistic(point[0] + point[1] * said[i]);
                double weight = weights[i] / all;
                loss -= weight * Math.log(Math.max(1e-300, right[i] ? p : 1 - p));
                double error = weight * (p - (right[i] ? 1 : 0));
                gradient[0] += error;
                gradient[1] += error * said[i];
              }
              return loss;
            },
            new double[] {0, 1});
    return new Calibration(line[0], line[1]);
  }

  double confidence(double said) {
    return logistic(offset + slope * said);
  }

  private static double logistic(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }
}
