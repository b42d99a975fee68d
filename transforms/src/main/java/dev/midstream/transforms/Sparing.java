package dev.midstream.transforms;

/**
 * Decides batch by batch whether it is cheaper to ask which contents are known than to analyse them
 * all: from what an answer has cost lately, what an analysis, and how many contents were known. A
 * library without copies is asked about now and then only; one of many copies, each time. Decides
 * about time alone, never about what is written. Not thread-safe.
 */
final class Sparing {
  /** A batch in so many is asked about in any case: copies may begin anywhere. */
  static final int PROBE_BATCHES = 16;

  /** The weight of the latest batch. */
  private static final double LATEST = 0.25;

  private int unasked = PROBE_BATCHES;
  private double known;
  private double askingNanos = Double.NaN;
  private double analysisNanos = Double.NaN;

  /** Whether to ask about the next batch. */
  boolean isWorthAsking() {
    return unasked + 1 >= PROBE_BATCHES || known * analysisNanos > askingNanos;
  }

  /** The next batch was not asked about. */
  void unasked() {
    unasked++;
  }

  /** Asking about {@code contents} contents took {@code nanos}, and {@code spared} were known. */
  void asked(int contents, int spared, long nanos) {
    unasked = 0;
    if (contents > 0) {
      known = average(known, (double) spared / contents);
      askingNanos = average(askingNanos, (double) nanos / contents);
    }
  }

  /** Analysing {@code contents} contents took {@code nanos}. */
  void analyzed(int contents, long nanos) {
    if (contents > 0) {
      analysisNanos = average(analysisNanos, (double) nanos / contents);
    }
  }

  private static double average(double before, double latest) {
    return Double.isNaN(before) ? latest : before + LATEST * (latest - before);
  }
}
