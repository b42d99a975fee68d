package dev.midstream.simd;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each vector twin, of the width of this CPU and of 128, 256 and 512 bits, against the scalar one:
 * equal to the last bit, on random and on boundary inputs. And all of them against what is written.
 */
class SignalKernelTest {
  private static final int LANES = SignalKernel.LANES;
  private static final int UNITS = 400;
  private static final long SEED = seed();
  private static final int[] WIDTHS = {128, 256, 512};

  private final SignalKernel scalar = Kernels.scalarSignals();
  private final float[] copies = new float[SignalKernel.COPIES];
  private final Random random = new Random(SEED);

  private static long seed() {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println("SignalKernelTest: repeat with -Dmidstream.seed=" + seed);
    return seed;
  }

  static Stream<Arguments> vectors() {
    return Stream.concat(
        Stream.of(Arguments.of("this CPU's", Kernels.vectorSignals())),
        IntStream.of(WIDTHS).mapToObj(bits -> Arguments.of(bits + " bits", ForcedWidth.of(bits))));
  }

  static Stream<Arguments> all() {
    return Stream.concat(Stream.of(Arguments.of("scalar", Kernels.scalarSignals())), vectors());
  }

  @Test
  void testsRunWithVectors() {
    assertThat(Kernels.vectorSignals(), is(not(sameInstance(scalar))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void productsGoWhereTheTableSays(String width, SignalKernel kernel) {
    int[] table = {0, LANES, 2 * LANES};
    long interval = 2L * SignalKernel.UNIT_MICROS - SignalKernel.OFFSET_MICROS;
    float[] rows = new float[3 * LANES];
    for (int lane = 0; lane < LANES; lane++) {
      rows[LANES + lane] = lane;
      rows[2 * LANES + lane] = 10;
    }
    float[] sums = new float[3 * LANES];
    kernel.addPairs(new long[] {0, 1, 1 + interval}, rows, 1, 3, table, sums);
    kernel.addPairs(new long[] {0, 1, interval}, rows, 1, 3, table, sums);
    for (int lane = 0; lane < LANES; lane++) {
      assertThat(sums[lane], is(0f));
      assertThat("the shorter interval", sums[LANES + lane], is(10f * lane));
      assertThat("the longer one", sums[2 * LANES + lane], is(10f * lane));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void pairsAgreeToTheLastBit(String width, SignalKernel kernel) {
    for (int round = 0; round < 300; round++) {
      int size = round < 20 ? round : random.nextInt(120);
      long[] micros = new long[size];
      float[] rows = new float[size * LANES];
      long time = random.nextInt(1_000_000);
      for (int i = 0; i < size; i++) {
        micros[i] = time;
        time += random.nextInt(UNITS * SignalKernel.UNIT_MICROS / 120);
      }
      for (int i = 0; i < rows.length; i++) {
        rows[i] = round % 10 == 0 ? 1 : random.nextInt(3) == 0 ? 0 : random.nextFloat();
      }
      int[] table = IntStream.rangeClosed(0, UNITS).map(unit -> unit % 64 * LANES).toArray();
      int from = size == 0 ? 0 : random.nextInt(size);
      float[] expected = new float[64 * LANES];
      float[] actual = new float[64 * LANES];
      scalar.addPairs(micros, rows, from, size, table, expected);
      kernel.addPairs(micros, rows, from, size, table, actual);
      assertThat(actual, is(expected));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void shiftedRowsAreWeightedAndAdded(String width, SignalKernel kernel) {
    int size = 3 * SignalKernel.CHUNK;
    int[] shifts = random.ints(SignalKernel.SHIFTS, -40, 50).toArray();
    float[] row = floats(40 + size + 50);
    float[] weights = floats(5 + SignalKernel.SHIFTS);
    float[] sums = floats(size + 1);
    float[] before = sums.clone();
    kernel.addShifted(row, 40, shifts, weights, 5, sums, size, copies);
    for (int i = 0; i < size; i++) {
      double sum = before[i];
      for (int shift = 0; shift < shifts.length; shift++) {
        sum += weights[5 + shift] * row[40 + i + shifts[shift]];
      }
      assertThat((double) sums[i], is(closeTo(sum, 1e-4)));
    }
    assertThat("what is behind", sums[size], is(before[size]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void shiftedRowsAgreeToTheLastBit(String width, SignalKernel kernel) {
    for (int round = 0; round < 100; round++) {
      int size =
          random.nextInt(SignalKernel.MOST_SUMS / SignalKernel.CHUNK + 1) * SignalKernel.CHUNK;
      int[] shifts = random.ints(SignalKernel.SHIFTS, -40, 50).toArray();
      float[] row = floats(40 + size + 50);
      float[] weights = floats(SignalKernel.SHIFTS);
      float[] expected = floats(size);
      float[] actual = expected.clone();
      scalar.addShifted(row, 40, shifts, weights, 0, expected, size, copies);
      kernel.addShifted(row, 40, shifts, weights, 0, actual, size, copies);
      assertThat(actual, is(expected));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void columnsAreAdded(String width, SignalKernel kernel) {
    for (int size = 0; size < 70; size++) {
      float[] column = floats(size + 3);
      float[] expected = floats(size + 8);
      float[] actual = expected.clone();
      for (int i = 0; i < size; i++) {
        expected[7 + i] += column[2 + i];
      }
      kernel.addColumn(column, 2, actual, 7, size);
      assertThat(actual, is(expected));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void statesSpreadAsFarAsItPays(String width, SignalKernel kernel) {
    for (int round = 0; round < 100; round++) {
      int size = random.nextInt(8) * SignalKernel.CHUNK;
      float[] prices = floats(1 + random.nextInt(12));
      Arrays.sort(prices);
      int margin = prices.length - 1;
      float[] before = floats(margin + size + margin);
      Arrays.fill(before, 0, margin, Float.NEGATIVE_INFINITY);
      float floor = random.nextFloat();
      float[] actual = floats(before.length);
      float[] expected = actual.clone();
      for (int i = margin; i < margin + size; i++) {
        expected[i] = floor;
        for (int distance = -margin; distance <= margin; distance++) {
          expected[i] = Math.max(expected[i], before[i + distance] - prices[Math.abs(distance)]);
        }
      }
      kernel.spread(before, floor, prices, actual, margin, size);
      assertThat(actual, is(expected));
    }
  }

  private float[] floats(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat() * 2 - 1;
    }
    return numbers;
  }

  /** The twins divide in different ways: at the edges of all units of nine seconds. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void unitsBeginWhereTheyAreSaidTo(String width, SignalKernel kernel) {
    int units = 9_000_000 / SignalKernel.UNIT_MICROS;
    int[] table = new int[units + 1];
    for (int unit = 0; unit <= units; unit++) {
      table[unit] = unit * LANES;
    }
    float[] rows = new float[3 * LANES];
    Arrays.fill(rows, 1);
    float[] sums = new float[(units + 1) * LANES];
    for (int unit = 1; unit <= units; unit++) {
      long edge = (long) unit * SignalKernel.UNIT_MICROS - SignalKernel.OFFSET_MICROS;
      Arrays.fill(sums, 0);
      kernel.addPairs(new long[] {7, 7 + edge - 1}, rows, 0, 2, table, sums);
      kernel.addPairs(new long[] {7, 7 + edge}, rows, 0, 2, table, sums);
      assertThat(sums[(unit - 1) * LANES], is(1f));
      assertThat(sums[unit * LANES], is(1f));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void profilesLieOnEveryTonic(String width, SignalKernel kernel) {
    float[] rows = new float[2 * SignalKernel.ROW + SignalKernel.MARGIN];
    float[] profiles = new float[2 * SignalKernel.DEGREES];
    profiles[0] = 1;
    profiles[2 * 7] = 10;
    profiles[2 * 3 + 1] = 100;
    for (int i = 0; i < SignalKernel.ROW; i++) {
      rows[SignalKernel.ROW + i] = i % SignalKernel.DEGREES;
    }
    float[] scores = new float[1 + SignalKernel.ROW + SignalKernel.MARGIN];
    kernel.correlate(rows, 1, 1, profiles, scores, 1);
    for (int tonic = 0; tonic < SignalKernel.DEGREES; tonic++) {
      assertThat(scores[1 + tonic], is(tonic + 10f * ((tonic + 7) % 12)));
      assertThat(scores[1 + SignalKernel.DEGREES + tonic], is(100f * ((tonic + 3) % 12)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void correlationsAgreeToTheLastBit(String width, SignalKernel kernel) {
    for (int count = 0; count < 40; count++) {
      float[] rows = numbers(3 + count);
      float[] profiles = numbers(count);
      float[] expected = new float[SignalKernel.ROW + SignalKernel.MARGIN];
      float[] actual = new float[SignalKernel.ROW + SignalKernel.MARGIN];
      scalar.correlate(rows, 3, count, profiles, expected, 0);
      kernel.correlate(rows, 3, count, profiles, actual, 0);
      assertThat(
          Arrays.copyOf(actual, SignalKernel.ROW), is(Arrays.copyOf(expected, SignalKernel.ROW)));
    }
  }

  private float[] numbers(int rows) {
    float[] numbers = new float[rows * SignalKernel.ROW + SignalKernel.MARGIN];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void anOnsetRisesByTheThresholdAboveItsPredecessor(String width, SignalKernel kernel) {
    byte[] velocities = {10, 0, 9, 10, 20, 20, 30, 29, 0, 127, 127, 117, 127};
    long[] onsets = {-1};
    assertThat(kernel.detectOnsets(velocities, velocities.length, 10, onsets), is(5));
    assertThat(onsets[0], is(0b1_0010_0101_0001L));
    int[] counts = new int[5];
    kernel.detectOnsets(velocities, new int[] {0, 3, 4, 4, 13}, 5, 10, onsets, counts);
    assertThat(onsets[0], is(0b1_0010_0101_1001L));
    assertThat("of each column", counts, is(new int[] {0, 1, 1, 0, 4}));
    assertThat(kernel.detectOnsets(velocities, 0, 10, new long[0]), is(0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void onsetsAgree(String width, SignalKernel kernel) {
    for (int size : sizes()) {
      byte[] velocities = column(size);
      int threshold = 1 + random.nextInt(random.nextBoolean() ? 127 : 10);
      long[] expected = new long[size / 64 + 2];
      long[] actual = new long[size / 64 + 2];
      Arrays.fill(actual, 0, (size + 63) / 64, random.nextLong());
      int count = scalar.detectOnsets(velocities, size, threshold, expected);
      assertThat(kernel.detectOnsets(velocities, size, threshold, actual), is(count));
      assertThat(actual, is(expected));
      assertThat(BitSet.valueOf(actual).cardinality(), is(count));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aBatchIsItsColumns(String width, SignalKernel kernel) {
    for (int round = 0; round < 300; round++) {
      int columns = random.nextInt(6);
      int[] ends = new int[columns];
      int size = 0;
      for (int i = 0; i < columns; i++) {
        size += random.nextInt(random.nextBoolean() ? 3 : 200);
        ends[i] = size;
      }
      byte[] velocities = column(size);
      int threshold = 1 + random.nextInt(40);
      long[] onsets = new long[(size + 63) / 64];
      int[] counts = new int[columns];
      kernel.detectOnsets(velocities, ends, columns, threshold, onsets, counts);
      int from = 0;
      for (int i = 0; i < columns; i++) {
        byte[] alone = Arrays.copyOfRange(velocities, from, ends[i]);
        long[] expected = new long[(alone.length + 63) / 64];
        assertThat(counts[i], is(scalar.detectOnsets(alone, alone.length, threshold, expected)));
        assertThat(BitSet.valueOf(onsets).get(from, ends[i]), is(BitSet.valueOf(expected)));
        from = ends[i];
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aSummaryLeavesOneChannelOut(String width, SignalKernel kernel) {
    long[] summary = {9, 9, 9, 9, 9};
    byte[] column = {5, 127, 0, 7};
    kernel.summarize(column, new byte[] {1, 9, 9, 15}, 9, 4, summary);
    assertThat(summary, is(new long[] {2, 5, 7, 12, 74}));
    kernel.summarize(column, new byte[] {1, 9, 9, 15}, -1, 4, summary);
    assertThat(summary, is(new long[] {4, 0, 127, 139, 16203}));
    kernel.summarize(column, new byte[] {9, 9, 9, 9}, 9, 4, summary);
    assertThat("of nothing", summary, is(new long[] {0, 127, -1, 0, 0}));
    kernel.summarize(column, new byte[4], -1, 0, summary);
    assertThat("of nothing", summary, is(new long[] {0, 127, -1, 0, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void summariesAgree(String width, SignalKernel kernel) {
    for (int size : sizes()) {
      byte[] column = column(size);
      byte[] channels = new byte[column.length];
      int kinds = 1 + random.nextInt(16);
      for (int i = 0; i < size; i++) {
        channels[i] = (byte) random.nextInt(kinds);
      }
      int except = random.nextInt(17) - 1;
      long[] expected = new long[SignalKernel.SUMMARY];
      long[] actual = new long[SignalKernel.SUMMARY];
      scalar.summarize(column, channels, except, size, expected);
      kernel.summarize(column, channels, except, size, actual);
      assertThat(actual, is(expected));
    }
  }

  /** Around the widths of all vectors, of words and of blocks of vectors; and any. */
  private int[] sizes() {
    IntStream around =
        IntStream.of(0, 8, 16, 32, 64, 128, 192, 127 * 16, 127 * 32, 127 * 64, 3 * 127 * 64)
            .flatMap(edge -> IntStream.rangeClosed(edge - 2, edge + 2))
            .filter(size -> size >= 0);
    return IntStream.concat(around, random.ints(600, 0, 3_000)).toArray();
  }

  /** Of 0 … 127: all equal, all the greatest, few different ones or any; and nothing behind it. */
  private byte[] column(int size) {
    byte[] column = new byte[size];
    int least = random.nextInt(128);
    int kinds =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> Math.min(3, 128 - least);
          default -> 128 - least;
        };
    boolean greatest = random.nextInt(8) == 0;
    for (int i = 0; i < size; i++) {
      column[i] = (byte) (greatest ? 127 : least + random.nextInt(kinds));
    }
    return column;
  }

  @Test
  void vectorsTakeOverOnceTheyPay() {
    List<String> calls = new ArrayList<>();
    SignalKernel paying =
        new PayingSignalKernel(
            new Named("scalar", calls), new Named("vector", calls), new VectorPayoff(3));
    for (int i = 0; i < 4; i++) {
      paying.addPairs(new long[0], new float[0], 0, 0, new int[0], new float[0]);
      paying.addShifted(
          new float[0], 0, new int[0], new float[0], 0, new float[0], 0, new float[0]);
      paying.addColumn(new float[0], 0, new float[0], 0, 0);
      paying.spread(new float[0], 0, new float[0], new float[0], 0, 0);
      paying.correlate(new float[0], 0, 0, new float[0], new float[0], 0);
      paying.detectOnsets(new byte[0], 0, 1, new long[0]);
      paying.summarize(new byte[0], new byte[0], 0, 0, new long[0]);
    }
    List<String> expected = new ArrayList<>();
    for (String twin : List.of("scalar", "scalar", "vector", "vector")) {
      for (String call :
          List.of(
              "addPairs",
              "addShifted",
              "addColumn",
              "spread",
              "correlate",
              "detectOnsets",
              "summarize")) {
        expected.add(twin + " " + call);
      }
    }
    assertThat(calls, contains(expected.toArray()));
  }

  private record Named(String name, List<String> calls) implements SignalKernel {
    @Override
    public void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums) {
      calls.add(name + " addPairs");
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
      calls.add(name + " addShifted");
    }

    @Override
    public void addColumn(float[] column, int at, float[] sums, int to, int size) {
      calls.add(name + " addColumn");
    }

    @Override
    public void spread(
        float[] before, float floor, float[] prices, float[] after, int at, int size) {
      calls.add(name + " spread");
    }

    @Override
    public void correlate(
        float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
      calls.add(name + " correlate");
    }

    @Override
    public int detectOnsets(byte[] velocities, int size, int threshold, long[] onsets) {
      calls.add(name + " detectOnsets");
      return 0;
    }

    @Override
    public void summarize(byte[] column, byte[] channels, int except, int size, long[] summary) {
      calls.add(name + " summarize");
    }
  }
}
