package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Time signatures in tick order, and the one in force for most ticks. */
final class MeterFinder {
  static final int MOST_CHANGES = 1000;

  private MeterFinder() {}

  static Analysis.Meter find(EventColumn meters, int endTick, TempoMap tempoMap) {
    if (meters.size() == 0) {
      return new Analysis.Meter(null, List.of());
    }
    Map<Integer, Long> ticksOf = new HashMap<>();
    List<Analysis.MeterChange> changes = new ArrayList<>();
    int dominant = meters.values()[0];
    int previous = -1;
    for (int i = 0; i < meters.size(); i++) {
      int value = meters.values()[i];
      int from = meters.ticks()[i];
      int to = i + 1 < meters.size() ? meters.ticks()[i + 1] : Math.max(from, endTick);
      long ticks = ticksOf.merge(value, (long) to - from, Long::sum);
      if (ticks > ticksOf.getOrDefault(dominant, 0L)) {
        dominant = value;
      }
      if (to > from || i + 1 == meters.size()) {
        if (value != previous && changes.size() < MOST_CHANGES) {
          Double seconds = tempoMap.hasTime() ? tempoMap.secondsAt(from) : null;
          changes.add(new Analysis.MeterChange(from, seconds, name(value)));
        }
        previous = value;
      }
    }
    return new Analysis.Meter(name(dominant), changes);
  }

  private static String name(int value) {
    return (value >> 8) + "/" + (value & 0xFF);
  }
}
