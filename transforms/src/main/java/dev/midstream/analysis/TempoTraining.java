package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.ParseOutcome.Parsed;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens the tempo analysis to the program that trains its models: the features that the models read
 * of a file, and the answers that they would give with other numbers. Not thread-safe.
 */
public final class TempoTraining {
  /** Tempi among which the models choose. */
  public static final int BEATS = LagGrid.BEATS;

  /** The length of a window. */
  public static final int WINDOW_SECONDS = Periodicity.SECONDS;

  /** Features of each tempo in a window, and of the beat that a metre is told from. */
  public static final int WINDOW_FEATURES = LagModel.Reading.WINDOW.features();

  /** Features of each tempo of a file. */
  public static final int FILE_FEATURES = LagModel.Reading.FILE.features();

  /** Features of an onset that may be a beat. */
  public static final int ONSET_FEATURES = BeatSalience.FEATURES;

  private final NoteTimeline timeline = new NoteTimeline();
  private final TempoMap map = new TempoMap();
  private final TempoEvidence evidence = new TempoEvidence();

  /** The tempo of a row of features, in beats a minute. */
  public static double bpm(int beat) {
    return 60 / LagGrid.seconds(LagGrid.FIRST_BEAT + beat);
  }

  /** Reads a file; false when it has too few onsets. */
  public boolean read(Parsed parsed, MidiColumns columns) {
    open(parsed, columns);
    return map.hasTime() && evidence.read(timeline, map);
  }

  private void open(Parsed parsed, MidiColumns columns) {
    timeline.reset(columns.notes());
    map.reset(columns.tempos(), parsed.division());
  }

  /** Windows of the file last read. */
  public int windows() {
    return evidence.windows();
  }

  /** The middle of a window, in seconds of the file. */
  public double windowSeconds(int window) {
    return evidence.windowSeconds(window);
  }

  /** The features of a window: {@link #BEATS} rows of {@link #WINDOW_FEATURES}. */
  public float[] windowFeatures(int window) {
    float[] features = new float[BEATS * WINDOW_FEATURES];
    evidence.windowFeatures(window, features);
    return features;
  }

  /**
   * The features of the file, its beat followed by a local model: so many rows of {@link
   * #FILE_FEATURES}.
   */
  public float[] features(float[] localWeights) {
    evidence.follow(new LagModel(LagModel.Reading.WINDOW, localWeights));
    float[] features = new float[BEATS * FILE_FEATURES];
    evidence.features(features);
    return features;
  }

  /** When the onsets of a window are, in seconds of the file. */
  public double[] onsetSeconds(int window) {
    return evidence.onsetSeconds(window);
  }

  /**
   * What tells the onsets of a window that are beats: a row of {@link #ONSET_FEATURES} each.
   *
   * @param beat what a beat of the file takes, in seconds
   */
  public float[] onsetFeatures(int window, double beat) {
    return evidence.onsetFeatures(window, beat);
  }

  /** Kinds of metre: of two or four beats, of three, of beats in three parts. */
  public static int meters() {
    return MeterModel.KINDS;
  }

  /** The kind of a time signature; −1 for none of them. */
  public static int meterOf(int numerator, int denominator) {
    return MeterModel.kindOf(numerator, denominator);
  }

  /** The numbers of a confidence. */
  public static final int CALIBRATION = TempoModels.CALIBRATION;

  /** What the numbers of a confidence are laid on: written to the first entries of a row. */
  public static void calibration(double probability, double other, float[] row) {
    TempoModels.calibration(probability, other, row);
  }

  /** The notes of a file whose ticks have a length in quarters, in the order of time. */
  public Notes notes(Parsed parsed, MidiColumns columns) {
    open(parsed, columns);
    int size = timeline.size();
    double[] seconds = new double[size];
    double[] quarters = new double[size];
    double[] ends = new double[size];
    int[] pitches = new int[size];
    int[] channels = new int[size];
    int[] velocities = new int[size];
    for (int i = 0; i < size; i++) {
      int tick = timeline.startTicks()[i];
      seconds[i] = map.secondsAt(tick);
      ends[i] = map.secondsAt(timeline.endTicks()[i]);
      quarters[i] = (double) tick / parsed.division();
      int sound = timeline.sounds()[i];
      pitches[i] = NoteTimeline.pitch(sound);
      channels[i] = NoteTimeline.channel(sound);
      velocities[i] = NoteTimeline.velocity(sound);
    }
    return new Notes(seconds, quarters, ends, pitches, channels, velocities);
  }

  /**
   * What a file's tempo events and time signatures say of its beats; null where it has no tempo
   * event but that of 120 quarter notes a minute, which software writes unasked, and where its
   * notes are not on its grid.
   */
  public @Nullable Written written(Parsed parsed, MidiColumns columns) {
    open(parsed, columns);
    if (!map.followsTempoEvents()
        || timeline.size() == 0
        || IntStream.range(0, map.segments())
            .allMatch(i -> map.segmentMicros(i) == TempoMap.DEFAULT_MICROS_PER_QUARTER)
        || !TempoFinder.isBelieved(new GridAlignment().of(timeline, parsed.division()))) {
      return null;
    }
    int meter = MeterFinder.dominant(columns.meters(), columns.endTick());
    double ticks = parsed.division() / BeatUnit.beatsAQuarter(meter);
    double first = Math.ceil(timeline.startTicks()[0] / ticks) * ticks;
    return new Written(
        DoubleStream.iterate(first, tick -> tick <= timeline.lastEnd(), tick -> tick + ticks)
            .map(tick -> map.secondsAt((int) tick))
            .toArray(),
        meter == BeatUnit.NONE ? "" : BeatUnit.name(meter));
  }

  /**
   * What a file says of its beats.
   *
   * @param beats when they fall, in seconds
   * @param meter the time signature that holds longest, like {@code 3/4}; empty for none
   */
  public record Written(double[] beats, String meter) {}

  /**
   * Notes, an entry each.
   *
   * @param seconds when they start
   * @param quarters the same in quarter notes
   * @param ends when they end, in seconds
   * @param pitches their pitches
   * @param channels their channels, 0 … 15
   * @param velocities how loud they are, 1 … 127
   */
  public record Notes(
      double[] seconds,
      double[] quarters,
      double[] ends,
      int[] pitches,
      int[] channels,
      int[] velocities) {}

  /** What the analysis would answer with these numbers. */
  public Answer answer(Parsed parsed, MidiColumns columns, Map<String, float[]> numbers) {
    open(parsed, columns);
    TempoFinder finder = new TempoFinder(new TempoModels(numbers));
    Analysis.Tempo tempo =
        finder.find(
            timeline,
            map,
            parsed.division(),
            columns.tempos().size() > 0,
            MeterFinder.dominant(columns.meters(), columns.endTick()));
    float[] beat = finder.beatFeatures();
    double[] meters = finder.meters();
    return new Answer(
        tempo,
        finder.onsets().certainty(),
        finder.onsets().unsteadiness(),
        finder.agreement(),
        finder.alignment(),
        beat == null ? null : beat.clone(),
        meters == null ? null : meters.clone());
  }

  /**
   * An answer and what it rests on.
   *
   * @param tempo the answer
   * @param certainty what the model gives to its tempo from onsets, 0 … 1
   * @param unsteadiness how much tempo varies, on a logarithmic scale
   * @param agreement what the onsets give to the tempo event
   * @param alignment how strongly onsets sit on the file's grid
   * @param beat the {@link #WINDOW_FEATURES} of the beat; null for none
   * @param meters the probability of each kind of metre; null for none
   */
  public record Answer(
      Analysis.Tempo tempo,
      double certainty,
      double unsteadiness,
      double agreement,
      double alignment,
      float @Nullable [] beat,
      double @Nullable [] meters) {}
}
