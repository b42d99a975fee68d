package dev.midstream.analysis;

/**
 * Makes a beat that was read off a grid of lags exact: by the least squares of how far the
 * intervals between onsets are from whole numbers of it. No state: any thread.
 */
final class BeatSharpener {
  /** Of so many windows, the onsets at the beginning. */
  private static final int WINDOWS = 4;

  private static final int ONSETS = 48;

  /** Intervals of up to a quarter as many beats first: in long ones a beat that is off is lost. */
  private static final int MOST_BEATS = 8;

  /** Farther from a whole number, in beats, an interval tells nothing of the beat. */
  private static final double NEAR_BEATS = 0.06;

  private BeatSharpener() {}

  /**
   * Sharpens a beat by the intervals that are nearly whole numbers of it.
   *
   * @param windows that have been read
   * @param beat seconds
   * @return seconds; the same where nothing repeats
   */
  static double sharpen(OnsetWindows windows, double beat) {
    double sharp = beat;
    for (int most = MOST_BEATS / 4; most <= MOST_BEATS; most *= 4) {
      sharp = fit(windows, sharp, most);
    }
    return sharp;
  }

  private static double fit(OnsetWindows windows, double beat, int mostBeats) {
    long[] micros = windows.onsets().micros();
    float[] weights = windows.onsets().weights();
    double fromMicros = 1e-6 / beat;
    double sum = 0;
    double squares = 0;
    int stride = Math.max(1, windows.size() / WINDOWS);
    long longest = (long) ((mostBeats + 0.5) / fromMicros);
    for (int w = 0; w < windows.size(); w += stride) {
      int first = windows.first(w);
      int end = Math.min(windows.end(w), first + ONSETS);
      for (int i = first; i < end; i++) {
        long from = micros[i];
        double weight = weights[i * Onsets.KINDS];
        for (int j = i + 1; j < end && micros[j] - from < longest; j++) {
          double beats = (micros[j] - from) * fromMicros;
          int whole = (int) (beats + 0.5);
          double off = beats - whole;
          // Nearer than a step of the grid, however many beats the interval has; none tells
          // nothing. No branch on it: nobody could guess which of the intervals are.
          double near = Math.max(0, NEAR_BEATS - Math.abs(off));
          double said = weight * weights[j * Onsets.KINDS] * near * whole;
          sum += said * off;
          squares += said * whole;
        }
      }
    }
    return squares > 0 ? beat * (1 + sum / squares) : beat;
  }
}
