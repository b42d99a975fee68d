package dev.midstream.simd;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin, in the widest shape that this CPU has; blends only, no masked operation. */
final class VectorEventKernel implements EventKernel {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int FOLLOWERS = 4;

  /**
   * The width of the vectors in bits; called by reflection, so that nothing links to this class.
   */
  VectorEventKernel() {}

  static int widthInBits() {
    return BYTES.vectorBitSize();
  }

  @Override
  public int code(byte[] data, int from, int to, byte[] codes) {
    ByteVector none = ByteVector.zero(BYTES);
    int limit = Math.min(to, data.length - BYTES.length() - FOLLOWERS + 1);
    int i = from;
    // Each lane looks at its byte and the four behind it.
    for (; i < limit; i += BYTES.length()) {
      ByteVector b0 = ByteVector.fromArray(BYTES, data, i);
      ByteVector b1 = ByteVector.fromArray(BYTES, data, i + 1);
      ByteVector b2 = ByteVector.fromArray(BYTES, data, i + 2);
      ByteVector b3 = ByteVector.fromArray(BYTES, data, i + 3);
      ByteVector b4 = ByteVector.fromArray(BYTES, data, i + 4);
      VectorMask<Byte> longDelta = b0.lt((byte) 0);
      ByteVector x = b1.blend(b2, longDelta);
      ByteVector y = b2.blend(b3, longDelta);
      ByteVector z = b3.blend(b4, longDelta);
      VectorMask<Byte> hasStatus = x.lt((byte) 0);
      // As signed bytes 80 to BF are -128 to -65, C0 to DF -64 to -33, E0 to EF -32 to -17.
      VectorMask<Byte> other =
          hasStatus.and(x.lt((byte) -16).and(x.lt((byte) -64).or(x.lt((byte) -32).not())).not());
      // The data bytes are y and z behind a status, x and y without one; x is none below 80 then.
      VectorMask<Byte> notPlain =
          longDelta
              .and(b1.lt((byte) 0))
              .or(other)
              .or(y.lt((byte) 0))
              .or(hasStatus.and(z.lt((byte) 0)));
      ByteVector code = ByteVector.broadcast(BYTES, (byte) 3);
      code = code.blend(code.add((byte) (1 + LONG_DELTA)), longDelta);
      code = code.blend(code.add((byte) (1 + HAS_STATUS)), hasStatus);
      code.blend(none, notPlain).intoArray(codes, i - from);
    }
    return i;
  }

  @Override
  public void reach(byte[] codes, int n, byte[] pairs, byte[] quads) {
    // Codes behind the n-th tell nothing; the vectors look at up to fifteen of them.
    int padded = Math.min(codes.length, n + 2 * BYTES.length());
    Arrays.fill(codes, n, padded, (byte) 0);
    Arrays.fill(pairs, n, padded, (byte) 0);
    for (int i = 0; i < n; i += BYTES.length()) {
      ByteVector length = ByteVector.fromArray(BYTES, codes, i).and((byte) LENGTH);
      ByteVector next = ByteVector.fromArray(BYTES, codes, i + 3);
      next = next.blend(ByteVector.fromArray(BYTES, codes, i + 4), length.eq((byte) 4));
      next = next.blend(ByteVector.fromArray(BYTES, codes, i + 5), length.eq((byte) 5));
      sum(length, next.and((byte) LENGTH)).intoArray(pairs, i);
    }
    Arrays.fill(pairs, n, padded, (byte) 0);
    for (int i = 0; i < n; i += BYTES.length()) {
      ByteVector pair = ByteVector.fromArray(BYTES, pairs, i);
      ByteVector next = ByteVector.fromArray(BYTES, pairs, i + 6);
      next = next.blend(ByteVector.fromArray(BYTES, pairs, i + 7), pair.eq((byte) 7));
      next = next.blend(ByteVector.fromArray(BYTES, pairs, i + 8), pair.eq((byte) 8));
      next = next.blend(ByteVector.fromArray(BYTES, pairs, i + 9), pair.eq((byte) 9));
      next = next.blend(ByteVector.fromArray(BYTES, pairs, i + 10), pair.eq((byte) 10));
      sum(pair, next).intoArray(quads, i);
    }
  }

  /** The sum, 0 where one of the two is 0. */
  private static ByteVector sum(ByteVector a, ByteVector b) {
    ByteVector none = ByteVector.zero(BYTES);
    return a.add(b).blend(none, a.eq((byte) 0)).blend(none, b.eq((byte) 0));
  }

  @Override
  public void takeApart(long[] events, int n) {
    int i = 0;
    for (; i + LONGS.length() <= n; i += LONGS.length()) {
      LongVector word = LongVector.fromArray(LONGS, events, i);
      VectorMask<Long> longDelta =
          word.and((long) LONG_DELTA << CODE_SHIFT).compare(VectorOperators.NE, 0);
      VectorMask<Long> hasStatus =
          word.and((long) HAS_STATUS << CODE_SHIFT).compare(VectorOperators.NE, 0);
      LongVector short7 = word.and(0x7F);
      LongVector behindByte = word.lanewise(VectorOperators.LSHR, 8);
      LongVector long14 = short7.lanewise(VectorOperators.LSHL, 7).or(behindByte.and(0x7F));
      LongVector delta = short7.blend(long14, longDelta);
      LongVector rest = behindByte.blend(word.lanewise(VectorOperators.LSHR, 16), longDelta);
      LongVector none = LongVector.zero(LONGS);
      LongVector status = none.blend(rest.and(0xFF), hasStatus);
      rest = rest.blend(rest.lanewise(VectorOperators.LSHR, 8), hasStatus);
      LongVector first = rest.and(0x7F).lanewise(VectorOperators.LSHL, 14);
      LongVector second = rest.and(0x7F00).lanewise(VectorOperators.LSHL, 13);
      delta.or(first).or(second).or(status.lanewise(VectorOperators.LSHL, 28)).intoArray(events, i);
    }
    for (; i < n; i++) {
      events[i] = ScalarEventKernel.takeApart(events[i]);
    }
  }
}
