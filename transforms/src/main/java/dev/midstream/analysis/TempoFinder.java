package dev.midstream.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tempo of a file: its tempo events as far as the onsets sit on their grid, in the beats that
 * its time signature counts; the onsets themselves where there is no event or where they do not;
 * and where one of the two needs the other, both. Reused from file to file; one thread.
 */
final class TempoFinder {
  private static final int MOST_CHANGES = 1000;

  /** Below this alignment a tempo event says nothing about the notes. */
  private static final double BELIEVED_ALIGNMENT = 0.12;

  /** With fewer onsets than this alignment proves nothing, and the event is believed. */
  private static final int FEWEST_ONSETS_TO_DOUBT = 16;

  /** Tempi that differ by less than this share of theirs are one. */
  private static final double SAME = 0.04;

  /**
   * How much likelier, as a logarithm, the onsets must make quarters than the beats of the time
   * signature for it to be overruled: in five of six files of the training set whose signature does
   * not count quarters it is right.
   */
  private static final double OVERRULED = 6;

  /**
   * The same for the tempo that holds without event: it must be half as likely as the likeliest.
   */
  private static final double DOUBTED = 0.7;

  /** Nobody counts slower or faster; then a time signature says nothing about the beat. */
  private static final double SLOWEST = 10;

  private static final double FASTEST = 300;

  /** What any tempo may be, whatever the onsets say. */
  private static final double LEAST_PROBABILITY = 1e-3;

  /** Less than this is no change of tempo. */
  private static final double LEAST_CHANGE = 0.02;

  /** Windows of eight seconds that are read where onsets only confirm the tempo event. */
  private static final int CONFIRMING_WINDOWS = 2;

  /** The same where they are to tell the metre, or how to count what sits on the grid. */
  private static final int FEW_WINDOWS = 8;

  private final TempoModels models;
  private final GridAlignment grid = new GridAlignment();
  private final OnsetTempo onsets;
  private final float[] features = new float[LagModel.Reading.WINDOW.features()];
  private final double[] meters = new double[MeterModel.KINDS];
  private boolean hasOnsets;
  private double alignment;
  private double agreement;
  private double bpm;

  TempoFinder(TempoModels models) {
    this.models = models;
    onsets = new OnsetTempo(models);
  }

  /**
   * Finds.
   *
   * @param meter the file's time signature as {@link BeatUnit} packs it
   */
  Analysis.Tempo find(
      NoteTimeline timeline, TempoMap map, int division, boolean hasTempoEvents, int meter) {
    hasOnsets = false;
    alignment = 0;
    agreement = 0;
    bpm = Double.NaN;
    if (!map.hasTime()) {
      return nothing(List.of());
    }
    boolean events = hasTempoEvents && map.followsTempoEvents();
    List<Analysis.TempoChange> changes = events ? changes(map) : List.of();
    if (timeline.size() < 2) {
      return nothing(changes);
    }
    if (map.followsTempoEvents()) {
      alignment = grid.of(timeline, division);
    }
    double quarters = map.followsTempoEvents() ? dominant(map, timeline) : Double.NaN;
    boolean onGrid = isBelieved(alignment);
    if (onGrid) {
      int windows = events && meter != BeatUnit.NONE ? CONFIRMING_WINDOWS : FEW_WINDOWS;
      hasOnsets = onsets.estimateOnGrid(timeline, 60 / quarters, division, windows, !events);
    }
    if (!hasOnsets) {
      hasOnsets = onsets.estimate(timeline, map);
    }
    TempoMethod method = hasOnsets ? TempoMethod.ONSETS : TempoMethod.NONE;
    if (hasOnsets) {
      bpm = onsets.bpm();
    }
    if (events) {
      method = weigh(quarters, meter, timeline.size(), method);
    }
    if (!events && hasOnsets && onGrid) {
      method = weighDefault(quarters, meter);
    }
    if (method == TempoMethod.NONE) {
      return nothing(changes);
    }
    float confidence =
        method == TempoMethod.ONSETS
            ? onsets.confidence()
            : models.eventConfidence(agreement, alignment);
    return new Analysis.Tempo(
        hundredths(bpm),
        confidence,
        method,
        hasOnsets ? hundredths(onsets.bpm()) : null,
        hasOnsets ? onsets.confidence() : null,
        changes,
        hasOnsets ? onsetChanges() : List.of());
  }

  private static Analysis.Tempo nothing(List<Analysis.TempoChange> changes) {
    return new Analysis.Tempo(null, null, TempoMethod.NONE, null, null, changes, List.of());
  }

  /** Sets {@link #bpm} from the tempo event, if it is to be believed; returns how. */
  private TempoMethod weigh(double quarters, int meter, int notes, TempoMethod otherwise) {
    double counted = quarters * BeatUnit.beatsAQuarter(meter);
    double beats = counted >= SLOWEST && counted <= FASTEST ? counted : quarters;
    boolean overruled =
        hasOnsets
            && Math.log(onsets.probabilityOf(beats) + LEAST_PROBABILITY)
                < Math.log(onsets.probabilityOf(quarters) + LEAST_PROBABILITY) - OVERRULED;
    double told = overruled ? quarters : beats;
    agreement = hasOnsets ? onsets.probabilityOf(told) : 0.5;
    boolean believed = isBelieved(alignment) || notes < FEWEST_ONSETS_TO_DOUBT || !hasOnsets;
    boolean confirmed = hasOnsets && Math.abs(onsets.bpm() - told) <= SAME * told;
    if (!believed && !confirmed) {
      return otherwise;
    }
    bpm = told;
    return believed && !overruled ? TempoMethod.TEMPO_EVENTS : TempoMethod.HYBRID;
  }

  /**
   * Without tempo event 120 quarters a minute hold, and notes on their grid were written for them,
   * unless the onsets make another tempo far likelier.
   */
  private TempoMethod weighDefault(double quarters, int meter) {
    double told = quarters * BeatUnit.beatsAQuarter(meter);
    agreement = onsets.probabilityOf(told);
    if (Math.log(agreement + LEAST_PROBABILITY) < Math.log(onsets.certainty()) - DOUBTED) {
      return TempoMethod.ONSETS;
    }
    bpm = told;
    return TempoMethod.HYBRID;
  }

  /** Whether the notes are so far off the file's grid that its bars mean nothing. */
  boolean isFree(NoteTimeline timeline) {
    return hasOnsets && !isBelieved(alignment) && timeline.size() >= FEWEST_ONSETS_TO_DOUBT;
  }

  /** Whether notes that sit on the grid so strongly bear its tempo events out. */
  static boolean isBelieved(double alignment) {
    return alignment >= BELIEVED_ALIGNMENT;
  }

  /** How strongly the onsets sit on the file's grid. */
  double alignment() {
    return alignment;
  }

  /** The probability that the onsets give to the tempo that the events tell. */
  double agreement() {
    return agreement;
  }

  /** The features of the beat that was found, or null where nothing tells. */
  float @Nullable [] beatFeatures() {
    if (!hasOnsets || Double.isNaN(bpm)) {
      return null;
    }
    double step = LagGrid.step(60 / bpm) - LagGrid.FIRST_BEAT;
    if (step <= -0.5 || step >= LagGrid.BEATS - 0.5) {
      return null;
    }
    onsets.evidence().features((int) Math.rint(step), features);
    return features;
  }

  /** The probability of each {@linkplain MeterModel kind} of metre; null where nothing tells. */
  double @Nullable [] meters() {
    float[] beat = beatFeatures();
    if (beat == null) {
      return null;
    }
    models.meter().probabilities(beat, meters);
    return meters;
  }

  /** How the notes of the file last read lie in the beat. */
  Analysis.Groove groove(NoteTimeline timeline, int division) {
    if (isBelieved(alignment)) {
      return Groove.of(grid);
    }
    return division > 0 && isFree(timeline)
        ? new Analysis.Groove(Analysis.Grid.FREE, null)
        : Analysis.Groove.UNKNOWN;
  }

  OnsetTempo onsets() {
    return onsets;
  }

  /**
   * The tempo that is in the middle of all by the time it sounds, between the first note's start
   * and the last one's end: any that holds for half of that time.
   */
  private static double dominant(TempoMap map, NoteTimeline notes) {
    int segments = map.segments();
    if (segments == 1) {
      return 60e6 / map.segmentMicros(0);
    }
    double from = map.secondsAt(notes.startTicks()[0]);
    double to = map.secondsAt(notes.lastEnd());
    long[] keys = new long[segments];
    double[] held = new double[segments];
    double total = 0;
    for (int i = 0; i < segments; i++) {
      double start = Math.max(from, map.segmentSeconds(i));
      double end = i + 1 < segments ? Math.min(to, map.segmentSeconds(i + 1)) : to;
      held[i] = Math.max(0, end - start);
      total += held[i];
      keys[i] = (long) map.segmentMicros(i) << 32 | i;
    }
    Arrays.sort(keys);
    double passed = 0;
    for (long key : keys) {
      passed += held[(int) key];
      if (passed >= total / 2) {
        return 60e6 / (int) (key >>> 32);
      }
    }
    return 60e6 / (int) (keys[segments - 1] >>> 32);
  }

  private static List<Analysis.TempoChange> changes(TempoMap map) {
    List<Analysis.TempoChange> changes = new ArrayList<>();
    int previous = -1;
    for (int i = 0; i < map.segments() && changes.size() < MOST_CHANGES; i++) {
      if (map.segmentMicros(i) != previous) {
        previous = map.segmentMicros(i);
        changes.add(new Analysis.TempoChange(map.segmentSeconds(i), hundredths(60e6 / previous)));
      }
    }
    return changes;
  }

  /** The tempo curve of the onsets; empty where tempo does not change. */
  private List<Analysis.TempoChange> onsetChanges() {
    TempoEvidence evidence = onsets.evidence();
    if (evidence.variation() < LEAST_CHANGE / 2) {
      return List.of();
    }
    List<Analysis.TempoChange> changes = new ArrayList<>();
    double previous = 0;
    for (int w = 0; w < evidence.windows(); w++) {
      double tempo = onsets.bpm() * Math.pow(2, -evidence.drift(w) / LagGrid.STEPS_AN_OCTAVE);
      if (Math.abs(tempo - previous) >= LEAST_CHANGE * previous) {
        double seconds = Math.rint(evidence.windowSeconds(w) * 1000) / 1000;
        changes.add(new Analysis.TempoChange(seconds, hundredths(tempo)));
        previous = tempo;
      }
    }
    return changes.size() < 2 ? List.of() : changes;
  }

  private static float hundredths(double bpm) {
    return (float) (Math.rint(bpm * 100) / 100);
  }

  void trim() {
    onsets.trim();
  }
}
