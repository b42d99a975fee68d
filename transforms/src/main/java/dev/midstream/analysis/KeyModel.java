package dev.midstream.analysis;

import dev.midstream.simd.SignalKernel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What was learnt about keys: for each {@link KeyRow} of evidence how much each degree above the
 * tonic speaks for a major and for a minor key. A log-linear model, that is a table of profiles as
 * Krumhansl's, but one for each kind of evidence, all fitted together; the same for all tonics.
 * Read from {@code key-model.tsv}, which the command {@code -Pbenchmark=train-key} writes.
 * Immutable.
 */
final class KeyModel {
  private static final String RESOURCE = "key-model.tsv";
  private static final String WINDOW = "WINDOW";

  /** As {@link SignalKernel#correlate} wants them. */
  final float[] profiles = new float[KeyRow.SIZE * 24];

  /** Those of a stretch of music, by sounding time alone. */
  final float[] windowProfiles = new float[24];

  /** Added to the scores of minor keys. */
  float minor;

  /** The same for a stretch of music. */
  float windowMinor;

  /** The log-odds of being right are {@code offset + slope · log-odds} of the model. */
  double confidenceOffset;

  /** See {@link #confidenceOffset}. */
  double confidenceSlope;

  private KeyModel() {}

  static KeyModel load() {
    try (InputStream in = KeyModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      KeyModel model = new KeyModel();
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          model.read(line.split("\t", -1));
        }
      }
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String[] cells) {
    switch (cells[0]) {
      case "minor" -> minor = Float.parseFloat(cells[1]);
      case "window minor" -> windowMinor = Float.parseFloat(cells[1]);
      case "confidence offset" -> confidenceOffset = Double.parseDouble(cells[1]);
      case "confidence slope" -> confidenceSlope = Double.parseDouble(cells[1]);
      default -> {
        int mode = cells[1].equals("minor") ? 1 : 0;
        boolean window = cells[0].equals(WINDOW);
        float[] into = window ? windowProfiles : profiles;
        int at = window ? 0 : KeyRow.valueOf(cells[0]).ordinal() * 24;
        for (int degree = 0; degree < 12; degree++) {
          into[at + 2 * degree + mode] = Float.parseFloat(cells[2 + degree]);
        }
      }
    }
  }
}
