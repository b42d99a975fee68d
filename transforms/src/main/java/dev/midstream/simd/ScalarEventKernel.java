package dev.midstream.simd;

/** The scalar twin: what the kernels mean, one byte and one event at a time. */
final class ScalarEventKernel implements EventKernel {

  @Override
  public void measure(EventWindow window) {
    byte[] work = window.work;
    for (int i = 0; i < window.size(); i++) {
      work[EventWindow.LENGTHS + i] = (byte) length(work, i);
    }
  }

  private static int length(byte[] data, int at) {
    int next = data[at] < 0 ? at + 2 : at + 1;
    if (data[next - 1] < 0) {
      return NO_EVENT;
    }
    int status = data[next] & 0xFF;
    if (status >= 0x80) {
      if (status >= 0xF0 || (status & 0xE0) == 0xC0) {
        return NO_EVENT;
      }
      next++;
    }
    return (data[next] | data[next + 1]) < 0 ? NO_EVENT : next + 2 - at;
  }

  @Override
  public void reach(EventWindow window) {
    byte[] work = window.work;
    for (int i = 0; i < window.size(); i++) {
      int reach = 0;
      for (int event = 0; event < 4 && reach < NO_EVENT; event++) {
        reach += work[EventWindow.LENGTHS + i + reach];
      }
      work[EventWindow.QUADS + i] = (byte) reach;
    }
  }

  @Override
  public void sort(EventBlock block) {
    sort(block, 0);
  }

  /** Sorts the events from {@code from} on. */
  static void sort(EventBlock block, int from) {
    long[] work = block.work;
    long counts = block.counts();
    int status = block.status();
    for (int i = from; i < block.size(); i++) {
      long rest = work[i];
      int delta = (int) rest & 0x7F;
      if ((rest & 0x80) != 0) {
        rest >>>= 8;
        delta = delta << 7 | ((int) rest & 0x7F);
      }
      rest >>>= 8;
      if ((rest & 0x80) != 0) {
        status = (int) rest & 0xFF;
        rest >>>= 8;
      }
      int first = (int) rest & 0x7F;
      int second = (int) (rest >>> 8) & 0x7F;
      int kind = status >> 4;
      int onsBefore = (int) counts & EventBlock.COUNT;
      counts += (long) delta << EventBlock.TICK_SHIFT;
      int shift;
      if (kind == 0x9 && second > 0) {
        shift = 0;
      } else if (kind == 0x9) {
        shift = EventBlock.OFF_COUNT_SHIFT;
        second = EventBlock.NO_RELEASE;
      } else if (kind == 0x8) {
        shift = EventBlock.OFF_COUNT_SHIFT;
      } else if (kind == 0xB) {
        shift = EventBlock.CONTROLLER_COUNT_SHIFT;
      } else {
        continue;
      }
      int tick = (int) (counts >>> EventBlock.TICK_SHIFT);
      work[(int) (counts >>> shift) & EventBlock.COUNT] =
          EventBlock.event(tick, (status & 0x0F) << 7 | first, second, onsBefore);
      counts += 1L << shift;
    }
    block.moveTo(counts, status);
  }

  @Override
  public void notes(
      EventBlock block, int[] ticks, byte[] pitches, byte[] velocities, byte[] channels, int at) {
    for (int i = 0; i < block.ons(); i++) {
      long on = block.work[EventBlock.ONS + i];
      ticks[at + i] = EventBlock.tick(on);
      pitches[at + i] = (byte) (EventBlock.slot(on) & 0x7F);
      velocities[at + i] = (byte) EventBlock.second(on);
      channels[at + i] = (byte) (EventBlock.slot(on) >>> 7);
    }
  }

  @Override
  public void ends(
      long[] ends, int[] startTicks, int[] durationTicks, byte[] releases, int from, int to) {
    for (int i = from; i < to; i++) {
      durationTicks[i] = EventBlock.tick(ends[i]) - startTicks[i];
    }
    for (int i = from; i < to; i++) {
      releases[i] = (byte) EventBlock.second(ends[i]);
    }
  }
}
