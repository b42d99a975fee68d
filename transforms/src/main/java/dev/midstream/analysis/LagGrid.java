package dev.midstream.analysis;

import dev.midstream.simd.SignalKernel;

/**
 * The grid of lags on which periodicity is read: 24 steps an octave, so that twice, three times,
 * three halves or four thirds of a lag is a fixed number of steps away (to 0.2 %), and a model over
 * multiples of a beat is a sum of shifted rows. Lag {@code i} is {@code SHORTEST · 2^(i/24)}
 * seconds.
 */
final class LagGrid {
  static final int STEPS_AN_OCTAVE = 24;

  /** The shortest lag in seconds. */
  static final double SHORTEST = 1 / 32.0;

  /** Lags up to {@link Periodicity#SECONDS}. */
  static final int LAGS = 8 * STEPS_AN_OCTAVE + 1;

  /** The first lag that can be a beat: 60 / 331 s. */
  static final int FIRST_BEAT = 61;

  /** Lags that can be a beat: from 331 down to 22 beats a minute. */
  static final int BEATS = 95;

  /**
   * As many beats as fill up the widest vectors, and as the kernel adds up at once: what is behind
   * {@link #BEATS} means nothing.
   */
  static final int PADDED_BEATS = SignalKernel.MOST_SUMS;

  /** Zeros before the first lag of a row, so that multiples of a beat may lie outside the grid. */
  static final int MARGIN = 8;

  /** From row to row of an array that holds one for each kind of evidence; the rest is zeros. */
  static final int STRIDE = 224;

  private LagGrid() {}

  /** Lag {@code i} in seconds; fractions of steps lie between. */
  static double seconds(double i) {
    return SHORTEST * Math.pow(2, i / STEPS_AN_OCTAVE);
  }

  /** The step, with its fraction, at which a lag in seconds lies. */
  static double step(double seconds) {
    return Math.log(seconds / SHORTEST) / Math.log(2) * STEPS_AN_OCTAVE;
  }
}
