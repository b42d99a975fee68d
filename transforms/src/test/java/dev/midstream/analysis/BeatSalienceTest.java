package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the model is trained on is what it scores. */
class BeatSalienceTest {
  private static final int ONSETS = 40;
  private static final int FROM = 7;
  private static final double BEAT = 0.43;

  @Test
  void aScoreIsTheWeightedSumOfTheFeatures() {
    Random random = new Random(11);
    float[] weights = new float[BeatSalience.FEATURES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    long[] micros = new long[ONSETS];
    float[] kinds = new float[ONSETS * Onsets.KINDS];
    for (int onset = 1; onset < ONSETS; onset++) {
      // Some nearer than the first knot, some farther than the last.
      micros[onset] = micros[onset - 1] + 30_100 + random.nextInt(onset % 5 == 0 ? 2_500_000 : 400);
    }
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = 0.1f + random.nextFloat();
    }
    float[] odds = new float[ONSETS];
    new BeatSalience(weights).score(micros, kinds, FROM, ONSETS, BEAT, odds);
    float[] features = BeatSalience.features(micros, kinds, FROM, ONSETS, BEAT);
    for (int onset = 0; onset < ONSETS - FROM; onset++) {
      double sum = 0;
      for (int i = 0; i < BeatSalience.FEATURES; i++) {
        sum += (double) weights[i] * features[onset * BeatSalience.FEATURES + i];
      }
      assertThat("onset " + onset, (double) odds[onset], closeTo(sum, 1e-5));
    }
  }
}
