package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beats are found where a player plays them, whatever tempo would be in the middle of them. */
class BeatTrackerTest {
  private static final int BEATS = 13;
  private static final float LOUD = 1;
  private static final float SOFT = 0.4f;

  /** Believes in what is louder than the mean. */
  private static final BeatSalience BY_STRENGTH = byStrength();

  private static BeatSalience byStrength() {
    float[] weights = new float[BeatSalience.FEATURES];
    weights[0] = 3;
    weights[weights.length - 1] = -3.5f;
    return new BeatSalience(weights);
  }

  /** Beats of these lengths in seconds, with two soft onsets at thirds of each. */
  private static double median(double usual, double[] lengths, IntPredicate isPlayed) {
    long[] micros = new long[3 * lengths.length + 1];
    float[] kinds = new float[micros.length * Onsets.KINDS];
    int size = 0;
    double time = 5;
    for (int beat = 0; beat <= lengths.length; beat++) {
      double length = beat < lengths.length ? lengths[beat] : 0;
      for (int third = 0; third < (beat < lengths.length ? 3 : 1); third++) {
        if (third > 0 || isPlayed.test(beat)) {
          kinds[size * Onsets.KINDS + Onsets.STRENGTH] = third == 0 ? LOUD : SOFT;
          micros[size++] = Math.round((time + length * third / 3) * 1e6);
        }
      }
      time += length;
    }
    BeatTracker tracker = new BeatTracker();
    tracker.reset(usual);
    tracker.add(BY_STRENGTH, micros, kinds, 0, size);
    return tracker.median();
  }

  private static double middle(double[] lengths) {
    double[] sorted = lengths.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Each beat is by so much longer than the one before, or shorter, turning in the middle. */
  private static double[] swelling(double share) {
    double[] lengths = new double[BEATS];
    lengths[0] = 0.45;
    for (int i = 1; i < BEATS; i++) {
      lengths[i] = lengths[i - 1] * (i <= BEATS * 2 / 3 ? 1 + share : 1 / (1 + share));
    }
    return lengths;
  }

  @Test
  void beatsThatGrowLongerAndShorterAreFollowed() {
    double[] lengths = swelling(0.06);
    // From the first beat to the longest is more than half as much again.
    assertThat(Arrays.stream(lengths).max().orElseThrow() / lengths[0], greaterThan(1.5));
    double middle = middle(lengths);
    // What was known before may be wrong by a tenth.
    assertThat(median(middle, lengths, beat -> true), closeTo(middle, 1e-5));
    assertThat(median(middle * 1.1, lengths, beat -> true), closeTo(middle, 1e-5));
    assertThat(median(middle / 1.1, lengths, beat -> true), closeTo(middle, 1e-5));
  }

  @Test
  void aBeatOnWhichNothingStartsIsPassed() {
    double[] lengths = IntStream.range(0, BEATS).mapToDouble(i -> 0.5).toArray();
    assertThat(median(0.53, lengths, beat -> beat % 4 != 3), closeTo(0.5, 1e-5));
  }

  @Test
  void fewBeatsTellNothing() {
    double[] lengths = IntStream.range(0, 8).mapToDouble(i -> 0.5).toArray();
    assertThat(median(0.53, lengths, beat -> true), is(0.53));
  }

  @Test
  void windowsAddUp() {
    BeatTracker tracker = new BeatTracker();
    tracker.reset(0.5);
    long[] micros = new long[6];
    float[] kinds = new float[6 * Onsets.KINDS];
    for (int window = 0; window < 3; window++) {
      for (int i = 0; i < 6; i++) {
        // Lengths of 0.48, 0.5 and 0.52 seconds.
        micros[i] = window * 10_000_000L + i * (480_000L + window * 20_000L);
        kinds[i * Onsets.KINDS] = LOUD;
      }
      tracker.add(BY_STRENGTH, micros, kinds, 0, 6);
    }
    assertThat(tracker.median(), closeTo(0.5, 1e-6));
  }
}
