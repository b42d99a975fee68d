package dev.midstream.analysis;

import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * The tempo that onsets alone tell: a histogram of the intervals between all onsets up to four
 * seconds apart (after Dixon, "Automatic Extraction of Tempo and Beat from Expressive
 * Performances", JNMR 30, 2001), read by a comb over the multiples of each beat period, under a
 * log-normal prior of tempo. Works on seconds, so that it does not depend on the file's ticks.
 * Reused from file to file; one thread.
 */
final class OnsetTempo {
  private static final double CHORD_SECONDS = 0.03;
  private static final double BIN_SECONDS = 0.005;
  private static final double LONGEST_SECONDS = 4;
  private static final int BINS = (int) (LONGEST_SECONDS / BIN_SECONDS) + 8;
  private static final int MOST_ONSETS = 20_000;
  private static final int FEWEST_ONSETS = 6;
  private static final double SLOWEST_BPM = 35;
  private static final double FASTEST_BPM = 250;
  private static final double GRID_STEP = 1.01;
  private static final double PRIOR_BPM = 105;
  private static final double PRIOR_OCTAVES = 0.65;
  private static final int COMB_TEETH = 8;
  private static final int LOW_PITCH = 48;

  /** The tempi that are tried, as periods in seconds, a hundredth apart; and their priors. */
  private static final double[] PERIODS =
      new double[(int) (Math.log(FASTEST_BPM / SLOWEST_BPM) / Math.log(GRID_STEP))];

  private static final double[] PRIORS = new double[PERIODS.length];
  private static final double[] TOOTH_WEIGHTS = new double[COMB_TEETH + 1];

  /** Candidates so near to each other are one answer. */
  private static final int NEIGHBOURS = 8;

  static {
    for (int i = 0; i < PERIODS.length; i++) {
      double candidate = SLOWEST_BPM * Math.pow(GRID_STEP, i);
      double octaves = Math.log(candidate / PRIOR_BPM) / Math.log(2) / PRIOR_OCTAVES;
      PERIODS[i] = 60 / candidate;
      PRIORS[i] = Math.exp(-0.5 * octaves * octaves);
    }
    for (int tooth = 1; tooth <= COMB_TEETH; tooth++) {
      TOOTH_WEIGHTS[tooth] = 1 / Math.sqrt(tooth);
    }
  }

  private final double[] scores = new double[PERIODS.length];
  private final double[] histogram = new double[BINS];
  private final double[] smooth = new double[BINS];
  private double[] times = new double[1 << 10];
  private double[] weights = new double[1 << 10];

  private double bpm;
  private double confidence;

  /** Estimates; false when there are too few onsets to tell. */
  boolean estimate(NoteColumns notes, NoteTimeline timeline, double[] startSeconds) {
    int onsets = mergeChords(notes, timeline, startSeconds);
    if (onsets < FEWEST_ONSETS) {
      return false;
    }
    fillHistogram(onsets);
    int best = 0;
    for (int i = 0; i < PERIODS.length; i++) {
      scores[i] = score(i);
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    if (scores[best] <= 0) {
      return false;
    }
    double rival = 0;
    for (int i = 0; i < PERIODS.length; i++) {
      if (Math.abs(i - best) > NEIGHBOURS) {
        rival = Math.max(rival, scores[i]);
      }
    }
    bpm = 60 / refine(PERIODS[best]);
    confidence = Math.min(1, Math.max(0, 1 - rival / scores[best]));
    return true;
  }

  /** The last estimate in quarter notes a minute. */
  double bpm() {
    return bpm;
  }

  /** How far the last estimate stands out from the best other tempo, 0 … 1. */
  double confidence() {
    return confidence;
  }

  /** Notes that start together are one onset, heavier by velocity, number and low register. */
  private int mergeChords(NoteColumns notes, NoteTimeline timeline, double[] startSeconds) {
    int onsets = 0;
    byte[] velocities = notes.velocities();
    byte[] pitches = notes.pitches();
    int[] order = timeline.order();
    for (int i = 0; i < timeline.size(); i++) {
      double weight = velocities[order[i]] / 127.0;
      if (pitches[order[i]] < LOW_PITCH) {
        weight *= 1.5;
      }
      if (onsets > 0 && startSeconds[i] - times[onsets - 1] < CHORD_SECONDS) {
        weights[onsets - 1] += weight;
        continue;
      }
      if (onsets == MOST_ONSETS) {
        break;
      }
      if (onsets == times.length) {
        times = Arrays.copyOf(times, onsets * 2);
        weights = Arrays.copyOf(weights, onsets * 2);
      }
      times[onsets] = startSeconds[i];
      weights[onsets++] = weight;
    }
    for (int i = 0; i < onsets; i++) {
      weights[i] = Math.sqrt(weights[i]);
    }
    return onsets;
  }

  private void fillHistogram(int onsets) {
    Arrays.fill(histogram, 0);
    for (int i = 0; i < onsets; i++) {
      for (int j = i + 1; j < onsets; j++) {
        double interval = times[j] - times[i];
        if (interval >= LONGEST_SECONDS) {
          break;
        }
        histogram[(int) (interval / BIN_SECONDS + 0.5)] += weights[i] * weights[j];
      }
    }
    for (int i = 0; i < BINS; i++) {
      double sum = 3 * histogram[i];
      for (int d = 1; d <= 2; d++) {
        sum += (3 - d) * (histogram[Math.max(0, i - d)] + histogram[Math.min(BINS - 1, i + d)]);
      }
      smooth[i] = sum;
    }
  }

  private double score(int candidate) {
    double period = PERIODS[candidate] / BIN_SECONDS;
    double sum = 0;
    double norm = 0;
    for (int tooth = 1; tooth <= COMB_TEETH; tooth++) {
      int bin = (int) (tooth * period + 0.5);
      if (bin >= BINS - 8) {
        break;
      }
      sum += TOOTH_WEIGHTS[tooth] * smooth[bin];
      norm += TOOTH_WEIGHTS[tooth];
    }
    return sum / norm * PRIORS[candidate];
  }

  /** Sharpens a period by the mass around its multiples; far ones, being finer, come last. */
  private double refine(double period) {
    double refined = period;
    for (int tooth = 1; tooth <= COMB_TEETH && tooth * refined < LONGEST_SECONDS; tooth++) {
      int centre = (int) (tooth * refined / BIN_SECONDS + 0.5);
      double mass = 0;
      double moment = 0;
      for (int i = Math.max(1, centre - 4); i <= Math.min(BINS - 1, centre + 4); i++) {
        mass += histogram[i];
        moment += histogram[i] * i;
      }
      if (mass > 0) {
        refined = moment / mass * BIN_SECONDS / tooth;
      }
    }
    return refined;
  }
}
