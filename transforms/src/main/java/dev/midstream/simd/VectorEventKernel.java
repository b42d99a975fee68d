package dev.midstream.simd;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin, in the widest shape that this CPU has; blends only, no masked operation. */
final class VectorEventKernel implements EventKernel {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> TICKS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));
  private static final VectorShuffle<Long> BACK_1 = back(1);
  private static final VectorShuffle<Long> BACK_2 = back(2);
  private static final VectorShuffle<Long> BACK_4 = back(4);
  private static final long[] FROM_1 = from(1);
  private static final long[] FROM_2 = from(2);
  private static final long[] FROM_4 = from(4);

  /**
   * The width of the vectors in bits; called by reflection, so that nothing links to this class.
   */
  VectorEventKernel() {}

  static int widthInBits() {
    return BYTES.vectorBitSize();
  }

  @Override
  public void measure(EventWindow window) {
    byte[] work = window.work;
    int n = window.size();
    // Each lane looks at its byte and the four behind it.
    for (int i = 0; i < n; i += BYTES.length()) {
      ByteVector b0 = ByteVector.fromArray(BYTES, work, i);
      ByteVector b1 = ByteVector.fromArray(BYTES, work, i + 1);
      ByteVector b2 = ByteVector.fromArray(BYTES, work, i + 2);
      ByteVector b3 = ByteVector.fromArray(BYTES, work, i + 3);
      ByteVector b4 = ByteVector.fromArray(BYTES, work, i + 4);
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
      ByteVector length = ByteVector.broadcast(BYTES, (byte) 3).blend((byte) 4, longDelta);
      length
          .blend(length.add((byte) 1), hasStatus)
          .blend(NO_EVENT, notPlain)
          .intoArray(work, EventWindow.LENGTHS + i);
    }
  }

  @Override
  public void reach(EventWindow window) {
    byte[] work = window.work;
    int n = window.size();
    for (int i = 0; i < n; i += BYTES.length()) {
      ByteVector length = ByteVector.fromArray(BYTES, work, EventWindow.LENGTHS + i);
      ByteVector next = ByteVector.fromArray(BYTES, work, EventWindow.LENGTHS + i + 3);
      next =
          next.blend(
              ByteVector.fromArray(BYTES, work, EventWindow.LENGTHS + i + 4), length.eq((byte) 4));
      next =
          next.blend(
              ByteVector.fromArray(BYTES, work, EventWindow.LENGTHS + i + 5), length.eq((byte) 5));
      length.add(next).intoArray(work, EventWindow.PAIRS + i);
    }
    window.fillBehind(EventWindow.PAIRS);
    for (int i = 0; i < n; i += BYTES.length()) {
      ByteVector pair = ByteVector.fromArray(BYTES, work, EventWindow.PAIRS + i);
      ByteVector next = ByteVector.fromArray(BYTES, work, EventWindow.PAIRS + i + 6);
      next =
          next.blend(
              ByteVector.fromArray(BYTES, work, EventWindow.PAIRS + i + 7), pair.eq((byte) 7));
      next =
          next.blend(
              ByteVector.fromArray(BYTES, work, EventWindow.PAIRS + i + 8), pair.eq((byte) 8));
      next =
          next.blend(
              ByteVector.fromArray(BYTES, work, EventWindow.PAIRS + i + 9), pair.eq((byte) 9));
      next =
          next.blend(
              ByteVector.fromArray(BYTES, work, EventWindow.PAIRS + i + 10), pair.eq((byte) 10));
      pair.add(next).intoArray(work, EventWindow.QUADS + i);
    }
  }

  @Override
  public void sort(EventBlock block) {
    int whole = block.size() / LONGS.length() * LONGS.length();
    takeApart(block, whole);
    long[] work = block.work;
    for (int i = 0; i < whole; i++) {
      work[(int) work[EventBlock.PLACES + i]] = work[EventBlock.WORDS + i];
    }
    ScalarEventKernel.sort(block, whole);
  }

  /** Makes words of the first {@code n} events, and tells where in the sorted ones each goes. */
  private static void takeApart(EventBlock block, int n) {
    long[] work = block.work;
    LongVector from1 = LongVector.fromArray(LONGS, FROM_1, 0);
    LongVector from2 = LongVector.fromArray(LONGS, FROM_2, 0);
    LongVector from4 = LongVector.fromArray(LONGS, FROM_4, 0);
    long counts = block.counts();
    long status = block.status();
    for (int i = 0; i < n; i += LONGS.length()) {
      LongVector raw = LongVector.fromArray(LONGS, work, i);
      // The delta in the two lowest bytes, whether it has one or two.
      VectorMask<Long> longDelta = raw.and(0x80).compare(VectorOperators.NE, 0);
      LongVector word = raw.lanewise(VectorOperators.LSHL, 8).blend(raw, longDelta);
      LongVector delta =
          word.and(0x7F)
              .lanewise(VectorOperators.LSHL, EventBlock.TICK_SHIFT + 7)
              .or(word.and(0x7F00).lanewise(VectorOperators.LSHL, EventBlock.TICK_SHIFT - 8));
      // The status, or 0, in the next byte, the data bytes behind it.
      LongVector rest = word.lanewise(VectorOperators.LSHR, 16);
      VectorMask<Long> hasStatus = rest.and(0x80).compare(VectorOperators.NE, 0);
      rest = rest.lanewise(VectorOperators.LSHL, 8).blend(rest, hasStatus);
      LongVector own = rest.and(0xFF);
      if (!hasStatus.allTrue()) {
        // The status runs on: from one lane before, from two, from four, from the vector before.
        own = own.blend(own.rearrange(BACK_1), own.eq(0));
        own = own.blend(own.rearrange(BACK_2), own.eq(0));
        own = own.blend(own.rearrange(BACK_4), own.eq(0));
        own = own.blend(status, own.eq(0));
      }
      status = own.lane(LONGS.length() - 1);
      LongVector second = rest.and(0x7F0000);
      LongVector data =
          rest.and(0x7F00)
              .lanewise(VectorOperators.LSHL, EventBlock.SLOT_SHIFT - 8)
              .or(second.lanewise(VectorOperators.LSHR, 16 - EventBlock.SECOND_SHIFT))
              .or(own.and(0x0F).lanewise(VectorOperators.LSHL, EventBlock.SLOT_SHIFT + 7));
      LongVector kind = own.and(0xF0);
      VectorMask<Long> onStatus = kind.eq(0x90);
      VectorMask<Long> silent = onStatus.and(second.eq(0));
      VectorMask<Long> offStatus = kind.eq(0x80);
      VectorMask<Long> controller = kind.eq(0xB0);
      VectorMask<Long> other = onStatus.or(offStatus).or(controller).not();
      LongVector zero = LongVector.zero(LONGS);
      LongVector shift =
          zero.blend(EventBlock.OFF_COUNT_SHIFT, offStatus.or(silent))
              .blend(EventBlock.CONTROLLER_COUNT_SHIFT, controller);
      LongVector one =
          LongVector.broadcast(LONGS, 1).lanewise(VectorOperators.LSHL, shift).blend(0, other);
      // Ticks and the three counts are summed up together, over one lane, over two, over four.
      LongVector sum = delta.or(one);
      sum = sum.add(sum.rearrange(BACK_1).and(from1));
      sum = sum.add(sum.rearrange(BACK_2).and(from2));
      sum = sum.add(sum.rearrange(BACK_4).and(from4));
      sum = sum.add(counts);
      counts = sum.lane(LONGS.length() - 1);
      LongVector before = sum.sub(one);
      before
          .lanewise(VectorOperators.LSHR, shift)
          .and(EventBlock.COUNT)
          .blend(EventBlock.OTHERS, other)
          .intoArray(work, EventBlock.PLACES + i);
      word = before.and(-1L << EventBlock.TICK_SHIFT | EventBlock.COUNT).or(data);
      word.blend(word.or(EventBlock.NO_RELEASE << EventBlock.SECOND_SHIFT), silent)
          .intoArray(work, EventBlock.WORDS + i);
    }
    block.moveTo(counts, (int) status);
  }

  @Override
  public void notes(
      EventBlock block, int[] ticks, byte[] pitches, byte[] velocities, byte[] channels, int at) {
    long[] work = block.work;
    int count = block.ons();
    for (int i = 0; i < count; i += LONGS.length()) {
      LongVector on = LongVector.fromArray(LONGS, work, EventBlock.ONS + i);
      int to = at + i;
      on.lanewise(VectorOperators.LSHR, EventBlock.TICK_SHIFT)
          .convertShape(VectorOperators.L2I, TICKS, 0)
          .reinterpretAsInts()
          .intoArray(ticks, to);
      bytes(on.lanewise(VectorOperators.LSHR, EventBlock.SLOT_SHIFT).and(0x7F), pitches, to);
      bytes(on.lanewise(VectorOperators.LSHR, EventBlock.SECOND_SHIFT).and(0x7F), velocities, to);
      bytes(on.lanewise(VectorOperators.LSHR, EventBlock.SLOT_SHIFT + 7).and(0x0F), channels, to);
    }
  }

  @Override
  public void ends(
      long[] ends, int[] startTicks, int[] durationTicks, byte[] releases, int from, int to) {
    for (int i = from; i < to; i += LONGS.length()) {
      LongVector off = LongVector.fromArray(LONGS, ends, i);
      off.lanewise(VectorOperators.LSHR, EventBlock.TICK_SHIFT)
          .convertShape(VectorOperators.L2I, TICKS, 0)
          .reinterpretAsInts()
          .sub(IntVector.fromArray(TICKS, startTicks, i))
          .intoArray(durationTicks, i);
      bytes(off.lanewise(VectorOperators.LSHR, EventBlock.SECOND_SHIFT).and(0x7F), releases, i);
    }
  }

  /** Eight bytes, though there may be fewer lanes: what comes next overwrites the rest. */
  private static void bytes(LongVector values, byte[] column, int at) {
    values
        .convertShape(VectorOperators.L2B, ByteVector.SPECIES_64, 0)
        .reinterpretAsBytes()
        .intoArray(column, at);
  }

  private static VectorShuffle<Long> back(int lanes) {
    return VectorShuffle.fromOp(LONGS, lane -> Math.max(0, lane - lanes));
  }

  /** All bits in the lanes from {@code first} on. */
  private static long[] from(int first) {
    long[] mask = new long[LONGS.length()];
    Arrays.fill(mask, Math.min(first, mask.length), mask.length, -1);
    return mask;
  }
}
