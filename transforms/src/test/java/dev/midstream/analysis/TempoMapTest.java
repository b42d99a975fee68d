package dev.midstream.analysis;

import static dev.midstream.midi.Smf.file;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Parse;
import dev.midstream.midi.Seed;
import dev.midstream.midi.TestTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TempoMapTest {
  private static final double EXACT = 1e-12;

  private static TempoMap map(int division, TestTrack... tracks) {
    TempoMap map = new TempoMap();
    // With a division of the caller's, whatever the file says.
    map.reset(Parse.columnsOf(file(1, 96, tracks)).tempos(), division);
    return map;
  }

  @Test
  void withoutEventAQuarterLastsHalfASecond() {
    TempoMap map = map(96, new TestTrack());
    assertThat(map.hasTime(), is(true));
    assertThat(map.secondsAt(0), is(0.0));
    assertThat(map.secondsAt(96), closeTo(0.5, EXACT));
    assertThat(map.secondsAt(Integer.MAX_VALUE), closeTo(Integer.MAX_VALUE / 192.0, 1e-6));
  }

  @Test
  void untilTheFirstEventTheDefaultHolds() {
    TempoMap map = map(96, new TestTrack().tempo(192, 1_000_000));
    assertThat(map.secondsAt(192), closeTo(1, EXACT));
    assertThat(map.secondsAt(288), closeTo(2, EXACT));
  }

  @Test
  void severalTempiAddUp() {
    TempoMap map = map(100, new TestTrack().tempo(0, 600_000).tempo(50, 300_000).tempo(150, 1));
    assertThat(map.secondsAt(25), closeTo(0.15, EXACT));
    assertThat(map.secondsAt(50), closeTo(0.3, EXACT));
    assertThat(map.secondsAt(100), closeTo(0.45, EXACT));
    assertThat(map.secondsAt(150), closeTo(0.6, EXACT));
    assertThat(map.secondsAt(250), closeTo(0.600001, EXACT));
  }

  @Test
  void ofSeveralEventsAtOneTickTheLastHolds() {
    TempoMap map =
        map(
            100,
            new TestTrack().tempo(0, 1).tempo(0, 600_000).tempo(100, 5),
            new TestTrack().tempo(100, 300_000));
    assertThat(map.secondsAt(100), closeTo(0.6, EXACT));
    assertThat(map.secondsAt(200), closeTo(0.9, EXACT));
    assertThat(map.segments(), is(2));
    assertThat(
        List.of(map.segmentTick(0), map.segmentMicros(0), map.segmentTick(1), map.segmentMicros(1)),
        contains(0, 600_000, 100, 300_000));
  }

  @Test
  void smpteTimeIgnoresTempoEvents() {
    TestTrack tempo = new TestTrack().tempo(0, 1_000_000);
    int[][] framesAndTicks = {{24, 80}, {25, 40}, {30, 100}};
    for (int[] rate : framesAndTicks) {
      TempoMap map = map(-rate[0] << 8 | rate[1], tempo);
      assertThat(map.followsTempoEvents(), is(false));
      assertThat(map.secondsAt(7 * rate[0] * rate[1]), closeTo(7, EXACT));
    }
  }

  @Test
  void twentyNineMeansThirtyDropFrame() {
    // 30000/1001 frames a second: 30,000 frames last 1001 s.
    assertThat(map(-29 << 8 | 80, new TestTrack()).secondsAt(30_000 * 80), closeTo(1001, 1e-9));
  }

  @Test
  void withoutTicksThereIsNoTime() {
    assertThat(map(0, new TestTrack()).hasTime(), is(false));
    assertThat(map(-25 << 8, new TestTrack()).hasTime(), is(false)); // no ticks in a frame
  }

  @Test
  void aRandomMapAgreesWithExactIntegers() {
    Random random = Seed.of(TempoMapTest.class);
    for (int round = 0; round < 200; round++) {
      int division = 1 + random.nextInt(2000);
      TestTrack track = new TestTrack();
      List<int[]> tempi = new ArrayList<>();
      tempi.add(new int[] {0, 500_000});
      int tick = 0;
      for (int i = random.nextInt(100); i > 0; i--) {
        tick += 1 + random.nextInt(10_000);
        int micros = 1 + random.nextInt(0xFFFFFF);
        track.tempo(tick, micros);
        tempi.add(new int[] {tick, micros});
      }
      TempoMap map = map(division, track);
      int[] ticks = random.ints(50, 0, tick + 10_000).sorted().toArray();
      for (int at : ticks) {
        double exact = exactTickMicros(tempi, at) / 1e6 / division;
        assertThat(map.secondsAt(at), closeTo(exact, 1e-9 * Math.max(1, exact)));
        assertThat((double) map.microsAt(at), closeTo(exact * 1e6, 0.51 + 1e-3 * exact));
        int segment = map.segmentAt(at);
        assertThat(map.microsAt(at, segment), is(map.microsAt(at)));
        assertThat(map.nextTick(segment), is(greaterThan(at)));
        double next = map.secondsAt(at + 1) - map.secondsAt(at);
        assertThat(map.secondsPerTick(segment), closeTo(next, 1e-9 * Math.max(1, exact)));
        int first = map.firstFrom(ticks, 0, ticks.length, map.microsAt(at));
        assertThat(map.microsAt(ticks[first]), is(map.microsAt(at)));
        assertThat(first == 0 || map.microsAt(ticks[first - 1]) < map.microsAt(at), is(true));
      }
      assertThat(map.firstFrom(ticks, 0, ticks.length, Long.MAX_VALUE), is(ticks.length));
    }
  }

  private static double exactTickMicros(List<int[]> tempi, int tick) {
    long sum = 0;
    for (int i = 0; i < tempi.size() && tempi.get(i)[0] < tick; i++) {
      int to = i + 1 < tempi.size() ? Math.min(tick, tempi.get(i + 1)[0]) : tick;
      sum += (long) (to - tempi.get(i)[0]) * tempi.get(i)[1];
    }
    return sum;
  }
}
