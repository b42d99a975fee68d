package dev.midstream.midi;

/**
 * Walks over the events of a track without reading them, to learn where they end when the length of
 * their chunk lies. What is not music soon breaks a rule on the way.
 */
final class TrackScan {
  private static final int END_OF_TRACK = 0x2F;
  private static final int LONGEST_QUANTITY = 4;
  private static final long FLAW = -1;

  private TrackScan() {}

  /**
   * Where the events that begin at {@code start} end: behind End of Track, or at {@code limit} if
   * they run into it; −1 if something on the way is no event of the specification.
   */
  static int end(byte[] data, int start, int limit) {
    int at = start;
    int running = 0;
    while (at < limit) {
      long delta = quantity(data, at, limit);
      if (delta == FLAW) {
        return -1;
      }
      at = (int) (delta >>> 32);
      if (at == limit) {
        break;
      }
      int status = data[at] & 0xFF;
      if (status < 0x80) {
        if (running == 0) {
          return -1;
        }
        status = running;
      } else {
        at++;
      }
      if (status < 0xF0) {
        running = status;
        int dataBytes = status >= 0xC0 && status < 0xE0 ? 1 : 2;
        for (; dataBytes > 0 && at < limit; dataBytes--) {
          if (data[at++] < 0) {
            return -1;
          }
        }
      } else if (status == 0xFF || status == 0xF0 || status == 0xF7) {
        if (status == 0xFF && at == limit) {
          break;
        }
        int type = status == 0xFF ? data[at++] : -1;
        long length = quantity(data, at, limit);
        if (length == FLAW || (int) length > limit - (int) (length >>> 32)) {
          return -1;
        }
        at = (int) (length >>> 32) + (int) length;
        if (type == END_OF_TRACK) {
          return at;
        }
      } else if (status < 0xF8) {
        return -1;
      }
    }
    return limit;
  }

  /** Where a variable-length quantity ends and its value, packed; or {@link #FLAW}. */
  private static long quantity(byte[] data, int start, int limit) {
    int value = 0;
    for (int at = start; at < limit; at++) {
      value = value << 7 | (data[at] & 0x7F);
      if (data[at] >= 0) {
        return (at + 1L) << 32 | value;
      }
      if (at + 1 - start == LONGEST_QUANTITY) {
        return FLAW;
      }
    }
    return (long) limit << 32;
  }
}
