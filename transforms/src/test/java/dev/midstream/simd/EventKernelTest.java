package dev.midstream.simd;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kernel of this JVM against its scalar twin, and the scalar twin against what is written. */
class EventKernelTest {
  private static final int LONGEST = 4096;

  private final EventKernel scalar = Kernels.scalarEvents();
  private final EventKernel kernel = Kernels.events();
  private final Random random = new Random(seed());

  private static long seed() {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println("EventKernelTest: repeat with -Dmidstream.seed=" + seed);
    return seed;
  }

  @BeforeAll
  static void testsRunWithVectors() {
    assertThat("the build gives its tests the vector module", Kernels.haveVectors(), is(true));
  }

  @Test
  void codesAreThoseOfTheSpecification() {
    assertThat(code(0, 60, 64), is(3));
    assertThat(code(0x81, 0, 60, 64), is(4 | EventKernel.LONG_DELTA));
    assertThat(code(0, 0x90, 60, 64), is(4 | EventKernel.HAS_STATUS));
    assertThat(
        code(0x81, 0x7F, 0xE3, 1, 2), is(5 | EventKernel.HAS_STATUS | EventKernel.LONG_DELTA));
    assertThat("a delta of three bytes", code(0x81, 0x80, 0, 60, 64), is(0));
    assertThat("a program change", code(0, 0xC0, 5, 0, 60), is(0));
    assertThat("a channel pressure", code(0, 0xDF, 5, 0, 60), is(0));
    assertThat("a meta event", code(0, 0xFF, 0x2F, 0, 0), is(0));
    assertThat("a high first data byte", code(0, 0x90, 0x80, 1, 1), is(0));
    assertThat("a high second data byte", code(0, 60, 0x80, 1, 1), is(0));
  }

  private int code(int... bytes) {
    byte[] data = new byte[5];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    byte[] codes = new byte[1 + EventKernel.CODE_PADDING];
    assertThat(scalar.code(data, 0, 1, codes), is(1));
    return codes[0];
  }

  /** Random bytes, of which a share that varies from array to array has the high bit. */
  private byte[] randomData(int length) {
    byte[] data = new byte[length];
    int high = random.nextInt(101);
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (random.nextInt(128) | (random.nextInt(100) < high ? 0x80 : 0));
    }
    return data;
  }

  @Test
  void bothTwinsGiveTheSameCodesAndReaches() {
    for (int round = 0; round < 5_000; round++) {
      byte[] data = randomData(random.nextInt(round % 10 == 0 ? LONGEST + 100 : 300));
      int from = random.nextInt(data.length + 1);
      int to = from + random.nextInt(Math.min(LONGEST, data.length - from) + 1);
      byte[] expected = new byte[LONGEST + EventKernel.CODE_PADDING];
      byte[] actual = new byte[expected.length];
      // What an earlier block left behind must not matter.
      random.nextBytes(expected);
      random.nextBytes(actual);
      int all = scalar.code(data, from, data.length, new byte[data.length + 200]);
      int reached = kernel.code(data, from, to, actual);
      assertThat(reached, is(greaterThanOrEqualTo(from)));
      assertThat(reached, is(lessThan(to + 64)));
      assertThat(reached <= Math.max(all, from), is(true));
      scalar.code(data, from, reached, expected);
      int n = reached - from;
      assertThat(Arrays.equals(actual, 0, n, expected, 0, n), is(true));

      byte[] expectedQuads = new byte[expected.length];
      byte[] actualQuads = new byte[expected.length];
      scalar.reach(expected, n, new byte[expected.length], expectedQuads);
      kernel.reach(actual, n, new byte[expected.length], actualQuads);
      assertThat(Arrays.equals(actualQuads, 0, n, expectedQuads, 0, n), is(true));
    }
  }

  @Test
  void bothTwinsTakeEventsApartAlike() {
    for (int round = 0; round < 2_000; round++) {
      byte[] data = randomData(300);
      byte[] codes = new byte[LONGEST + EventKernel.CODE_PADDING];
      int coded = scalar.code(data, 0, data.length - 8, codes);
      long[] expected = new long[coded];
      int n = 0;
      for (int i = 0; i < coded; i++) {
        if (codes[i] != 0) {
          expected[n++] = EventKernel.gather(data, i, codes[i]);
        }
      }
      long[] actual = expected.clone();
      scalar.takeApart(expected, n);
      kernel.takeApart(actual, n);
      assertThat(Arrays.equals(actual, expected), is(true));
    }
  }

  @Test
  void anEventTakenApartIsWhatItsBytesSay() {
    byte[] data = {(byte) 0x81, 0x02, (byte) 0x93, 60, 99, 0, 0, 0};
    long[] events = {
      EventKernel.gather(data, 0, 5 | EventKernel.HAS_STATUS | EventKernel.LONG_DELTA)
    };
    kernel.takeApart(events, 1);
    assertThat(EventKernel.delta(events[0]), is(130));
    assertThat(EventKernel.status(events[0]), is(0x93));
    assertThat(EventKernel.first(events[0]), is(60));
    assertThat(EventKernel.second(events[0]), is(99));
  }
}
