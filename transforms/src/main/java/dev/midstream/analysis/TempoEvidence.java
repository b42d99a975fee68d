package dev.midstream.analysis;

import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * What the onsets of a file say about its tempo, in two passes. The first reads the {@linkplain
 * Periodicity periodicity} of windows of eight seconds; a local model and {@link TempoPath} follow
 * the beat through them. The second adds the windows up after stretching each by its tempo, so that
 * music that speeds up and slows down is as sharp as music that does not, and a global model
 * decides which level of the metre is the beat. Works on seconds, so that it does not depend on the
 * file's ticks. Reused from file to file; one thread.
 */
final class TempoEvidence {
  /** From window to window, as long as there are not too many of them. */
  static final double HOP_SECONDS = 4;

  /** Longer files are sampled. */
  static final int MOST_WINDOWS = 96;

  /** Where the onsets are only to confirm what the file says. */
  static final int FEW_WINDOWS = 8;

  private static final int FEWEST_IN_WINDOW = 4;
  private static final int FEWEST_IN_FILE = 6;

  /** Fewer onsets of a kind than this say nothing. */
  private static final int FEWEST_OF_KIND = 8;

  /** A denser window than this is no music; it is cut short. */
  private static final int MOST_IN_WINDOW = 256;

  private static final int SHARPENED_WINDOWS = 4;
  private static final int MOST_BEATS = 8;
  private static final double NEAR_BEATS = 0.06;

  static final int ROWS = Onsets.KINDS * LagGrid.LAGS;

  private final Onsets onsets = new Onsets();
  private final TempoPath path = new TempoPath();
  private final float[] histogram = new float[Periodicity.CELLS * Onsets.KINDS];
  private final float[] roots = new float[ROWS];
  private final float[] total = new float[ROWS];
  private final double[] logRates = new double[Onsets.KINDS];
  private final float[] energies = new float[Onsets.KINDS];
  private double[] seconds = new double[1 << 12];
  private double[] rates = new double[1 << 12];

  private int windows;
  private int[] firsts = new int[0];
  private int[] ends = new int[0];
  private float[][] lags = new float[0][];
  private float[][] windowEnergies = new float[0][];
  private double[] windowSeconds = new double[0];
  private double variation;

  /**
   * Reads a file's onsets; false when there are too few to tell.
   *
   * @param mostWindows more are not read; at least 2
   */
  boolean read(NoteColumns notes, NoteTimeline timeline, TempoMap map, int mostWindows) {
    int size = timeline.size();
    if (seconds.length < size) {
      seconds = new double[Integer.highestOneBit(size) * 2];
      rates = new double[seconds.length];
    }
    map.secondsOf(timeline.startTicks(), size, seconds, rates);
    onsets.reset(notes, timeline, seconds, rates, 0, size);
    windows = 0;
    if (onsets.size() < FEWEST_IN_FILE) {
      return false;
    }
    long[] micros = onsets.micros();
    long start = micros[0];
    long length = micros[onsets.size() - 1] - start + 1;
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      int count = onsets.count(kind);
      logRates[kind] = count < FEWEST_OF_KIND ? Double.NaN : Math.log(count / (length / 1e6));
    }
    long window = Periodicity.SECONDS * 1_000_000L;
    long hop = (long) (HOP_SECONDS * 1e6);
    long wanted = Math.max(0, length - window + hop - 1) / hop + 1;
    int all = (int) Math.min(wanted, mostWindows);
    double step = all < wanted ? (double) (length - window) / (all - 1) : hop;
    int from = 0;
    for (int w = 0; w < all; w++) {
      long begin = start + (long) (w * step);
      while (from < onsets.size() && micros[from] < begin) {
        from++;
      }
      int to = from;
      while (to < onsets.size() && micros[to] < begin + window && to - from < MOST_IN_WINDOW) {
        to++;
      }
      if (to - from >= FEWEST_IN_WINDOW) {
        addWindow(from, to, (begin + window / 2) / 1e6);
      }
    }
    return windows > 0;
  }

  private void addWindow(int from, int to, double centre) {
    if (windows == lags.length) {
      int capacity = Math.max(16, windows * 2);
      lags = Arrays.copyOf(lags, capacity);
      windowEnergies = Arrays.copyOf(windowEnergies, capacity);
      windowSeconds = Arrays.copyOf(windowSeconds, capacity);
      firsts = Arrays.copyOf(firsts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      for (int i = windows; i < capacity; i++) {
        lags[i] = new float[ROWS];
        windowEnergies[i] = new float[Onsets.KINDS];
      }
    }
    Arrays.fill(histogram, 0);
    Periodicity.addIntervals(onsets.micros(), onsets.weights(), from, to, histogram);
    Periodicity.toLags(histogram, lags[windows]);
    float[] energy = windowEnergies[windows];
    Arrays.fill(energy, 0);
    float[] weights = onsets.weights();
    for (int i = from * Onsets.KINDS; i < to * Onsets.KINDS; i++) {
      energy[i % Onsets.KINDS] += weights[i] * weights[i];
    }
    firsts[windows] = from;
    ends[windows] = to;
    windowSeconds[windows++] = centre;
  }

  /** The windows that have enough onsets. */
  int windows() {
    return windows;
  }

  /** The middle of a window, in seconds of the file. */
  double windowSeconds(int window) {
    return windowSeconds[window];
  }

  private static void normalise(float[] lags, float[] energies, float[] into) {
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      float scale = energies[kind] > 0 ? 1 / energies[kind] : 0;
      int end = (kind + 1) * LagGrid.LAGS;
      for (int i = kind * LagGrid.LAGS; i < end; i++) {
        into[i] = (float) Math.sqrt(lags[i] * scale);
      }
    }
  }

  /** The features of a window, for training. */
  void windowFeatures(int window, float[] into) {
    normalise(lags[window], windowEnergies[window], roots);
    LagModel.features(roots, logRates, 0, into);
  }

  /** Follows the beat through the windows and adds them up, each stretched by its tempo. */
  void follow(LagModel local) {
    path.reset(windows);
    for (int w = 0; w < windows; w++) {
      normalise(lags[w], windowEnergies[w], roots);
      local.score(roots, logRates, 0, path.scores(w));
    }
    variation = path.find();
    Arrays.fill(total, 0);
    Arrays.fill(energies, 0);
    for (int w = 0; w < windows; w++) {
      int shift = path.shift(w);
      int from = Math.max(0, -shift);
      int to = Math.min(LagGrid.LAGS, LagGrid.LAGS - shift);
      for (int row = 0; row < ROWS; row += LagGrid.LAGS) {
        add(lags[w], row + shift, total, row, from, to);
      }
      for (int kind = 0; kind < Onsets.KINDS; kind++) {
        energies[kind] += windowEnergies[w][kind];
      }
    }
    normalise(total, energies, roots);
  }

  private static void add(float[] what, int at, float[] to, int into, int from, int end) {
    for (int i = from; i < end; i++) {
      to[into + i] += what[at + i];
    }
  }

  /** The features of the file, after {@link #follow}, for training. */
  void features(float[] into) {
    LagModel.features(roots, logRates, variation, into);
  }

  /** The features of one beat, after {@link #follow}. */
  void features(int beat, float[] into) {
    LagModel.features(roots, logRates, variation, beat, into, 0);
  }

  /** The scores of all beats, after {@link #follow}. */
  void score(LagModel global, float[] into) {
    global.score(roots, logRates, variation, into);
  }

  /** Roots of the normalised periodicity of the file, after {@link #follow}. */
  float[] roots() {
    return roots;
  }

  /** Steps of the grid, with their fraction, by which the beat of a window is longer. */
  double drift(int window) {
    return path.drift(window);
  }

  /** How much tempo varies: the standard deviation of its logarithm over the windows. */
  double variation() {
    return variation;
  }

  /**
   * Sharpens a beat by the intervals that are nearly whole numbers of it.
   *
   * @param beat seconds
   * @return seconds; the same where nothing repeats
   */
  double sharpen(double beat) {
    double sharp = beat;
    for (int most = 2; most <= MOST_BEATS; most *= 4) {
      sharp = fit(sharp, most);
    }
    return sharp;
  }

  private double fit(double beat, int mostBeats) {
    long[] micros = onsets.micros();
    float[] weights = onsets.weights();
    double fromMicros = 1e-6 / beat;
    double sum = 0;
    double squares = 0;
    int stride = Math.max(1, windows / SHARPENED_WINDOWS);
    for (int w = 0; w < windows; w += stride) {
      for (int i = firsts[w]; i < ends[w]; i++) {
        for (int j = i + 1; j < ends[w]; j++) {
          double beats = (micros[j] - micros[i]) * fromMicros;
          int whole = (int) (beats + 0.5);
          double off = Math.abs(beats - whole);
          if (whole > mostBeats) {
            break;
          }
          // Nearer than a step of the grid, however many beats the interval has.
          if (whole >= 1 && off < NEAR_BEATS) {
            double weight =
                weights[i * Onsets.KINDS] * weights[j * Onsets.KINDS] * (NEAR_BEATS - off);
            sum += weight * whole * (beats - whole);
            squares += weight * whole * whole;
          }
        }
      }
    }
    return squares > 0 ? beat * (1 + sum / squares) : beat;
  }

  void trim() {
    onsets.trim();
    if (seconds.length > 1 << 16) {
      seconds = new double[1 << 12];
      rates = new double[1 << 12];
    }
    if (lags.length > 64) {
      lags = new float[0][];
      windowEnergies = new float[0][];
      windowSeconds = new double[0];
      firsts = new int[0];
      ends = new int[0];
    }
  }
}
