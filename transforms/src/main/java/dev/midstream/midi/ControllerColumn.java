package dev.midstream.midi;

import dev.midstream.simd.EventBlock;
import java.util.Arrays;
import java.util.Objects;

/**
 * Control changes in the order of the file: track after track, by tick within a track. There may be
 * as many of them as notes, and hardly anyone asks, so that an event is one number until then.
 * Reused from file to file; one thread.
 */
public final class ControllerColumn {
  private static final int INITIAL = 256;

  private int size;
  private long[] events = new long[INITIAL];

  ControllerColumn() {}

  void reset() {
    size = 0;
  }

  void trim(int keep) {
    if (events.length > keep) {
      events = new long[INITIAL];
      size = 0;
    }
  }

  /** Makes room for {@code more} events. */
  void reserve(int more) {
    if (size + more > events.length) {
      events = Arrays.copyOf(events, Math.max(size + more, size * 2));
    }
  }

  /** Adds an event as {@link EventBlock#event} packs it; there must be room. */
  void add(long event) {
    events[size++] = event;
  }

  /** Adds the controllers of a sorted block; there must be room. */
  void addAll(EventBlock block) {
    int more = block.controllers();
    System.arraycopy(block.work, EventBlock.CONTROLLERS, events, size, more);
    size += more;
  }

  /** The number of control changes. */
  public int size() {
    return size;
  }

  /** Ticks from the beginning of the file to event {@code index}. */
  public int tick(int index) {
    return EventBlock.tick(at(index));
  }

  /** The channel of event {@code index}, 0 … 15. */
  public int channel(int index) {
    return EventBlock.slot(at(index)) >>> 7;
  }

  /** The controller that event {@code index} changes, 0 … 127: 64 is the sustain pedal. */
  public int controller(int index) {
    return EventBlock.slot(at(index)) & 0x7F;
  }

  /** The value that event {@code index} sets, 0 … 127. */
  public int value(int index) {
    return EventBlock.second(at(index));
  }

  private long at(int index) {
    return events[Objects.checkIndex(index, size)];
  }
}
