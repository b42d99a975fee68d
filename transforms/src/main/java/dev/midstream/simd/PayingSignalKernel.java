package dev.midstream.simd;

/**
 * The scalar twin until this JVM has analysed so many windows of onsets that the vector twin pays
 * for its warm-up; then that one. Thread-safe.
 */
final class PayingSignalKernel implements SignalKernel {
  /** Some 25,000 files, or five seconds: the warm-up takes a quarter of one. */
  private static final long WORTH_WINDOWS = 120_000;

  private final SignalKernel scalar;
  private final SignalKernel vector;
  private final VectorPayoff payoff;
  private volatile SignalKernel chosen;

  PayingSignalKernel(SignalKernel scalar, SignalKernel vector) {
    this(scalar, vector, new VectorPayoff(WORTH_WINDOWS));
  }

  PayingSignalKernel(SignalKernel scalar, SignalKernel vector, VectorPayoff payoff) {
    this.scalar = scalar;
    this.vector = vector;
    this.payoff = payoff;
    this.chosen = scalar;
  }

  @Override
  public void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums) {
    if (chosen == scalar && payoff.isReachedWith(1)) {
      chosen = vector;
    }
    chosen.addPairs(micros, rows, from, to, table, sums);
  }

  @Override
  public void addShifted(
      float[] row,
      int at,
      int[] shifts,
      float[] weights,
      int weight,
      float[] sums,
      int size,
      float[] copies) {
    chosen.addShifted(row, at, shifts, weights, weight, sums, size, copies);
  }

  @Override
  public void addColumn(float[] column, int at, float[] sums, int to, int size) {
    chosen.addColumn(column, at, sums, to, size);
  }

  @Override
  public void spread(float[] before, float floor, float[] prices, float[] after, int at, int size) {
    chosen.spread(before, floor, prices, after, at, size);
  }

  @Override
  public void correlate(
      float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    chosen.correlate(rows, from, count, profiles, scores, at);
  }

  @Override
  public int detectOnsets(byte[] velocities, int size, int threshold, long[] onsets) {
    return chosen.detectOnsets(velocities, size, threshold, onsets);
  }

  @Override
  public void summarize(byte[] column, byte[] channels, int except, int size, long[] summary) {
    chosen.summarize(column, channels, except, size, summary);
  }
}
