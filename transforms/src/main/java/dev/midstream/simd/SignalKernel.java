package dev.midstream.simd;

/**
 * The loops that the analyses of tempo and key spend most of their time in. Implementations have no
 * state and compute the same to the last bit.
 */
public interface SignalKernel {
  /** Weights of a row, side by side. */
  int LANES = 8;

  /** Intervals are looked up in units of so many microseconds. */
  int UNIT_MICROS = 2_500;

  /** What is added to an interval before it is divided, in microseconds. */
  int OFFSET_MICROS = 617;

  /** Where {@link #addPairs} finds a second row, in an entry of its table. */
  int SECOND_SHIFT = 16;

  /**
   * Adds the products of the rows of all pairs, to the row of sums that belongs to their interval.
   *
   * @param micros times, entries {@code from … to-1}, ascending
   * @param rows {@link #LANES} weights for each time
   * @param table for each unit of an interval the index of its row in {@code sums}, and, {@link
   *     #SECOND_SHIFT} bits up, of another row to which to add as well, or 0
   * @param sums rows of {@link #LANES}
   */
  void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums);

  /** Tonics, and degrees above each. */
  int DEGREES = 12;

  /** Numbers a row of {@link #correlate} takes: its twelve, and again. */
  int ROW = 2 * DEGREES;

  /** Numbers that {@link #correlate} may read behind the last row, and write behind the scores. */
  int MARGIN = 4;

  /**
   * Lays profiles, a major and a minor one for each row, on all twelve tonics. Each sum is taken
   * from the tonic upwards, row by row, without fused operations: the same number when rows and
   * tonics are turned together.
   *
   * @param rows rows of {@link #ROW} numbers; {@code from … from+count-1} are read
   * @param profiles for each of the rows that are read and each degree 0 … 11 above the tonic the
   *     weight for major and that for minor
   * @param scores gets at {@code at + tonic} the score of the major key, at {@code at + 12 + tonic}
   *     that of the minor key; what is up to {@link #MARGIN} behind them is not kept
   */
  void correlate(float[] rows, int from, int count, float[] profiles, float[] scores, int at);
}
