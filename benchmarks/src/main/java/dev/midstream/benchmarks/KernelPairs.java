package dev.midstream.benchmarks;

import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What {@link KernelBenchmark} measures: each loop once with the scalar and once with the vector
 * twin, on the same seeded notes. Each pair checks that its results are the same before it starts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelPairs {
  private static final int LANES = SignalKernel.LANES;
  private static final long HOP_MICROS = 4_000_000;
  private static final int MOST_IN_WINDOW = 128;

  /** The cells of the periodicity: so many of 10 ms, and 24 an octave from 0.84 s on. */
  private static final int EVEN_CELLS = 88;

  private static final double FIRST_STEP_SECONDS = 0.84;

  /** What the key of a file is read from: rows of the whole, and windows of one row. */
  private static final int WHOLE_ROWS = 28;

  private static final int KEY_WINDOWS = 32;
  private static final int NOTES_OF_A_FILE = 1_000;
  private static final int NOTES_OF_A_TRACK = 125;
  private static final int THRESHOLD = 10;
  private static final int DRUMS = 9;

  /** How many. */
  @Param({"1000", "10000", "100000"})
  public int notes;

  /** Which of the two. */
  @Param({"scalar", "vector"})
  public String twin;

  private SignalKernel kernel;
  private long[] micros;
  private float[] weights;
  private int[] windows;
  private int[] table;
  private float[] sums;
  private float[] rows;
  private float[] profiles;
  private float[] scores;
  private float[] whole;
  private byte[] velocities;
  private byte[] channels;
  private long[] onsets;
  private int[] trackEnds;
  private int[] counts;
  private long[] summary;

  /** Makes the notes. */
  @Setup
  public void setUp() {
    Random random = new Random(20_261_123);
    makeOnsets(random);
    makeTable();
    rows = floats(random, Math.max(WHOLE_ROWS, KEY_WINDOWS) * SignalKernel.ROW);
    profiles = floats(random, WHOLE_ROWS * 2 * SignalKernel.DEGREES);
    scores = new float[KEY_WINDOWS * SignalKernel.ROW + SignalKernel.MARGIN];
    whole = new float[SignalKernel.ROW + SignalKernel.MARGIN];
    velocities = new byte[notes];
    channels = new byte[notes];
    for (int i = 0; i < notes; i++) {
      velocities[i] = (byte) (40 + random.nextInt(80));
      channels[i] = (byte) (random.nextInt(4) == 0 ? DRUMS : random.nextInt(8));
    }
    onsets = new long[(notes + Long.SIZE - 1) / Long.SIZE];
    trackEnds = new int[notes / NOTES_OF_A_TRACK];
    Arrays.setAll(trackEnds, track -> (track + 1) * NOTES_OF_A_TRACK);
    counts = new int[trackEnds.length];
    summary = new long[SignalKernel.SUMMARY];
    if (twin.equals("vector")) {
      kernel = Kernels.scalarSignals();
      int expected = results();
      kernel = Kernels.vectorSignals();
      if (kernel == Kernels.scalarSignals() || results() != expected) {
        throw new IllegalStateException("no vectors, or not the same results");
      }
    } else {
      kernel = Kernels.scalarSignals();
    }
  }

  /** Sixteenths at tempi that change, a third of them followed by rests, jittered by 8 ms. */
  private void makeOnsets(Random random) {
    micros = new long[notes];
    weights = new float[notes * LANES];
    long time = 0;
    long sixteenth = 0;
    for (int i = 0; i < notes; i++) {
      if (i % 50 == 0) {
        sixteenth = 15_000_000 / (70 + random.nextInt(90));
      }
      time += sixteenth * (random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 1);
      micros[i] = time + random.nextInt(8_000);
      for (int kind = 0; kind < LANES; kind++) {
        weights[i * LANES + kind] = random.nextInt(3) == 0 ? random.nextFloat() : 0;
      }
    }
    windows = new int[2 * (int) (time / HOP_MICROS + 1)];
    int from = 0;
    for (int w = 0; w < windows.length; w += 2) {
      long begin = w / 2 * HOP_MICROS;
      while (from < notes && micros[from] < begin) {
        from++;
      }
      int to = from;
      while (to < notes && micros[to] < begin + 2 * HOP_MICROS && to - from < MOST_IN_WINDOW) {
        to++;
      }
      windows[w] = from;
      windows[w + 1] = to;
    }
  }

  /** As the analysis has it: even cells, then steps, and between them what is part of both. */
  private void makeTable() {
    table = new int[(int) (2 * HOP_MICROS / SignalKernel.UNIT_MICROS) + 1];
    int cell = 0;
    int evenBefore = 0;
    int stepBefore = -1;
    for (int unit = 0; unit < table.length; unit++) {
      double seconds = ((unit + 0.5) * SignalKernel.UNIT_MICROS - SignalKernel.OFFSET_MICROS) / 1e6;
      int even = Math.min(EVEN_CELLS, (int) (Math.max(0, seconds) * 100));
      int step =
          seconds < FIRST_STEP_SECONDS ? -1 : (int) (24 * log2(seconds / FIRST_STEP_SECONDS));
      cell += even == evenBefore && step == stepBefore ? 0 : 1;
      evenBefore = even;
      stepBefore = step;
      table[unit] = cell * LANES;
    }
    sums = new float[(cell + 1) * LANES];
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static float[] floats(Random random, int count) {
    float[] floats = new float[count + SignalKernel.MARGIN];
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextFloat() - 0.5f;
    }
    return floats;
  }

  private int results() {
    int hash = Arrays.hashCode(periodicity());
    hash =
        31 * hash + Arrays.hashCode(Arrays.copyOf(correlation(), KEY_WINDOWS * SignalKernel.ROW));
    hash = 31 * hash + Arrays.hashCode(Arrays.copyOf(whole, SignalKernel.ROW));
    hash = 31 * hash + onsets();
    hash = 31 * hash + Arrays.hashCode(onsetsOfTracks()) + Arrays.hashCode(onsets);
    return 31 * hash + Arrays.hashCode(statistics());
  }

  /** The autocorrelation over lags of all windows of eight seconds, each half over the next. */
  @Benchmark
  public float[] periodicity() {
    Arrays.fill(sums, 0);
    for (int w = 0; w < windows.length; w += 2) {
      kernel.addPairs(micros, weights, windows[w], windows[w + 1], table, sums);
    }
    return sums;
  }

  /** 24 keys for the whole and for 32 windows of each file. */
  @Benchmark
  public float[] correlation() {
    for (int file = 0; file < notes; file += NOTES_OF_A_FILE) {
      kernel.correlate(rows, 0, WHOLE_ROWS, profiles, whole, 0);
      for (int window = 0; window < KEY_WINDOWS; window++) {
        kernel.correlate(rows, window, 1, profiles, scores, window * SignalKernel.ROW);
      }
    }
    return scores;
  }

  /** The onsets of one column of velocities. */
  @Benchmark
  public int onsets() {
    return kernel.detectOnsets(velocities, notes, THRESHOLD, onsets);
  }

  /** The onsets of as many columns as there are tracks of 125 notes. */
  @Benchmark
  public int[] onsetsOfTracks() {
    kernel.detectOnsets(velocities, trackEnds, trackEnds.length, THRESHOLD, onsets, counts);
    return counts;
  }

  /** Count, range, sum and squares of the notes that are no drums. */
  @Benchmark
  public long[] statistics() {
    kernel.summarize(velocities, channels, DRUMS, notes, summary);
    return summary;
  }
}
