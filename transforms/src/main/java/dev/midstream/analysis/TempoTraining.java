package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.ParseOutcome.Parsed;

/**
 * Opens the tempo analysis to the program that trains its models: the features that the models read
 * of a file, and the answers that they would give with other numbers. Not thread-safe.
 */
public final class TempoTraining {
  /** Tempi among which the models choose. */
  public static final int BEATS = LagGrid.BEATS;

  /** Features of each tempo. */
  public static final int FEATURES = LagModel.FEATURES;

  private final NoteTimeline timeline = new NoteTimeline();
  private final TempoMap map = new TempoMap();
  private final TempoEvidence evidence = new TempoEvidence();

  /** The tempo of a row of features, in beats a minute. */
  public static double bpm(int beat) {
    return 60 / LagGrid.seconds(LagGrid.FIRST_BEAT + beat);
  }

  /** Reads a file; false when it has too few onsets. */
  public boolean read(Parsed parsed, MidiColumns columns) {
    timeline.reset(columns.notes());
    map.reset(columns.tempos(), parsed.division());
    return map.hasTime() && evidence.read(columns.notes(), timeline, map);
  }

  /** Windows of the file last read. */
  public int windows() {
    return evidence.windows();
  }

  /** The features of a window: {@link #BEATS} rows of {@link #FEATURES}. */
  public float[] windowFeatures(int window) {
    float[] features = new float[BEATS * FEATURES];
    evidence.windowFeatures(window, features);
    return features;
  }

  /** The features of the file, its beat followed by a local model: as {@link #windowFeatures}. */
  public float[] features(float[] localWeights) {
    evidence.follow(new LagModel(localWeights));
    float[] features = new float[BEATS * FEATURES];
    evidence.features(features);
    return features;
  }

  /** What the analysis would answer with these numbers: tempo, certainty and variation. */
  public Answer answer(Parsed parsed, MidiColumns columns, float[] local, float[] global) {
    timeline.reset(columns.notes());
    map.reset(columns.tempos(), parsed.division());
    OnsetTempo tempo = new OnsetTempo(new TempoModels(local, global, new float[3]));
    if (!map.hasTime() || !tempo.estimate(columns.notes(), timeline, map)) {
      return new Answer(Double.NaN, 0, 0);
    }
    return new Answer(tempo.bpm(), tempo.certainty(), tempo.evidence().variation());
  }

  /**
   * An answer.
   *
   * @param bpm beats a minute; NaN for none
   * @param certainty what the model gives it, 0 … 1
   * @param variation how much tempo varies
   */
  public record Answer(double bpm, double certainty, double variation) {}
}
