package dev.midstream.analysis;

import dev.midstream.midi.NoteColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tempo of a file: its tempo events where the onsets sit on their grid, the onsets themselves
 * where there is no event or where they do not. Reused from file to file; one thread.
 */
final class TempoFinder {
  private static final int MOST_CHANGES = 1000;

  /** Below this alignment a tempo event says nothing about the notes. */
  private static final double BELIEVED_ALIGNMENT = 0.15;

  /** With fewer onsets than this alignment proves nothing, and the event is believed. */
  private static final int FEWEST_ONSETS_TO_DOUBT = 16;

  /** A tempo that holds for this share of the time is dominant; below it tempo is a curve. */
  private static final double DOMINANT_SHARE = 0.25;

  private final OnsetTempo onsetTempo = new OnsetTempo(TempoModels.trained());

  Analysis.Tempo find(
      NoteColumns notes,
      NoteTimeline timeline,
      TempoMap map,
      int division,
      boolean hasTempoEvents) {
    if (!map.hasTime()) {
      return new Analysis.Tempo(null, null, TempoMethod.NONE, null, null, List.of());
    }
    boolean events = hasTempoEvents && map.followsTempoEvents();
    List<Analysis.TempoChange> changes = events ? changes(map) : List.of();
    if (timeline.size() < 2) {
      return new Analysis.Tempo(null, null, TempoMethod.NONE, null, null, changes);
    }
    Float onsetBpm = null;
    Float onsetConfidence = null;
    if (onsetTempo.estimate(notes, timeline, map)) {
      onsetBpm = hundredths(onsetTempo.bpm());
      onsetConfidence = (float) onsetTempo.confidence();
    }
    if (events) {
      double alignment = GridAlignment.of(timeline, division);
      if (alignment >= BELIEVED_ALIGNMENT
          || timeline.size() < FEWEST_ONSETS_TO_DOUBT
          || onsetBpm == null) {
        float bpm = hundredths(dominant(map, timeline));
        return new Analysis.Tempo(
            bpm, (float) alignment, TempoMethod.TEMPO_EVENTS, onsetBpm, onsetConfidence, changes);
      }
    }
    TempoMethod method = onsetBpm == null ? TempoMethod.NONE : TempoMethod.ONSETS;
    return new Analysis.Tempo(
        onsetBpm, onsetConfidence, method, onsetBpm, onsetConfidence, changes);
  }

  /**
   * The tempo in force for the longest time between the first note's start and the last one's end;
   * where none holds for a quarter of it, the median by time.
   */
  private static double dominant(TempoMap map, NoteTimeline notes) {
    double from = map.secondsAt(notes.startTicks()[0]);
    double to = map.secondsAt(notes.lastEnd());
    int segments = map.segments();
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
    double longest = -1;
    int dominant = 0;
    int median = -1;
    double passed = 0;
    double same = 0;
    for (int k = 0; k < segments; k++) {
      int micros = (int) (keys[k] >>> 32);
      boolean first = k == 0 || micros != (int) (keys[k - 1] >>> 32);
      same = (first ? 0 : same) + held[(int) keys[k]];
      passed += held[(int) keys[k]];
      if (same > longest) {
        longest = same;
        dominant = micros;
      }
      if (median < 0 && passed >= total / 2) {
        median = micros;
      }
    }
    return 60e6 / (longest >= DOMINANT_SHARE * total || median < 0 ? dominant : median);
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

  private static float hundredths(double bpm) {
    return (float) (Math.rint(bpm * 100) / 100);
  }

  void trim() {
    onsetTempo.trim();
  }
}
