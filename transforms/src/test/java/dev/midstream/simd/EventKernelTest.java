package dev.midstream.simd;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kernel of this JVM against its scalar twin, and the scalar twin against what is written. */
class EventKernelTest {
  private static final int NONE = EventKernel.NO_EVENT;

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
    assertThat("the build gives its tests the vector module", Kernels.signalBits(), greaterThan(0));
  }

  /** As measured on a CPU of 256 bits (docs/benchmarks.md). */
  @Test
  void narrowVectorsAreNotChosenToReadEvents() {
    assertThat(Kernels.haveVectorsForEvents(), is(Kernels.signalBits() >= 512));
  }

  @Test
  void lengthsAreThoseOfTheSpecification() {
    assertThat(length(0, 60, 64), is(3));
    assertThat(length(0x81, 0, 60, 64), is(4));
    assertThat(length(0, 0x90, 60, 64), is(4));
    assertThat(length(0x81, 0x7F, 0xE3, 1, 2), is(5));
    assertThat("a delta of three bytes", length(0x81, 0x80, 0, 60, 64), is(NONE));
    assertThat("a program change", length(0, 0xC0, 5, 0, 60), is(NONE));
    assertThat("a channel pressure", length(0, 0xDF, 5, 0, 60), is(NONE));
    assertThat("a meta event", length(0, 0xFF, 0x2F, 0, 0), is(NONE));
    assertThat("a high first data byte", length(0, 0x90, 0x80, 1, 1), is(NONE));
    assertThat("a high second data byte", length(0, 60, 0x80, 1, 1), is(NONE));
    assertThat("an event that the end cuts", length(0x81, 0x7F, 0xE3, 1), is(NONE));
  }

  private int length(int... bytes) {
    byte[] data = bytes(bytes);
    EventWindow window = new EventWindow();
    window.moveTo(data, 0, data.length, data.length, scalar);
    return window.work[EventWindow.LENGTHS];
  }

  @Test
  void fourEventsReachAsFarAsTheirLengths() {
    byte[] data = bytes(0, 0x90, 60, 64, 0, 62, 64, 0x81, 0, 60, 0, 0x81, 0, 0x80, 62, 0, 0);
    EventWindow window = new EventWindow();
    window.moveTo(data, 0, data.length, data.length, scalar);
    assertThat((int) window.work[EventWindow.QUADS], is(4 + 3 + 4 + 5));
    assertThat("the fourth is cut", window.work[EventWindow.QUADS + 4] & 0xFF, is(44));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
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
  void bothTwinsGiveTheSameLengthsAndReaches() {
    EventWindow expected = new EventWindow();
    EventWindow actual = new EventWindow();
    for (int round = 0; round < 5_000; round++) {
      // What an earlier window left behind must not matter.
      random.nextBytes(expected.work);
      random.nextBytes(actual.work);
      byte[] data = randomData(1 + random.nextInt(round % 10 == 0 ? 5_000 : 300));
      int at = random.nextInt(data.length);
      int end = at + 1 + random.nextInt(data.length - at);
      int stop = at + 1 + random.nextInt(end - at);
      expected.moveTo(data, at, stop, end, scalar);
      actual.moveTo(data, at, stop, end, kernel);
      int n = Math.min(stop - at, EventWindow.CAPACITY);
      assertThat(actual.holds(at + n - 1) && !actual.holds(at + n), is(true));
      for (int table : new int[] {0, EventWindow.LENGTHS}) {
        assertThat(
            Arrays.equals(actual.work, table, table + n, expected.work, table, table + n),
            is(true));
      }
      for (int i = 0; i < n + EventKernel.LONGEST_EVENT; i++) {
        // Any number that says that there are not four events says so as well as any other.
        int reach = reach(expected, i);
        assertThat(reach(actual, i), is(reach));
        assertThat(reach >= NONE || at + i + reach <= end, is(true));
      }
    }
  }

  private static int reach(EventWindow window, int at) {
    return Math.min(window.work[EventWindow.QUADS + at] & 0xFF, NONE);
  }

  @Test
  void aBlockIsSortedByWhatItsEventsAre() {
    EventBlock block = new EventBlock();
    block.begin(1000, 0x91);
    gather(block, 0, 60, 99);
    gather(block, 0x81, 0x02, 0x85, 61, 7);
    gather(block, 5, 62, 3);
    gather(block, 0, 0xB2, 64, 127);
    gather(block, 1, 0xE2, 0, 64);
    gather(block, 0, 0x93, 63, 0);
    gather(block, 0, 63, 1);
    scalar.sort(block);
    assertThat(
        sorted(block),
        contains(
            "on 1000 1.60 99, 0 before",
            "on 1136 3.63 1, 1 before",
            "off 1130 5.61 7, 1 before",
            "off 1135 5.62 3, 1 before",
            "off 1136 3.63 64, 1 before",
            "controller 1135 2.64 127, 1 before"));
    assertThat(block.tick(), is(1136));
    assertThat(block.status(), is(0x93));
  }

  private static void gather(EventBlock block, int... bytes) {
    long word = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      word = word << 8 | bytes[i];
    }
    block.work[block.size()] = word;
    block.setSize(block.size() + 1);
  }

  private static List<String> sorted(EventBlock block) {
    List<String> events = new ArrayList<>();
    list(events, "on", block, EventBlock.ONS, block.ons());
    list(events, "off", block, EventBlock.OFFS, block.offs());
    list(events, "controller", block, EventBlock.CONTROLLERS, block.controllers());
    return events;
  }

  private static void list(
      List<String> events, String kind, EventBlock block, int from, int count) {
    for (int i = from; i < from + count; i++) {
      long event = block.work[i];
      int slot = EventBlock.slot(event);
      events.add(
          String.format(
              "%s %d %d.%d %d, %d before",
              kind,
              EventBlock.tick(event),
              slot >> 7,
              slot & 0x7F,
              EventBlock.second(event),
              EventBlock.onsBefore(event) - EventBlock.ONS));
    }
  }

  @Test
  void bothTwinsSortAlike() {
    EventBlock expected = new EventBlock();
    EventBlock actual = new EventBlock();
    for (int round = 0; round < 3_000; round++) {
      int size = random.nextInt(EventBlock.CAPACITY + 1);
      int tick = random.nextInt(Integer.MAX_VALUE - size * (EventKernel.LONGEST_DELTA + 1));
      int status = random.nextBoolean() ? 0x80 | random.nextInt(0x40) : 0xE0 | random.nextInt(16);
      int runs = random.nextInt(101);
      expected.begin(tick, status);
      actual.begin(tick, status);
      for (int i = 0; i < size; i++) {
        expected.work[i] = randomEvent(runs);
        actual.work[i] = expected.work[i];
      }
      expected.setSize(size);
      actual.setSize(size);
      scalar.sort(expected);
      kernel.sort(actual);
      assertThat(sorted(actual), is(sorted(expected)));
      assertThat(actual.tick(), is(expected.tick()));
      assertThat(actual.status(), is(expected.status()));

      assertThat(columns(kernel, actual), is(columns(scalar, expected)));
    }
  }

  /**
   * The notes of a sorted block in columns; its note-offs taken for theirs, as many as there are.
   */
  private static List<String> columns(EventKernel kernel, EventBlock block) {
    int room = EventBlock.CAPACITY + EventKernel.COLUMN_PADDING;
    int[] starts = new int[room];
    int[] durations = new int[room];
    byte[] pitches = new byte[room];
    byte[] velocities = new byte[room];
    byte[] releases = new byte[room];
    byte[] channels = new byte[room];
    int from = Math.min(3, block.ons());
    kernel.notes(block, starts, pitches, velocities, channels, 0);
    long[] ends = Arrays.copyOfRange(block.work, EventBlock.OFFS, EventBlock.OFFS + room);
    kernel.ends(ends, starts, durations, releases, from, block.ons());
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < block.ons(); i++) {
      String end = i < from ? "" : " " + durations[i] + " " + releases[i];
      notes.add(starts[i] + " " + channels[i] + "." + pitches[i] + " " + velocities[i] + end);
    }
    return notes;
  }

  /** A plain event, followed by anything. */
  private long randomEvent(int percentRunning) {
    long word = random.nextLong() << 16 | random.nextInt(0x80) << 8 | random.nextInt(0x80);
    if (random.nextInt(100) >= percentRunning) {
      int status = random.nextInt(8) == 0 ? 0xE0 | random.nextInt(16) : 0x80 + random.nextInt(0x40);
      word = word << 8 | status;
    }
    word = word << 8 | random.nextInt(0x80);
    return random.nextInt(4) == 0 ? word << 8 | 0x80 | random.nextInt(0x80) : word;
  }
}
