package dev.midstream.simd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The two stages of reading MIDI channel events many at a time. A plain event here has a delta of
 * one or two bytes, a status of its own with two data bytes (80 to BF, E0 to EF) or none, and two
 * data bytes: three to five bytes. Implementations have no state.
 */
public interface EventKernel {
  /** The bits of a code that hold the length of the event, 3 to 5. */
  int LENGTH = 0x07;

  /** The bit of a code that says that the delta has two bytes. */
  int LONG_DELTA = 0x08;

  /** The bit of a code that says that the event has a status of its own. */
  int HAS_STATUS = 0x10;

  /** The longest delta of a plain event, in ticks. */
  int LONGEST_DELTA = (1 << 14) - 1;

  /** How much longer than the bytes it tells of the array of codes must be. */
  int CODE_PADDING = 128;

  /** Where {@link #gather} puts the code. */
  int CODE_SHIFT = 40;

  /** Eight bytes of an array as a number, the first lowest. */
  VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Stage one: writes to {@code codes[i - from]} what plain event would begin at {@code data[i]}, 0
   * for none, for all {@code i} in {@code [from, returned)}.
   *
   * @return at least {@code from}; at most {@code to} rounded up by less than 64; less than {@code
   *     to} where the array ends too soon behind it
   */
  int code(byte[] data, int from, int to, byte[] codes);

  /**
   * Adds to the codes how far four events reach: {@code quads[i]} is their length together if one
   * begins at {@code i}, 0 if one of them is none or {@code n} codes do not tell. So a walk needs
   * to wait for one look-up in four events.
   *
   * @param codes {@code n} codes; anything behind them, up to the length of the arrays
   * @param pairs scratch, and {@code quads} the result: as long as {@code codes}
   */
  void reach(byte[] codes, int n, byte[] pairs, byte[] quads);

  /** Stage two, in place: makes of {@code n} gathered events what the accessors below read. */
  void takeApart(long[] events, int n);

  /** The five bytes from {@code at} on, with their code above them; eight bytes must be there. */
  static long gather(byte[] data, int at, int code) {
    return ((long) WORD.get(data, at) & 0xFF_FFFF_FFFFL) | (long) code << CODE_SHIFT;
  }

  /** The delta in ticks of an event taken apart. */
  static int delta(long event) {
    return (int) event & LONGEST_DELTA;
  }

  /** The first data byte of an event taken apart. */
  static int first(long event) {
    return (int) (event >>> 14) & 0x7F;
  }

  /** The second data byte of an event taken apart. */
  static int second(long event) {
    return (int) (event >>> 21) & 0x7F;
  }

  /** The status of an event taken apart; 0 if it has none of its own. */
  static int status(long event) {
    return (int) (event >>> 28);
  }
}
