package dev.midstream.simd;

/**
 * Loops over whole columns, and those that the analyses of tempo and key spend most of their time
 * in. Implementations have no state, are safe for any number of threads, and compute the same to
 * the last bit, whatever the width of their vectors.
 */
public interface SignalKernel {
  /** Weights of a row, side by side. */
  int LANES = 8;

  /** Intervals are looked up in units of so many microseconds. */
  int UNIT_MICROS = 2_500;

  /** What is added to an interval before it is divided, in microseconds. */
  int OFFSET_MICROS = 617;

  /**
   * Adds the products of the rows of all pairs, to the row of sums that belongs to their interval.
   *
   * @param micros times, entries {@code from … to-1}, ascending
   * @param rows {@link #LANES} weights for each time
   * @param table for each unit of an interval the index of its row in {@code sums}
   * @param sums rows of {@link #LANES}
   */
  void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums);

  /** What {@link #addShifted} and {@link #spread} take is a multiple of this. */
  int CHUNK = 16;

  /** Shifted copies of a row that {@link #addShifted} adds up. */
  int SHIFTS = 12;

  /** The most sums that {@link #addShifted} adds to. */
  int MOST_SUMS = 96;

  /** Numbers that {@link #addShifted} may keep copies in. */
  int COPIES = SHIFTS / 2 * MOST_SUMS;

  /**
   * Adds to each sum the weighted numbers of a row at {@link #SHIFTS} fixed distances: those of the
   * first six are added up from the first on, then added to the sum, then the other six likewise.
   *
   * @param row is read from {@code at + the least shift} to {@code at + the greatest + size}
   * @param weight where in {@code weights} the first of {@link #SHIFTS} weights is
   * @param sums the first {@code size}, a multiple of {@link #CHUNK}, are added to
   * @param size at most {@link #MOST_SUMS}
   * @param copies {@link #COPIES} numbers of scratch
   */
  void addShifted(
      float[] row,
      int at,
      int[] shifts,
      float[] weights,
      int weight,
      float[] sums,
      int size,
      float[] copies);

  /**
   * Adds a stretch of one column to a stretch of another.
   *
   * @param column is read from {@code at} on
   * @param sums is added to from {@code to} on, {@code size} times, whatever that is
   */
  void addColumn(float[] column, int at, float[] sums, int to, int size);

  /**
   * What each state can have at most when it may come from others: the greatest of a floor and of
   * what each state nearby had less the price of its distance.
   *
   * @param before numbers from {@code at - (prices.length - 1)} to {@code at + size + prices.length
   *     - 1}
   * @param prices of each distance from 0 on, at least one, ascending
   * @param after gets {@code size} numbers from {@code at} on, a multiple of {@link #CHUNK}
   */
  void spread(float[] before, float floor, float[] prices, float[] after, int at, int size);

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

  /**
   * Marks the onsets of a column of velocities: the entries that are louder than the entry before
   * them by the threshold or more. Before the first lies silence, so that an onset always has a
   * velocity. The column may be the notes of a track, whose onsets are its accents, or velocities
   * sampled in time, 0 where nothing starts, whose onsets are beginnings of notes. Onsets on the
   * axis of seconds, where chords are to be one, are {@code analysis.Onsets}.
   *
   * @param velocities 0 … 127 each, {@code size} of them
   * @param threshold 1 … 127
   * @param onsets gets {@code (size + 63) / 64} words: bit {@code i % 64} of word {@code i / 64} is
   *     set for an onset at entry {@code i}, and no bit behind the last entry; as {@link
   *     java.util.BitSet} lays them out
   * @return the number of onsets
   */
  int detectOnsets(byte[] velocities, int size, int threshold, long[] onsets);

  /**
   * {@linkplain #detectOnsets(byte[], int, int, long[]) Marks the onsets} of a batch of columns
   * that lie one after another: silence lies before the first entry of each.
   *
   * @param ends for each column the entry behind its last, ascending; the first begins at 0
   * @param columns how many there are
   * @param counts gets the number of onsets of each column
   */
  default void detectOnsets(
      byte[] velocities, int[] ends, int columns, int threshold, long[] onsets, int[] counts) {
    detectOnsets(velocities, columns == 0 ? 0 : ends[columns - 1], threshold, onsets);
    int first = 0;
    for (int column = 0; column < columns; column++) {
      int end = ends[column];
      if (first < end && velocities[first] >= threshold) {
        // One sweep took the end of the column before for what lies before this one.
        onsets[first / Long.SIZE] |= 1L << first;
      }
      counts[column] = Bits.count(onsets, first, end);
      first = end;
    }
  }

  /** Where {@link #summarize} puts how many entries count. */
  int COUNT = 0;

  /** The least of them; 127 for none. */
  int LEAST = 1;

  /** The greatest of them; −1 for none. */
  int GREATEST = 2;

  /** Their sum. */
  int SUM = 3;

  /** The sum of their squares. */
  int SQUARES = 4;

  /** Entries of a summary. */
  int SUMMARY = 5;

  /**
   * Sums up a column of velocities or pitches without the notes of one channel: drums, of which
   * pitches say nothing.
   *
   * @param column 0 … 127 each, {@code size} of them
   * @param channels 0 … 15, one for each
   * @param except the channel that does not count; −1 for none
   * @param summary gets {@link #SUMMARY} numbers, whatever was in it
   */
  void summarize(byte[] column, byte[] channels, int except, int size, long[] summary);
}
