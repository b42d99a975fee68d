package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.midstream.analysis.Analysis.Tempo;
import dev.midstream.midi.TestTrack;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What must hold of the tempo of any performance. */
class TempoPropertyTest {
  /** A random performance: notes at milliseconds, of lengths in milliseconds. */
  private static int[][] performance(long seed, int notes) {
    Random random = new Random(seed);
    int[][] performance = new int[notes][];
    int beat = 300 + random.nextInt(700);
    int time = 0;
    for (int i = 0; i < notes; i++) {
      int pitch = 36 + random.nextInt(48);
      performance[i] =
          new int[] {
            time + random.nextInt(20), beat / 2, pitch, 40 + random.nextInt(80), random.nextInt(11)
          };
      time += beat * random.nextInt(4) / 2;
    }
    return performance;
  }

  /** Stores it with {@code scale} ticks a millisecond, at 500 milliseconds a quarter note. */
  private static Tempo stored(int[][] performance, int scale) {
    TestTrack track = new TestTrack();
    for (int[] note : performance) {
      track.note(note[0] * scale, note[1] * scale, note[4], note[2], note[3]);
    }
    return Music.analyze(500 * scale, track).tempo();
  }

  @Property(tries = 200)
  void theDivisionThatAPerformanceIsStoredWithDoesNotMatter(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 300) int notes,
      @ForAll @IntRange(min = 2, max = 60) int scale) {
    int[][] performance = performance(seed, notes);
    assertThat(stored(performance, scale), equalTo(stored(performance, 1)));
  }

  @Property(tries = 100)
  void aTempoIsInRangeAndSoIsItsConfidence(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 400) int notes) {
    Tempo tempo = stored(performance(seed, notes), 1);
    assertThat(tempo.onsetBpm() == null, is(tempo.onsetConfidence() == null));
    if (tempo.onsetBpm() != null) {
      assertThat(tempo.onsetBpm().doubleValue(), closeTo(175, 155));
      assertThat(tempo.onsetConfidence().doubleValue(), closeTo(0.5, 0.5));
    }
  }

  @Test
  void aFileThatLastsForDaysIsDoneAtOnce() {
    TestTrack track = new TestTrack();
    for (int i = 0; i < 20_000; i++) {
      track.note(i * 100_000, 50_000, 0, 60, 80);
    }
    Assertions.assertTimeout(Duration.ofSeconds(2), () -> Music.analyze(1, track));
  }

  @Test
  void ticksWithoutMeasureAreDoneAtOnce() {
    TestTrack track = new TestTrack().tempo(0, 0xFFFFFF);
    track.note(0, 1, 0, 60, 80);
    for (int i = 0; i < 10_000; i++) {
      track.note(1 + i / 100, 1, 0, i % 128, 80);
    }
    track.note(Integer.MAX_VALUE / 2, 1, 0, 60, 80);
    Assertions.assertTimeout(Duration.ofSeconds(2), () -> Music.analyze(1, track));
    Tempo tempo = Music.analyze(1, track).tempo();
    assertThat(tempo.onsetBpm() == null || tempo.onsetBpm() < 400, is(true));
  }

  @Test
  void aWallOfNotesIsDoneAtOnce() {
    TestTrack track = new TestTrack();
    for (int i = 0; i < 100_000; i++) {
      track.note(i, 1, i % 9, i % 128, 80);
    }
    long start = System.nanoTime();
    Music.analyze(480, track);
    assertThat((System.nanoTime() - start) / 1e9, lessThan(5.0));
  }
}
