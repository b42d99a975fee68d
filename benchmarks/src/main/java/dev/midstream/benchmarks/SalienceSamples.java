package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Onsets of performances whose beats are known, to learn from what tells those that are on a beat.
 */
final class SalienceSamples {
  /** Who plays is this near to the beat. */
  private static final double ON_BEAT_SECONDS = 0.04;

  private static final double PENALTY = 1e-3;
  private static final int FEATURES = TempoTraining.ONSET_FEATURES;

  /** An onset of a file, its features and none, and whether the one is right or the other. */
  private record Onset(int file, float[] features, boolean[] right, double importance) {}

  private final List<Onset> onsets = new ArrayList<>();

  /**
   * Adds the onsets of a window, as far as the beats go.
   *
   * @param training has read the file
   * @param beats when they fall, in seconds; one at least has a length
   */
  void add(int file, TempoTraining training, int window, double[] beats) {
    double[] intervals = ScoreFollower.intervals(beats, 0, beats.length - 1);
    double[] seconds = training.onsetSeconds(window);
    float[] features = training.onsetFeatures(window, intervals[intervals.length / 2]);
    for (int onset = 0; onset < seconds.length; onset++) {
      if (seconds[onset] > beats[0] - ON_BEAT_SECONDS
          && seconds[onset] < beats[beats.length - 1] + ON_BEAT_SECONDS) {
        float[] row = new float[2 * FEATURES];
        System.arraycopy(features, onset * FEATURES, row, 0, FEATURES);
        boolean is = ScoreFollower.distance(beats, seconds[onset]) < ON_BEAT_SECONDS;
        onsets.add(new Onset(file, row, new boolean[] {is, !is}, 1.0 / seconds.length));
      }
    }
  }

  /**
   * Fits a logistic regression.
   *
   * @param in the files to learn from
   * @param importance of each file
   */
  float[] fit(IntPredicate in, double[] importance) {
    TrainingSet set = new TrainingSet();
    for (Onset onset : onsets) {
      if (in.test(onset.file())) {
        double weight = importance[onset.file()] * onset.importance();
        set.add(onset.features(), onset.right(), weight);
      }
    }
    return set.fit(2, FEATURES, PENALTY);
  }
}
