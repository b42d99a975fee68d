package dev.midstream.analysis;

import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
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
  /** Longer files are sampled. */
  static final int MOST_WINDOWS = 24;

  /** Of so many windows one is read at first. */
  private static final int SOME = 3;

  private static final int FEWEST_IN_FILE = 6;

  /** Fewer onsets of a kind than this say nothing. */
  private static final int FEWEST_OF_KIND = 8;

  /** A denser window than this is no music; it is cut short. */
  private static final int MOST_IN_WINDOW = 96;

  /** The same where the notes sit on the grid. */
  private static final int MOST_IN_STEADY_WINDOW = 48;

  /** And where they only confirm what a tempo event says. */
  private static final int MOST_IN_CONFIRMING_WINDOW = 40;

  static final int ROWS = Onsets.KINDS * LagGrid.STRIDE;

  private final SignalKernel kernel = Kernels.signals();
  private final OnsetWindows windows = new OnsetWindows();
  private final TempoPath path = new TempoPath();
  private final BeatTracker tracker = new BeatTracker();
  private final float[] histogram = new float[Periodicity.CELLS * Onsets.KINDS];
  private final float[] smooth = new float[Periodicity.CELLS * Onsets.KINDS];
  private final float[] roots = new float[ROWS];
  private final float[] total = new float[ROWS];
  private final LagModel.Scratch scratch = new LagModel.Scratch();
  private final double[] logRates = new double[Onsets.KINDS];
  private final float[] energies = new float[Onsets.KINDS];
  private boolean[] isRead = new boolean[0];
  private float[][] lags = new float[0][];
  private float[][] windowEnergies = new float[0][];
  private double variation;

  /** Reads a file's onsets; false when there are too few to tell. */
  boolean read(NoteTimeline timeline, TempoMap map) {
    open(timeline, map);
    return readAll(timeline, map);
  }

  /** Begins with a file, of which nothing is read yet. */
  void open(NoteTimeline timeline, TempoMap map) {
    windows.reset(timeline, map, MOST_WINDOWS, MOST_IN_WINDOW);
    reserve(windows.all());
    Arrays.fill(isRead, 0, windows.all(), false);
  }

  /** Whether the file is so long that {@link #readSome} reads less than all of it. */
  boolean isLong() {
    return windows.all() == MOST_WINDOWS;
  }

  /** Reads every third window; false when there are too few onsets to tell. */
  boolean readSome(NoteTimeline timeline, TempoMap map) {
    windows.read(timeline, map, SOME / 2, SOME);
    return measure();
  }

  /** Reads what is not yet read; false when there are too few onsets to tell. */
  boolean readAll(NoteTimeline timeline, TempoMap map) {
    windows.read(timeline, map, 0, 1);
    return measure();
  }

  private boolean measure() {
    if (!rate()) {
      return false;
    }
    for (int w = 0; w < windows.size(); w++) {
      int place = windows.place(w);
      if (!isRead[place]) {
        isRead[place] = true;
        Arrays.fill(histogram, 0);
        Arrays.fill(windowEnergies[place], 0);
        addWindow(w, windowEnergies[place]);
        Periodicity.toLags(histogram, smooth, windowEnergies[place], lags[place]);
      }
    }
    return true;
  }

  /**
   * Reads and adds up a few windows of a file whose notes sit on its tick grid: there a beat has as
   * many ticks everywhere, so that nothing needs to be followed.
   *
   * @param map that of the tempo that holds for most of the file
   * @param confirming whether something else tells the tempo too
   * @return false when the windows have too few onsets to tell
   */
  boolean readSteady(NoteTimeline timeline, TempoMap map, int mostWindows, boolean confirming) {
    variation = 0;
    int most = confirming ? MOST_IN_CONFIRMING_WINDOW : MOST_IN_STEADY_WINDOW;
    windows.reset(timeline, map, mostWindows, most);
    windows.read(timeline, map, 0, 1);
    if (!rate()) {
      return false;
    }
    Arrays.fill(histogram, 0);
    Arrays.fill(energies, 0);
    for (int w = 0; w < windows.size(); w++) {
      addWindow(w, energies);
    }
    Periodicity.toLags(histogram, smooth, energies, total);
    normalise(total, energies, roots);
    return true;
  }

  /** The rates of all kinds; false for too few onsets to tell. */
  private boolean rate() {
    if (windows.size() == 0 || windows.onsets().size() < FEWEST_IN_FILE) {
      return false;
    }
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      int count = windows.onsets().count(kind);
      boolean says = count >= FEWEST_OF_KIND * windows.share();
      logRates[kind] = says ? Math.log(count / windows.secondsRead()) : Double.NaN;
    }
    return true;
  }

  private void addWindow(int window, float[] energy) {
    Onsets onsets = windows.onsets();
    int from = windows.first(window);
    int to = windows.end(window);
    Periodicity.addIntervals(kernel, onsets.micros(), onsets.weights(), from, to, histogram);
    addEnergies(onsets.weights(), from, to, energy);
  }

  private void reserve(int count) {
    if (count > lags.length) {
      int had = lags.length;
      int capacity = Math.max(16, Integer.highestOneBit(count) * 2);
      isRead = new boolean[capacity];
      lags = Arrays.copyOf(lags, capacity);
      windowEnergies = Arrays.copyOf(windowEnergies, capacity);
      for (int i = had; i < capacity; i++) {
        lags[i] = new float[ROWS];
        windowEnergies[i] = new float[Onsets.KINDS];
      }
    }
  }

  private static void addEnergies(float[] weights, int from, int to, float[] energy) {
    for (int i = from; i < to; i++) {
      for (int kind = 0; kind < Onsets.KINDS; kind++) {
        float weight = weights[i * Onsets.KINDS + kind];
        energy[kind] += weight * weight;
      }
    }
  }

  /** The windows that have enough onsets. */
  int windows() {
    return windows.size();
  }

  /** The middle of a window, in seconds of the file. */
  double windowSeconds(int window) {
    return windows.centre(window);
  }

  /** Roots of the periodicity of each kind, 1 where all repeats; 0 for kinds that do not occur. */
  private static void normalise(float[] lags, float[] energies, float[] into) {
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      int row = kind * LagGrid.STRIDE + LagGrid.MARGIN;
      if (energies[kind] > 0) {
        normalise(lags, row, 1 / energies[kind], into);
      } else {
        Arrays.fill(into, row, row + LagGrid.LAGS, 0);
      }
    }
  }

  private static void normalise(float[] lags, int row, float scale, float[] into) {
    for (int i = row; i < row + LagGrid.LAGS; i++) {
      into[i] = (float) Math.sqrt(lags[i] * scale);
    }
  }

  /** The features of a window, for training. */
  void windowFeatures(int window, float[] into) {
    int place = windows.place(window);
    normalise(lags[place], windowEnergies[place], roots);
    features(LagModel.Reading.WINDOW, 0, into);
  }

  /** Follows the beat through the windows and adds them up, each stretched by its tempo. */
  void follow(LagModel local) {
    path.reset(windows.size());
    for (int w = 0; w < windows.size(); w++) {
      int place = windows.place(w);
      normalise(lags[place], windowEnergies[place], roots);
      local.score(roots, windowEnergies[place], logRates, 0, scratch, path.scores(w));
    }
    variation = path.find();
    Arrays.fill(total, 0);
    Arrays.fill(energies, 0);
    for (int w = 0; w < windows.size(); w++) {
      int place = windows.place(w);
      addStretched(lags[place], windowEnergies[place], path.shift(w));
    }
    normalise(total, energies, roots);
  }

  private void addStretched(float[] window, float[] windowEnergy, int shift) {
    int from = Math.max(0, -shift);
    int to = Math.min(LagGrid.LAGS, LagGrid.LAGS - shift);
    for (int kind = 0; kind < Onsets.KINDS; kind++) {
      if (windowEnergy[kind] > 0) {
        int row = kind * LagGrid.STRIDE + LagGrid.MARGIN;
        kernel.addColumn(window, row + shift + from, total, row + from, to - from);
        energies[kind] += windowEnergy[kind];
      }
    }
  }

  /** The features of the file, after {@link #follow}, for training. */
  void features(float[] into) {
    features(LagModel.Reading.FILE, variation, into);
  }

  private void features(LagModel.Reading reading, double howVaried, float[] into) {
    for (int beat = 0; beat < LagGrid.BEATS; beat++) {
      int at = beat * reading.features();
      LagModel.features(reading, roots, logRates, howVaried, beat, into, at);
    }
  }

  /** The features of one beat of the file as of a window's, after {@link #follow}. */
  void features(int beat, float[] into) {
    LagModel.features(LagModel.Reading.WINDOW, roots, logRates, variation, beat, into, 0);
  }

  /** The scores of all beats, after {@link #follow}. */
  void score(LagModel global, float[] into) {
    global.score(roots, energies, logRates, variation, scratch, into);
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
    return BeatSharpener.sharpen(windows, beat);
  }

  /**
   * The median of the beats, followed one by one, where the usual one is about this long.
   *
   * @param beat seconds
   * @return seconds; the same where too few are found
   */
  double track(BeatSalience salience, double beat) {
    long[] micros = windows.onsets().micros();
    float[] weights = windows.onsets().weights();
    tracker.reset(beat);
    for (int w = 0; w < windows.size(); w++) {
      tracker.add(salience, micros, weights, windows.first(w), windows.end(w));
    }
    return tracker.median();
  }

  /** When the onsets of a window are, in seconds of the file, for training. */
  double[] onsetSeconds(int window) {
    return Arrays.stream(windows.onsets().micros(), windows.first(window), windows.end(window))
        .mapToDouble(micros -> micros / 1e6)
        .toArray();
  }

  /** The {@link BeatSalience#FEATURES} of each onset of a window, for training. */
  float[] onsetFeatures(int window, double beat) {
    Onsets onsets = windows.onsets();
    return BeatSalience.features(
        onsets.micros(), onsets.weights(), windows.first(window), windows.end(window), beat);
  }

  void trim() {
    windows.trim();
    if (lags.length > 64) {
      isRead = new boolean[0];
      lags = new float[0][];
      windowEnergies = new float[0][];
    }
  }
}
