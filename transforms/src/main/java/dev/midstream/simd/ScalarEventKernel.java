package dev.midstream.simd;

/** The scalar twin: what the kernels mean, one byte and one event at a time. */
final class ScalarEventKernel implements EventKernel {
  private static final int LONGEST_EVENT = 5;

  @Override
  public int code(byte[] data, int from, int to, byte[] codes) {
    int limit = Math.max(from, Math.min(to, data.length - LONGEST_EVENT + 1));
    for (int i = from; i < limit; i++) {
      codes[i - from] = (byte) code(data, i);
    }
    return limit;
  }

  static int code(byte[] data, int at) {
    int code = 3;
    int next = at + 1;
    if (data[at] < 0) {
      if (data[next++] < 0) {
        return 0;
      }
      code += 1 + LONG_DELTA;
    }
    int status = data[next] & 0xFF;
    if (status >= 0x80) {
      if (status >= 0xF0 || (status & 0xE0) == 0xC0) {
        return 0;
      }
      next++;
      code += 1 + HAS_STATUS;
    }
    return (data[next] | data[next + 1]) < 0 ? 0 : code;
  }

  @Override
  public void reach(byte[] codes, int n, byte[] pairs, byte[] quads) {
    for (int i = 0; i < n; i++) {
      int reach = 0;
      int at = i;
      for (int event = 0; event < 4; event++) {
        int length = at < n ? codes[at] & LENGTH : 0;
        if (length == 0) {
          reach = 0;
          break;
        }
        reach += length;
        at += length;
      }
      quads[i] = (byte) reach;
    }
  }

  @Override
  public void takeApart(long[] events, int n) {
    for (int i = 0; i < n; i++) {
      events[i] = takeApart(events[i]);
    }
  }

  static long takeApart(long gathered) {
    int code = (int) (gathered >>> CODE_SHIFT);
    long rest = gathered & 0xFF_FFFF_FFFFL;
    long delta = rest & 0x7F;
    rest >>>= 8;
    if ((code & LONG_DELTA) != 0) {
      delta = delta << 7 | (rest & 0x7F);
      rest >>>= 8;
    }
    long status = 0;
    if ((code & HAS_STATUS) != 0) {
      status = rest & 0xFF;
      rest >>>= 8;
    }
    return delta | (rest & 0x7F) << 14 | (rest >>> 8 & 0x7F) << 21 | status << 28;
  }
}
