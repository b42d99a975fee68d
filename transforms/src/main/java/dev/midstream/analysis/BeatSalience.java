package dev.midstream.analysis;

import java.util.Arrays;

/**
 * How likely each onset of a window is to be a beat, as log-odds: a logistic regression on what the
 * onset is, on how it compares with its neighbours, and on how far they are away, in beats. Trained
 * by {@code -Pbenchmark=train-tempo} on performances whose scores tell when their beats fall.
 * Immutable.
 */
final class BeatSalience {
  /** Strength, against the mean of the window, against the next onset, and the one before. */
  private static final int OF_MEAN = 0;

  private static final int OF_NEXT = 1;
  private static final int OF_PREVIOUS = 2;

  /** Kinds of evidence, the length in beats. */
  private static final int BASS = 3;

  private static final int LENGTH = 4;
  private static final int NOVELTY = 5;
  private static final int CHORD = 6;

  /** Distances are laid on knots of a line, in each of which the model has a number. */
  private static final int KNOTS = 6;

  private static final double KNOTS_AN_OCTAVE = 4 / 3.0;

  /** The first knots of the distances to the next onset, and to the one before. */
  private static final int AFTER = 7;

  private static final int BEFORE = AFTER + KNOTS;

  /** What is always 1. */
  private static final int ALWAYS = BEFORE + KNOTS;

  /** Features of an onset. */
  static final int FEATURES = ALWAYS + 1;

  /** The distance of the first knot, in beats. Who is nearer says no more. */
  private static final double NEAREST = 1 / 8.0;

  /** How far from the first and the last onset of a window the next one is: far. */
  private static final long FAR_MICROS = 2_000_000;

  /** Entries of {@link #PLACES} a beat. */
  private static final int PLACES_A_BEAT = 512;

  /** The place between the knots for each distance; farther than two beats is on the last one. */
  private static final float[] PLACES = new float[2 * PLACES_A_BEAT];

  static {
    for (int i = 0; i < PLACES.length; i++) {
      double octaves = Math.log((i + 0.5) / PLACES_A_BEAT / NEAREST) / Math.log(2);
      PLACES[i] = (float) Math.max(0, Math.min(KNOTS - 1, octaves * KNOTS_AN_OCTAVE));
    }
  }

  private final float[] weights;

  /** What the model gives to each distance to the next onset, as {@link #PLACES} has them. */
  private final float[] after = new float[PLACES.length];

  /** The same for the onset before. */
  private final float[] before = new float[PLACES.length];

  /** Takes a number for each of {@link #FEATURES}. */
  BeatSalience(float[] weights) {
    if (weights.length != FEATURES) {
      throw new IllegalArgumentException(weights.length + " weights for " + FEATURES);
    }
    this.weights = weights.clone();
    float[] row = new float[FEATURES];
    for (int i = 0; i < PLACES.length; i++) {
      knots(i, row, 0);
      for (int knot = 0; knot < KNOTS; knot++) {
        after[i] += row[knot] * weights[AFTER + knot];
        before[i] += row[knot] * weights[BEFORE + knot];
      }
    }
  }

  /**
   * The log-odds of each onset of a window: its {@link #features}, which this never spells out,
   * times the weights.
   *
   * @param micros times, ascending, entries {@code from … to-1}
   * @param kinds {@link Onsets#KINDS} weights for each onset
   * @param beat what a beat takes, in seconds
   * @param odds gets a number for each onset, from its beginning on
   */
  void score(long[] micros, float[] kinds, int from, int to, double beat, float[] odds) {
    float ofMean = weights[OF_MEAN] / meanStrength(kinds, from, to);
    float ofBeat = weights[LENGTH] / (float) beat;
    double places = PLACES_A_BEAT / (beat * 1e6);
    float share = 0.5f;
    int place = place(FAR_MICROS * places);
    for (int i = from; i < to; i++) {
      int row = i * Onsets.KINDS;
      float here = strength(kinds, i);
      float odd =
          weights[ALWAYS]
              + ofMean * here
              + weights[OF_PREVIOUS] * (1 - share)
              + before[place]
              + weights[BASS] * kinds[row + Onsets.BASS]
              + ofBeat * kinds[row + Onsets.LENGTH]
              + weights[NOVELTY] * kinds[row + Onsets.NOVELTY]
              + weights[CHORD] * kinds[row + Onsets.CHORD];
      // What lies between two onsets is behind the one and in front of the other.
      boolean last = i + 1 == to;
      share = last ? 0.5f : here / (here + strength(kinds, i + 1));
      place = place((last ? FAR_MICROS : micros[i + 1] - micros[i]) * places);
      odds[i - from] = odd + weights[OF_NEXT] * share + after[place];
    }
  }

  /** The features of all onsets of a window, {@link #FEATURES} each, for training. */
  static float[] features(long[] micros, float[] kinds, int from, int to, double beat) {
    float[] all = new float[(to - from) * FEATURES];
    float mean = meanStrength(kinds, from, to);
    double places = PLACES_A_BEAT / (beat * 1e6);
    for (int i = from; i < to; i++) {
      int row = (i - from) * FEATURES;
      int of = i * Onsets.KINDS;
      float here = strength(kinds, i);
      all[row + OF_MEAN] = here / mean;
      all[row + OF_NEXT] = here / (here + strength(kinds, Math.min(i + 1, to - 1)));
      all[row + OF_PREVIOUS] = here / (here + strength(kinds, Math.max(i - 1, from)));
      all[row + BASS] = kinds[of + Onsets.BASS];
      all[row + LENGTH] = kinds[of + Onsets.LENGTH] / (float) beat;
      all[row + NOVELTY] = kinds[of + Onsets.NOVELTY];
      all[row + CHORD] = kinds[of + Onsets.CHORD];
      long after = i + 1 < to ? micros[i + 1] - micros[i] : FAR_MICROS;
      long before = i > from ? micros[i] - micros[i - 1] : FAR_MICROS;
      knots(place(after * places), all, row + AFTER);
      knots(place(before * places), all, row + BEFORE);
      all[row + ALWAYS] = 1;
    }
    return all;
  }

  private static float meanStrength(float[] kinds, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      sum += strength(kinds, i);
    }
    return sum / (to - from);
  }

  /** Never 0: an onset has at least one note. */
  private static float strength(float[] kinds, int onset) {
    return kinds[onset * Onsets.KINDS + Onsets.STRENGTH];
  }

  private static int place(double distance) {
    return (int) Math.min(PLACES.length - 1, distance);
  }

  /** Shares a place out to the knots beside it. */
  private static void knots(int at, float[] row, int first) {
    float place = PLACES[at];
    int knot = Math.min(KNOTS - 2, (int) place);
    Arrays.fill(row, first, first + KNOTS, 0);
    row[first + knot] = knot + 1 - place;
    row[first + knot + 1] = place - knot;
  }
}
