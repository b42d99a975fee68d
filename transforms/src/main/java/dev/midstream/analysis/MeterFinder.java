package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Time signatures in tick order, and the one of the file: the one in force for most ticks, or what
 * the onsets tell where the file says none or only what software writes by itself.
 */
final class MeterFinder {
  static final int MOST_CHANGES = 1000;

  /** Less likely metres are not told. */
  private static final double LEAST_PROBABILITY = 0.5;

  private MeterFinder() {}

  /**
   * The time signature that is in force for most ticks, as {@link BeatUnit} packs it. Bars of one
   * beat, which some programs write for want of better knowledge, do not count.
   */
  static int dominant(EventColumn meters, int endTick) {
    if (meters.size() == 1) {
      return isSaid(meters.values()[0]) ? meters.values()[0] : BeatUnit.NONE;
    }
    Map<Integer, Long> ticksOf = new HashMap<>();
    int dominant = BeatUnit.NONE;
    for (int i = 0; i < meters.size(); i++) {
      int value = meters.values()[i];
      int from = meters.ticks()[i];
      int to = i + 1 < meters.size() ? meters.ticks()[i + 1] : Math.max(from, endTick);
      if (isSaid(value)) {
        long ticks = ticksOf.merge(value, (long) to - from, Long::sum);
        if (dominant == BeatUnit.NONE || ticks > ticksOf.getOrDefault(dominant, 0L)) {
          dominant = value;
        }
      }
    }
    return dominant;
  }

  private static boolean isSaid(int value) {
    return value >> 8 > 1;
  }

  /**
   * Finds.
   *
   * @param said what {@link #dominant} tells of {@code meters}
   */
  static Analysis.Meter find(
      EventColumn meters,
      int said,
      NoteTimeline timeline,
      int endTick,
      TempoMap map,
      TempoFinder tempo,
      TempoModels models) {
    List<Analysis.MeterChange> changes = changes(meters, endTick, map);
    double[] kinds = tempo.meters();
    boolean isDefault =
        tempo.isFree(timeline)
            && changes.size() == 1
            && said == BeatUnit.packed(4, 4)
            && kinds != null;
    if (said != BeatUnit.NONE && !isDefault) {
      int kind = MeterModel.kindOf(said >> 8, said & 0xFF);
      Float confidence =
          kinds == null || kind < 0 ? null : models.statedMeterConfidence(kinds[kind]);
      return new Analysis.Meter(BeatUnit.name(said), confidence, changes);
    }
    if (kinds != null) {
      int best = 0;
      for (int kind = 1; kind < MeterModel.KINDS; kind++) {
        best = kinds[kind] > kinds[best] ? kind : best;
      }
      if (kinds[best] >= LEAST_PROBABILITY) {
        float confidence = models.meterConfidence(kinds[best]);
        return new Analysis.Meter(MeterModel.NAMES[best], confidence, changes);
      }
    }
    return new Analysis.Meter(null, null, changes);
  }

  private static List<Analysis.MeterChange> changes(
      EventColumn meters, int endTick, TempoMap tempoMap) {
    if (meters.size() == 0) {
      return List.of();
    }
    List<Analysis.MeterChange> changes = new ArrayList<>();
    int previous = -1;
    for (int i = 0; i < meters.size(); i++) {
      int value = meters.values()[i];
      int from = meters.ticks()[i];
      int to = i + 1 < meters.size() ? meters.ticks()[i + 1] : Math.max(from, endTick);
      if (to > from || i + 1 == meters.size()) {
        if (value != previous && changes.size() < MOST_CHANGES) {
          Double seconds = tempoMap.hasTime() ? tempoMap.secondsAt(from) : null;
          changes.add(new Analysis.MeterChange(from, seconds, BeatUnit.name(value)));
        }
        previous = value;
      }
    }
    return changes;
  }
}
