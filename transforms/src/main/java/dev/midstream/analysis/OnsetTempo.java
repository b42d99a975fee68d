package dev.midstream.analysis;

/**
 * The tempo that onsets alone tell: {@link TempoEvidence}, read by the two models of {@link
 * TempoModels}. Reused from file to file; one thread.
 */
final class OnsetTempo {
  /** Where tempo varies less than this over a file, its beat can be sharpened as one. */
  private static final double STEADY = 0.03;

  /**
   * A beat of which the model is so sure after some of the windows is not doubted by the others: of
   * the files with annotated tempo hardly any gets another answer. With 0.7 performances lose.
   */
  private static final double PLAIN = 0.9;

  /** Variation of tempo that is as good as none. */
  private static final double MACHINE = 0.005;

  /** Steps of a quarter note whose multiples are the beats of music on its grid. */
  private static final int GRID_STEPS = 12;

  /** A beat is this far from a multiple at most: two thirds of a step of the grid of lags. */
  private static final double SNAPPED = 0.02;

  /**
   * Of what is this much below the best score, as a logarithm, no one waits for the exponential.
   */
  private static final double IMPOSSIBLE = 12;

  private final TempoModels models;
  private final TempoMap steady = new TempoMap();
  private final TempoEvidence evidence = new TempoEvidence();
  private final float[] scores = new float[LagGrid.PADDED_BEATS];

  /** A zero, those of the beats, and a zero. */
  private final double[] probabilities = new double[LagGrid.BEATS + 2];

  private double beat;
  private float confidence;
  private double certainty;

  OnsetTempo(TempoModels models) {
    this.models = models;
  }

  /** Estimates; false when there are too few onsets to tell. */
  boolean estimate(NoteTimeline timeline, TempoMap map) {
    evidence.open(timeline, map);
    boolean decided =
        evidence.isLong() && evidence.readSome(timeline, map) && follow() && isPlain();
    if (!decided && !(evidence.readAll(timeline, map) && follow())) {
      return false;
    }
    beat =
        evidence.variation() < STEADY
            ? evidence.sharpen(beat)
            : evidence.track(models.salience(), beat);
    return true;
  }

  private boolean follow() {
    evidence.follow(models.local());
    decide();
    return true;
  }

  /** Whether other windows would hardly say anything else. */
  private boolean isPlain() {
    return certainty >= PLAIN && evidence.variation() < STEADY;
  }

  /**
   * The same for notes that sit on the file's tick grid, of which a few windows tell enough; false
   * when those have too few onsets.
   *
   * @param secondsPerQuarter that holds for most of the file
   * @param alone whether no tempo event says what they say as well
   */
  boolean estimateOnGrid(
      NoteTimeline timeline,
      double secondsPerQuarter,
      int division,
      int mostWindows,
      boolean alone) {
    steady.resetTo((int) (secondsPerQuarter * 1e6), secondsPerQuarter / division);
    if (!evidence.readSteady(timeline, steady, mostWindows, !alone)) {
      return false;
    }
    decide();
    if (alone) {
      beat = evidence.sharpen(beat);
    }
    // What repeats there repeats after a whole number of the grid's steps.
    double step = secondsPerQuarter / GRID_STEPS;
    double steps = Math.rint(beat / step);
    if (Math.abs(steps * step - beat) < SNAPPED * beat) {
      beat = steps * step;
    }
    return true;
  }

  private void decide() {
    evidence.score(models.global(), scores);
    softmax();
    int best = 0;
    certainty = 0;
    for (int i = 0; i < LagGrid.BEATS; i++) {
      double here = probability(i);
      if (here > certainty) {
        certainty = here;
        best = i;
      }
    }
    double off = evidence.variation() < STEADY ? summit(best) : centroid(best);
    beat = LagGrid.seconds(LagGrid.FIRST_BEAT + best + off);
    confidence = models.onsetConfidence(certainty, unsteadiness());
  }

  private void softmax() {
    float highest = scores[0];
    for (int i = 1; i < LagGrid.BEATS; i++) {
      highest = Math.max(highest, scores[i]);
    }
    double sum = 0;
    for (int i = 0; i < LagGrid.BEATS; i++) {
      double below = highest - scores[i];
      double odds = below > IMPOSSIBLE ? 0 : Math.exp(-below);
      probabilities[i + 1] = odds;
      sum += odds;
    }
    double share = 1 / sum;
    for (int i = 1; i <= LagGrid.BEATS; i++) {
      probabilities[i] *= share;
    }
  }

  /** The probability of a beat and its neighbours, which differ from it by 3 %. */
  double probability(int beatStep) {
    double sum =
        probabilities[beatStep] + probabilities[beatStep + 1] + probabilities[beatStep + 2];
    return Math.min(1, sum);
  }

  /**
   * The mean of a beat and its neighbours by their probabilities, in steps from it. Where tempo is
   * not steady a summit says which beat is the most usual one, and beats are longer than that more
   * often than shorter: the median beat is what the model was trained to give.
   */
  private double centroid(int beatStep) {
    double before = probabilities[beatStep];
    double after = probabilities[beatStep + 2];
    return (after - before) / (before + probabilities[beatStep + 1] + after);
  }

  /** The summit of a parabola through the periodicity beside a beat, in steps from it. */
  private double summit(int beatStep) {
    float[] roots = evidence.roots();
    int lag = LagGrid.MARGIN + LagGrid.FIRST_BEAT + beatStep;
    double before = roots[lag - 1];
    double after = roots[lag + 1];
    double bend = before + after - 2 * roots[lag];
    return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
  }

  /** The last estimate in beats a minute. */
  double bpm() {
    return 60 / beat;
  }

  /** The probability that the last estimate is right to 4 %, octave included. */
  float confidence() {
    return confidence;
  }

  /** What the model itself gives the last estimate, before calibration. */
  double certainty() {
    return certainty;
  }

  /**
   * How unsteady the playing is, from 0 for what a machine plays, on a logarithmic scale: people
   * who keep time are told from machines, about which models are more often right.
   */
  double unsteadiness() {
    double variation = evidence.variation();
    return variation == 0 ? 0 : Math.log1p(variation / MACHINE);
  }

  /** How probable a tempo in beats a minute is, to 3 %, by the last estimate. */
  double probabilityOf(double bpm) {
    double step = LagGrid.step(60 / bpm) - LagGrid.FIRST_BEAT;
    return step > -0.5 && step < LagGrid.BEATS - 0.5 ? probability((int) Math.rint(step)) : 0;
  }

  TempoEvidence evidence() {
    return evidence;
  }

  void trim() {
    evidence.trim();
  }
}
