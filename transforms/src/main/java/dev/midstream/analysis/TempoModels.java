package dev.midstream.analysis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trained numbers of the analyses of tempo and metre. The resource {@code tempo.model} holds
 * them as text, a name and its numbers a line, as {@code -Pbenchmark=train-tempo} writes them.
 * Immutable.
 */
final class TempoModels {
  private static final String RESOURCE = "tempo.model";

  /** The numbers of a confidence. */
  static final int CALIBRATION = 4;

  /** Read when first asked for, so that training can begin without them. */
  private static final class Holder {
    static final TempoModels TRAINED = load();
  }

  private final LagModel local;
  private final LagModel global;
  private final BeatSalience salience;
  private final MeterModel meter;
  private final float[] onsetConfidence;
  private final float[] eventConfidence;
  private final float[] meterConfidence;
  private final float[] statedMeterConfidence;

  /** Takes each line's numbers by its name. */
  TempoModels(Map<String, float[]> numbers) {
    local = new LagModel(LagModel.Reading.WINDOW, numbers.get("local"));
    global = new LagModel(LagModel.Reading.FILE, numbers.get("global"));
    salience = new BeatSalience(numbers.get("salience"));
    meter = new MeterModel(numbers.get("meter"));
    onsetConfidence = numbers.get("onset_confidence").clone();
    eventConfidence = numbers.get("event_confidence").clone();
    meterConfidence = numbers.get("meter_confidence").clone();
    statedMeterConfidence = numbers.get("stated_meter_confidence").clone();
  }

  /** The numbers that come with the class. */
  static TempoModels trained() {
    return Holder.TRAINED;
  }

  private static TempoModels load() {
    Map<String, float[]> numbers = new HashMap<>();
    try (InputStream in = TempoModels.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      List<String> lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).lines().toList();
      for (String line : lines) {
        if (!line.startsWith("#")) {
          String[] fields = line.split(" ", -1);
          float[] values = new float[fields.length - 1];
          for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(fields[i + 1]);
          }
          numbers.put(fields[0], values);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TempoModels(numbers);
  }

  /** Scores the beats of one window. */
  LagModel local() {
    return local;
  }

  /** Scores the beats of a file. */
  LagModel global() {
    return global;
  }

  /** Tells the onsets that may be beats. */
  BeatSalience salience() {
    return salience;
  }

  MeterModel meter() {
    return meter;
  }

  /**
   * The probability that a tempo from onsets is right.
   *
   * @param certainty what the model gives it, 0 … 1
   * @param unsteadiness how much tempo varies, on a logarithmic scale
   */
  float onsetConfidence(double certainty, double unsteadiness) {
    return logistic(onsetConfidence, certainty, unsteadiness);
  }

  /**
   * The probability that a tempo from tempo events is right.
   *
   * @param agreement the probability that the onsets give it, 0 … 1
   * @param alignment how strongly onsets sit on the file's grid, 0 … 1
   */
  float eventConfidence(double agreement, double alignment) {
    return logistic(eventConfidence, agreement, alignment);
  }

  /** The probability that a metre from onsets is right. */
  float meterConfidence(double certainty) {
    return logistic(meterConfidence, certainty, 0);
  }

  /** The probability that the file's metre is right to which onsets give {@code agreement}. */
  float statedMeterConfidence(double agreement) {
    return logistic(statedMeterConfidence, agreement, 0);
  }

  /** The logarithm of the odds, bounded. */
  private static double logOdds(double probability) {
    double bounded = Math.max(1e-3, Math.min(1 - 1e-3, probability));
    return Math.log(bounded / (1 - bounded));
  }

  /**
   * What the numbers of a confidence are laid on: a logistic regression, with a square, since being
   * right does not rise or fall evenly with how unsteady the playing is.
   */
  static void calibration(double probability, double other, float[] row) {
    row[0] = 1;
    row[1] = (float) logOdds(probability);
    row[2] = (float) other;
    row[3] = (float) (other * other);
  }

  private static float logistic(float[] weights, double probability, double other) {
    double x =
        weights[0] + weights[1] * logOdds(probability) + other * (weights[2] + weights[3] * other);
    return (float) (1 / (1 + Math.exp(-x)));
  }
}
