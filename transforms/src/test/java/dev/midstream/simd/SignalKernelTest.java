package dev.midstream.simd;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernel of this JVM against its scalar twin, and the scalar twin against what is written. */
class SignalKernelTest {
  private static final int LANES = SignalKernel.LANES;
  private static final int UNITS = 400;

  private final SignalKernel scalar = Kernels.scalarSignals();
  private final SignalKernel kernel = Kernels.vectorSignals();
  private final Random random = new Random(seed());

  private static long seed() {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println("SignalKernelTest: repeat with -Dmidstream.seed=" + seed);
    return seed;
  }

  @Test
  void testsRunWithVectors() {
    assertThat(kernel, is(not(sameInstance(scalar))));
  }

  @Test
  void productsGoWhereTheTableSays() {
    int[] table = {0, LANES, ((2 * LANES) << SignalKernel.SECOND_SHIFT) | LANES};
    long interval = 2L * SignalKernel.UNIT_MICROS - SignalKernel.OFFSET_MICROS;
    float[] rows = new float[3 * LANES];
    for (int lane = 0; lane < LANES; lane++) {
      rows[LANES + lane] = lane;
      rows[2 * LANES + lane] = 10;
    }
    for (SignalKernel each : new SignalKernel[] {scalar, kernel}) {
      float[] sums = new float[3 * LANES];
      each.addPairs(new long[] {0, 1, 1 + interval}, rows, 1, 3, table, sums);
      each.addPairs(new long[] {0, 1, interval}, rows, 1, 3, table, sums);
      for (int lane = 0; lane < LANES; lane++) {
        assertThat(sums[lane], is(0f));
        assertThat("both intervals", sums[LANES + lane], is(20f * lane));
        assertThat("the longer one", sums[2 * LANES + lane], is(10f * lane));
      }
    }
  }

  @Test
  void twinsAgreeToTheLastBit() {
    for (int round = 0; round < 200; round++) {
      int size = round < 4 ? round : random.nextInt(120);
      long[] micros = new long[size];
      float[] rows = new float[size * LANES];
      long time = random.nextInt(1_000_000);
      for (int i = 0; i < size; i++) {
        micros[i] = time;
        time += random.nextInt(UNITS * SignalKernel.UNIT_MICROS / 120);
      }
      for (int i = 0; i < rows.length; i++) {
        rows[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
      }
      int[] table = new int[UNITS + 1];
      for (int i = 0; i < table.length; i++) {
        int second = i % 7 == 0 ? 64 + i % 5 : 0;
        table[i] = ((second << SignalKernel.SECOND_SHIFT) | (i % 64)) * LANES;
      }
      int from = size == 0 ? 0 : random.nextInt(size);
      float[] expected = new float[69 * LANES];
      float[] actual = new float[69 * LANES];
      scalar.addPairs(micros, rows, from, size, table, expected);
      kernel.addPairs(micros, rows, from, size, table, actual);
      assertThat(actual, is(expected));
    }
  }

  @Test
  void profilesLieOnEveryTonic() {
    float[] rows = new float[2 * SignalKernel.ROW + SignalKernel.MARGIN];
    float[] profiles = new float[2 * SignalKernel.DEGREES];
    profiles[0] = 1;
    profiles[2 * 7] = 10;
    profiles[2 * 3 + 1] = 100;
    for (int i = 0; i < SignalKernel.ROW; i++) {
      rows[SignalKernel.ROW + i] = i % SignalKernel.DEGREES;
    }
    for (SignalKernel each : new SignalKernel[] {scalar, kernel}) {
      float[] scores = new float[1 + SignalKernel.ROW + SignalKernel.MARGIN];
      each.correlate(rows, 1, 1, profiles, scores, 1);
      for (int tonic = 0; tonic < SignalKernel.DEGREES; tonic++) {
        assertThat(scores[1 + tonic], is(tonic + 10f * ((tonic + 7) % 12)));
        assertThat(scores[1 + SignalKernel.DEGREES + tonic], is(100f * ((tonic + 3) % 12)));
      }
    }
  }

  @Test
  void correlationsAgreeToTheLastBit() {
    for (int count = 1; count < 40; count++) {
      float[] rows = random(3 + count);
      float[] profiles = random(count);
      float[] expected = new float[SignalKernel.ROW + SignalKernel.MARGIN];
      float[] actual = new float[SignalKernel.ROW + SignalKernel.MARGIN];
      scalar.correlate(rows, 3, count, profiles, expected, 0);
      kernel.correlate(rows, 3, count, profiles, actual, 0);
      assertThat(
          Arrays.copyOf(actual, SignalKernel.ROW), is(Arrays.copyOf(expected, SignalKernel.ROW)));
    }
  }

  private float[] random(int rows) {
    float[] numbers = new float[rows * SignalKernel.ROW + SignalKernel.MARGIN];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  @Test
  void vectorsTakeOverOnceTheyPay() {
    List<String> calls = new ArrayList<>();
    SignalKernel paying =
        new PayingSignalKernel(
            new Named("scalar", calls), new Named("vector", calls), new VectorPayoff(3));
    for (int i = 0; i < 4; i++) {
      paying.addPairs(new long[0], new float[0], 0, 0, new int[0], new float[0]);
      paying.correlate(new float[0], 0, 0, new float[0], new float[0], 0);
    }
    assertThat(
        calls,
        contains("scalar", "scalar", "scalar", "scalar", "vector", "vector", "vector", "vector"));
  }

  private record Named(String name, List<String> calls) implements SignalKernel {
    @Override
    public void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums) {
      calls.add(name);
    }

    @Override
    public void correlate(
        float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
      calls.add(name);
    }
  }
}
