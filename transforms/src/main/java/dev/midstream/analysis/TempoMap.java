package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import java.util.Arrays;

/**
 * Ticks to seconds, by the tempo events of all tracks in tick order (sections 2.2 and 3.2). Until
 * the first tempo event the specification's 500,000 µs per quarter note hold; with an SMPTE
 * division tempo events have no say. Reused from file to file; one thread.
 */
final class TempoMap {
  static final int DEFAULT_MICROS_PER_QUARTER = 500_000;

  private int size;
  private int[] ticks = new int[64];
  private int[] micros = new int[64];
  private double[] seconds = new double[64];
  private double[] secondsPerTick = new double[64];
  private boolean hasTime;
  private boolean followsTempoEvents;

  /** Builds the map anew from a file's tempo column and the header's division. */
  void reset(EventColumn tempos, int division) {
    size = 0;
    hasTime = division != 0 && (division > 0 || smpteTicksPerSecond(division) > 0);
    followsTempoEvents = division > 0;
    if (!hasTime) {
      return;
    }
    if (!followsTempoEvents) {
      add(0, DEFAULT_MICROS_PER_QUARTER, 1 / smpteTicksPerSecond(division));
      return;
    }
    add(0, DEFAULT_MICROS_PER_QUARTER, DEFAULT_MICROS_PER_QUARTER / 1e6 / division);
    for (int i = 0; i < tempos.size(); i++) {
      int value = tempos.values()[i];
      add(tempos.ticks()[i], value, value / 1e6 / division);
    }
  }

  /** Builds the map of a file that keeps one tempo. */
  void resetTo(int microsPerQuarter, double rate) {
    size = 0;
    hasTime = true;
    followsTempoEvents = true;
    add(0, microsPerQuarter, rate);
  }

  /** Frames a second times ticks a frame; −29 stands for 30 drop frame, 30000/1001 a second. */
  static double smpteTicksPerSecond(int division) {
    int frames = -(division >> 8);
    int ticksPerFrame = division & 0xFF;
    return (frames == 29 ? 30000.0 / 1001 : frames) * ticksPerFrame;
  }

  private void add(int tick, int microsPerQuarter, double rate) {
    if (size > 0 && ticks[size - 1] == tick) {
      size--; // the last event of a tick holds; before it nothing sounds
      if (size == 0) {
        put(tick, microsPerQuarter, 0, rate);
        return;
      }
    }
    double start = size == 0 ? 0 : secondsAt(tick, size - 1);
    put(tick, microsPerQuarter, start, rate);
  }

  private void put(int tick, int microsPerQuarter, double start, double rate) {
    if (size == ticks.length) {
      ticks = Arrays.copyOf(ticks, size * 2);
      micros = Arrays.copyOf(micros, size * 2);
      seconds = Arrays.copyOf(seconds, size * 2);
      secondsPerTick = Arrays.copyOf(secondsPerTick, size * 2);
    }
    ticks[size] = tick;
    micros[size] = microsPerQuarter;
    seconds[size] = start;
    secondsPerTick[size++] = rate;
  }

  /** Whether ticks have a time at all: not with a division of 0. */
  boolean hasTime() {
    return hasTime;
  }

  /** Whether tempo events have a say: not with an SMPTE division. */
  boolean followsTempoEvents() {
    return followsTempoEvents;
  }

  /** The time of a tick in seconds. */
  double secondsAt(int tick) {
    return secondsAt(tick, segmentAt(tick));
  }

  private double secondsAt(int tick, int i) {
    return seconds[i] + (tick - ticks[i]) * secondsPerTick[i];
  }

  /** The time of a tick in whole microseconds: what two divisions round differently is equal. */
  long microsAt(int tick) {
    return microsAt(tick, segmentAt(tick));
  }

  /**
   * The first of {@code n} ascending ticks, from entry {@code from} on, that is not before a time;
   * {@code n} if all are.
   */
  int firstFrom(int[] ascendingTicks, int from, int n, long micros) {
    int low = from;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (microsAt(ascendingTicks[middle]) < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The segment in which a tick is. */
  int segmentAt(int tick) {
    if (size == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(ticks, 0, size, tick);
    return found >= 0 ? found : -found - 2;
  }

  /** The time of a tick of segment {@code i} in whole microseconds. */
  long microsAt(int tick, int i) {
    return (long) (secondsAt(tick, i) * 1e6 + 0.5);
  }

  /** The first tick behind segment {@code i}; none is behind the last. */
  int nextTick(int i) {
    return i + 1 < size ? ticks[i + 1] : Integer.MAX_VALUE;
  }

  /** Seconds a tick takes in segment {@code i}. */
  double secondsPerTick(int i) {
    return secondsPerTick[i];
  }

  /** Segments of constant tempo. */
  int segments() {
    return size;
  }

  /** First tick of segment {@code i}. */
  int segmentTick(int i) {
    return ticks[i];
  }

  /** Microseconds a quarter note in segment {@code i}. */
  int segmentMicros(int i) {
    return micros[i];
  }

  /** Start of segment {@code i} in seconds. */
  double segmentSeconds(int i) {
    return seconds[i];
  }

  void trim() {
    if (ticks.length > 1 << 16) {
      ticks = new int[64];
      micros = new int[64];
      seconds = new double[64];
      secondsPerTick = new double[64];
    }
  }
}
