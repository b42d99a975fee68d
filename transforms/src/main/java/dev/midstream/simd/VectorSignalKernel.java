package dev.midstream.simd;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector twin, in the widest shape that this CPU has or in the one that the system property
 * {@code midstream.simd.bits} forces: 128, 256 or 512. Blends only, no masked operation, nothing
 * fused: the scalar twin rounds twice as well. A vector that lives through a loop does so through
 * one loop only, since JDK 17 makes objects of those that live through two.
 */
final class VectorSignalKernel implements SignalKernel {
  private static final int BITS =
      Integer.getInteger("midstream.simd.bits", ByteVector.SPECIES_PREFERRED.vectorBitSize());
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(BITS));

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(BITS));
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, VectorShape.forBitSize(BITS));

  /** In each eight lanes the bits of a byte, the lowest first. */
  private static final ByteVector BIT_OF_BYTE =
      LongVector.broadcast(LONGS, 0x8040201008040201L).reinterpretAsBytes();

  /** How far the byte of each eight lanes is from the lowest. */
  private static final LongVector BYTE_OF_WORD = LongVector.zero(LONGS).addIndex(8);

  /** Of a row of {@link #LANES} a half or the whole; twice as much would be no row any more. */
  private static final VectorSpecies<Float> ROW_LANES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.min(BITS, 32 * LANES)));

  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));

  /**
   * Divides by {@link #UNIT_MICROS} in one multiplication and one shift: exact below 2²⁸, since the
   * factor is less than 2⁻²⁸ of itself too large for that.
   */
  private static final int UNIT_SHIFT = 40;

  private static final long UNIT_FACTOR = (1L << UNIT_SHIFT) / UNIT_MICROS + 1;

  /** So many vectors are summed before a lane, two numbers of up to 127 in each, may overflow. */
  private static final int BLOCK = 127;

  VectorSignalKernel() {}

  /** The width of the vectors; called by reflection, so that nothing links to this class. */
  static int widthInBits() {
    return BITS;
  }

  @Override
  public void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums) {
    for (int lane = 0; lane < LANES; lane += ROW_LANES.length()) {
      addPairs(micros, rows, from, to, table, sums, lane);
    }
  }

  private static void addPairs(
      long[] micros, float[] rows, int from, int to, int[] table, float[] sums, int lane) {
    for (int i = from; i < to; i++) {
      FloatVector weights = FloatVector.fromArray(ROW_LANES, rows, i * LANES + lane);
      long offset = OFFSET_MICROS - micros[i];
      for (int j = i + 1; j < to; j++) {
        int sum = table[(int) ((micros[j] + offset) * UNIT_FACTOR >>> UNIT_SHIFT)] + lane;
        FloatVector products =
            FloatVector.fromArray(ROW_LANES, rows, j * LANES + lane).mul(weights);
        FloatVector.fromArray(ROW_LANES, sums, sum).add(products).intoArray(sums, sum);
      }
    }
  }

  @Override
  public void addShifted(
      float[] row,
      int at,
      int[] shifts,
      float[] weights,
      int weight,
      float[] sums,
      int size,
      float[] copies) {
    addSix(row, at, shifts, 0, weights, weight, sums, size);
    addSix(row, at, shifts, SHIFTS / 2, weights, weight + SHIFTS / 2, sums, size);
  }

  private static void addSix(
      float[] row,
      int at,
      int[] shifts,
      int shift,
      float[] weights,
      int weight,
      float[] sums,
      int size) {
    int a0 = at + shifts[shift];
    int a1 = at + shifts[shift + 1];
    int a2 = at + shifts[shift + 2];
    int a3 = at + shifts[shift + 3];
    int a4 = at + shifts[shift + 4];
    int a5 = at + shifts[shift + 5];
    for (int i = 0; i < size; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, row, a0 + i)
          .mul(weights[weight])
          .add(FloatVector.fromArray(FLOATS, row, a1 + i).mul(weights[weight + 1]))
          .add(FloatVector.fromArray(FLOATS, row, a2 + i).mul(weights[weight + 2]))
          .add(FloatVector.fromArray(FLOATS, row, a3 + i).mul(weights[weight + 3]))
          .add(FloatVector.fromArray(FLOATS, row, a4 + i).mul(weights[weight + 4]))
          .add(FloatVector.fromArray(FLOATS, row, a5 + i).mul(weights[weight + 5]))
          .add(FloatVector.fromArray(FLOATS, sums, i))
          .intoArray(sums, i);
    }
  }

  @Override
  public void addColumn(float[] column, int at, float[] sums, int to, int size) {
    int i = 0;
    for (; i <= size - FLOATS.length(); i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, sums, to + i)
          .add(FloatVector.fromArray(FLOATS, column, at + i))
          .intoArray(sums, to + i);
    }
    for (; i < size; i++) {
      sums[to + i] += column[at + i];
    }
  }

  @Override
  public void spread(float[] before, float floor, float[] prices, float[] after, int at, int size) {
    for (int i = at; i < at + size; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, before, i).sub(prices[0]).max(floor).intoArray(after, i);
    }
    for (int distance = 1; distance < prices.length; distance++) {
      float price = prices[distance];
      for (int i = at; i < at + size; i += FLOATS.length()) {
        FloatVector.fromArray(FLOATS, before, i - distance)
            .max(FloatVector.fromArray(FLOATS, before, i + distance))
            .sub(price)
            .max(FloatVector.fromArray(FLOATS, after, i))
            .intoArray(after, i);
      }
    }
  }

  @Override
  public void correlate(
      float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    // No loop over the passes: with one around it, JDK 17 may make objects of the sums.
    if (FLOATS.length() > DEGREES) {
      correlateFrom(0, rows, from, count, profiles, scores, at);
    } else if (FLOATS.length() == LANES) {
      correlateTwice(rows, from, count, profiles, scores, at);
    } else {
      correlateFrom(0, rows, from, count, profiles, scores, at);
      correlateFrom(4, rows, from, count, profiles, scores, at);
      correlateFrom(8, rows, from, count, profiles, scores, at);
    }
  }

  /** Vectors of four: three passes; of sixteen: one, whose last four lanes are no tonics. */
  private static void correlateFrom(
      int tonic, float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    FloatVector majors = FloatVector.zero(FLOATS);
    FloatVector minors = FloatVector.zero(FLOATS);
    int x = from * ROW + tonic;
    int degree = 0;
    for (int weight = 0; weight < 2 * DEGREES * count; weight += 2) {
      FloatVector row = FloatVector.fromArray(FLOATS, rows, x);
      majors = majors.add(row.mul(profiles[weight]));
      minors = minors.add(row.mul(profiles[weight + 1]));
      x++;
      if (++degree == DEGREES) {
        degree = 0;
        x += DEGREES;
      }
    }
    majors.intoArray(scores, at + tonic);
    minors.intoArray(scores, at + DEGREES + tonic);
  }

  /** Vectors of eight: two side by side, so that their sums do not wait for each other. */
  private static void correlateTwice(
      float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    FloatVector lowMajors = FloatVector.zero(FLOATS);
    FloatVector highMajors = FloatVector.zero(FLOATS);
    FloatVector lowMinors = FloatVector.zero(FLOATS);
    FloatVector highMinors = FloatVector.zero(FLOATS);
    int x = from * ROW;
    int degree = 0;
    for (int weight = 0; weight < 2 * DEGREES * count; weight += 2) {
      FloatVector low = FloatVector.fromArray(FLOATS, rows, x);
      FloatVector high = FloatVector.fromArray(FLOATS, rows, x + LANES);
      float major = profiles[weight];
      float minor = profiles[weight + 1];
      lowMajors = lowMajors.add(low.mul(major));
      highMajors = highMajors.add(high.mul(major));
      lowMinors = lowMinors.add(low.mul(minor));
      highMinors = highMinors.add(high.mul(minor));
      x++;
      if (++degree == DEGREES) {
        degree = 0;
        x += DEGREES;
      }
    }
    // Each store's last four lanes are no tonics: the next one writes over them.
    lowMajors.intoArray(scores, at);
    highMajors.intoArray(scores, at + LANES);
    lowMinors.intoArray(scores, at + DEGREES);
    highMinors.intoArray(scores, at + DEGREES + LANES);
  }

  @Override
  public int detectOnsets(byte[] velocities, int size, int threshold, long[] onsets) {
    byte least = (byte) threshold;
    int count = 0;
    // Lanes tell whether their successor is an onset, so that no load begins before the column.
    long carried = size > 0 && velocities[0] >= threshold ? 1 : 0;
    int i = 0;
    for (; i + Long.SIZE < size; i += Long.SIZE) {
      long rises = 0;
      for (int lane = 0; lane < Long.SIZE; lane += BYTES.length()) {
        ByteVector before = ByteVector.fromArray(BYTES, velocities, i + lane);
        ByteVector after = ByteVector.fromArray(BYTES, velocities, i + lane + 1);
        rises |= bits(after.sub(before).compare(VectorOperators.GE, least)) << lane;
      }
      long word = rises << 1 | carried;
      onsets[i / Long.SIZE] = word;
      count += Long.bitCount(word);
      carried = rises >>> Long.SIZE - 1;
    }
    return count + ScalarSignalKernel.detectOnsetsFrom(i, velocities, size, threshold, onsets);
  }

  /** A bit for each lane. What {@code VectorMask.toLong} does, which JDK 17 does lane by lane. */
  private static long bits(VectorMask<Byte> mask) {
    // Each byte has its bit in place; then each eight bytes are one, and then all eights.
    LongVector eights = ByteVector.zero(BYTES).blend(BIT_OF_BYTE, mask).reinterpretAsLongs();
    eights = eights.or(eights.lanewise(VectorOperators.LSHR, 32));
    eights = eights.or(eights.lanewise(VectorOperators.LSHR, 16));
    eights = eights.or(eights.lanewise(VectorOperators.LSHR, 8));
    return eights
        .and(0xFF)
        .lanewise(VectorOperators.LSHL, BYTE_OF_WORD)
        .reduceLanes(VectorOperators.OR);
  }

  @Override
  public void summarize(byte[] column, byte[] channels, int except, int size, long[] summary) {
    ScalarSignalKernel.beginSummary(summary);
    int vectors = size / BYTES.length();
    for (int first = 0; first < vectors; first += BLOCK) {
      int end = Math.min(vectors, first + BLOCK) * BYTES.length();
      summarizeBlock(column, channels, (byte) except, first * BYTES.length(), end, summary);
    }
    int done = vectors * BYTES.length();
    ScalarSignalKernel.summarizeFrom(done, column, channels, except, size, summary);
  }

  /** At most {@link #BLOCK} vectors. */
  private static void summarizeBlock(
      byte[] column, byte[] channels, byte except, int from, int to, long[] summary) {
    ByteVector least = ByteVector.broadcast(BYTES, Byte.MAX_VALUE);
    ByteVector greatest = ByteVector.broadcast(BYTES, (byte) -1);
    ShortVector sums = ShortVector.zero(SHORTS);
    IntVector squares = IntVector.zero(INTS);
    int skipped = 0;
    for (int i = from; i < to; i += BYTES.length()) {
      ByteVector values = ByteVector.fromArray(BYTES, column, i);
      VectorMask<Byte> skip = ByteVector.fromArray(BYTES, channels, i).eq(except);
      skipped += skip.trueCount();
      least = least.min(values.blend(Byte.MAX_VALUE, skip));
      greatest = greatest.max(values.blend((byte) -1, skip));
      ShortVector pairs = values.blend((byte) 0, skip).reinterpretAsShorts();
      ShortVector even = pairs.and((short) 0xFF);
      ShortVector odd = pairs.lanewise(VectorOperators.LSHR, 8);
      sums = sums.add(even).add(odd);
      // Two squares of at most 127 are a positive short.
      squares = squares.add(halves(even.mul(even).add(odd.mul(odd))));
    }
    ScalarSignalKernel.addToSummary(
        summary,
        to - from - skipped,
        least.reduceLanes(VectorOperators.MIN),
        greatest.reduceLanes(VectorOperators.MAX),
        halves(sums).reduceLanes(VectorOperators.ADD),
        squares.reduceLanes(VectorOperators.ADD));
  }

  /** The sums of neighbours, of shorts that are not negative. */
  private static IntVector halves(ShortVector shorts) {
    IntVector both = shorts.reinterpretAsInts();
    return both.and(0xFFFF).add(both.lanewise(VectorOperators.LSHR, 16));
  }
}
