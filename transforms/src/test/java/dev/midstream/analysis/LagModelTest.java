package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model is trained on is what it scores. */
class LagModelTest {
  @ParameterizedTest
  @EnumSource(LagModel.Reading.class)
  void aScoreIsTheWeightedSumOfTheFeatures(LagModel.Reading reading) {
    Random random = new Random(5);
    float[] weights = new float[reading.features()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    float[] roots = new float[TempoEvidence.ROWS];
    float[] energies = new float[Onsets.KINDS];
    double[] logRates = new double[Onsets.KINDS];
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      logRates[kind] = kind == Onsets.KICK ? Double.NaN : random.nextGaussian();
      energies[kind] = kind == Onsets.KICK ? 0 : 1;
      for (int lag = 0; lag < LagGrid.LAGS && energies[kind] > 0; lag++) {
        roots[kind * LagGrid.STRIDE + LagGrid.MARGIN + lag] = random.nextFloat();
      }
    }
    double variation = 0.07;
    float[] scores = new float[LagGrid.PADDED_BEATS];
    new LagModel(reading, weights)
        .score(roots, energies, logRates, variation, new LagModel.Scratch(), scores);
    double same = Double.NaN;
    float[] features = new float[reading.features()];
    for (int beat = 0; beat < LagGrid.BEATS; beat++) {
      LagModel.features(reading, roots, logRates, variation, beat, features, 0);
      double sum = 0;
      for (int i = 0; i < features.length; i++) {
        sum += (double) weights[i] * features[i];
      }
      // What is the same for all beats a score leaves out.
      same = beat == 0 ? sum - scores[0] : same;
      assertThat("beat " + beat, sum - scores[beat], closeTo(same, 1e-3));
    }
  }
}
