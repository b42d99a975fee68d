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
 * The trained numbers of the tempo analysis. The resource {@code tempo.model} holds them as text, a
 * name and its numbers a line, as {@code -Pbenchmark=train-tempo} writes them. Immutable.
 */
final class TempoModels {
  private static final String RESOURCE = "tempo.model";

  /** Read when first asked for, so that training can begin without them. */
  private static final class Holder {
    static final TempoModels TRAINED = load();
  }

  private final LagModel local;
  private final LagModel global;
  private final float[] onsetConfidence;

  TempoModels(float[] local, float[] global, float[] onsetConfidence) {
    this.local = new LagModel(local);
    this.global = new LagModel(global);
    this.onsetConfidence = onsetConfidence.clone();
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
    return new TempoModels(
        numbers.get("local"), numbers.get("global"), numbers.get("onset_confidence"));
  }

  /** Scores the beats of one window. */
  LagModel local() {
    return local;
  }

  /** Scores the beats of a file. */
  LagModel global() {
    return global;
  }

  /**
   * The probability that an answer is right.
   *
   * @param certainty what the model gives the answer, 0 … 1
   * @param variation how much tempo varies over the file
   */
  double onsetConfidence(double certainty, double variation) {
    double bounded = Math.max(1e-3, Math.min(1 - 1e-3, certainty));
    double x =
        onsetConfidence[0]
            + onsetConfidence[1] * Math.log(bounded / (1 - bounded))
            + onsetConfidence[2] * variation;
    return 1 / (1 + Math.exp(-x));
  }
}
