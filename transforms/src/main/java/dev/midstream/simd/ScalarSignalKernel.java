package dev.midstream.simd;

import java.util.Arrays;

/** The scalar twin: what the kernel means, one product at a time. */
final class ScalarSignalKernel implements SignalKernel {
  /** Tonics that are summed at once: their sums do not wait for each other. */
  private static final int TONICS = 4;

  @Override
  public void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums) {
    for (int i = from; i < to; i++) {
      // Read once: the compiler cannot know that no sum is a weight.
      float w0 = rows[i * LANES];
      float w1 = rows[i * LANES + 1];
      float w2 = rows[i * LANES + 2];
      float w3 = rows[i * LANES + 3];
      float w4 = rows[i * LANES + 4];
      float w5 = rows[i * LANES + 5];
      float w6 = rows[i * LANES + 6];
      float w7 = rows[i * LANES + 7];
      long offset = OFFSET_MICROS - micros[i];
      for (int j = i + 1; j < to; j++) {
        int sum = table[(int) (micros[j] + offset) / UNIT_MICROS];
        int row = j * LANES;
        sums[sum] += w0 * rows[row];
        sums[sum + 1] += w1 * rows[row + 1];
        sums[sum + 2] += w2 * rows[row + 2];
        sums[sum + 3] += w3 * rows[row + 3];
        sums[sum + 4] += w4 * rows[row + 4];
        sums[sum + 5] += w5 * rows[row + 5];
        sums[sum + 6] += w6 * rows[row + 6];
        sums[sum + 7] += w7 * rows[row + 7];
      }
    }
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
    for (int term = 0; term < SHIFTS; term += SHIFTS / 2) {
      // Copied first: the compiler makes vectors of a loop over shifted rows only where it knows
      // them, and that no sum is one of their numbers. Twice as fast.
      for (int copy = 0; copy < SHIFTS / 2; copy++) {
        System.arraycopy(row, at + shifts[term + copy], copies, copy * MOST_SUMS, size);
      }
      addCopies(copies, weights, weight + term, sums, size);
    }
  }

  private static void addCopies(
      float[] copies, float[] weights, int weight, float[] sums, int size) {
    float w0 = weights[weight];
    float w1 = weights[weight + 1];
    float w2 = weights[weight + 2];
    float w3 = weights[weight + 3];
    float w4 = weights[weight + 4];
    float w5 = weights[weight + 5];
    for (int i = 0; i < size; i++) {
      sums[i] +=
          w0 * copies[i]
              + w1 * copies[i + MOST_SUMS]
              + w2 * copies[i + 2 * MOST_SUMS]
              + w3 * copies[i + 3 * MOST_SUMS]
              + w4 * copies[i + 4 * MOST_SUMS]
              + w5 * copies[i + 5 * MOST_SUMS];
    }
  }

  @Override
  public void addColumn(float[] column, int at, float[] sums, int to, int size) {
    for (int i = 0; i < size; i++) {
      sums[to + i] += column[at + i];
    }
  }

  @Override
  public void spread(float[] before, float floor, float[] prices, float[] after, int at, int size) {
    Arrays.fill(after, at, at + size, floor);
    for (int i = at - prices.length + 1; i < at + size + prices.length - 1; i++) {
      float left = before[i];
      // Most states have too little for any other to come from them.
      for (int distance = 0; distance < prices.length; distance++) {
        float arriving = left - prices[distance];
        if (arriving <= floor) {
          break;
        }
        raise(after, i - distance, at, size, arriving);
        raise(after, i + distance, at, size, arriving);
      }
    }
  }

  private static void raise(float[] values, int i, int at, int size, float value) {
    if (i >= at && i < at + size && value > values[i]) {
      values[i] = value;
    }
  }

  @Override
  public void correlate(
      float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    for (int tonic = 0; tonic < 12; tonic += TONICS) {
      float major0 = 0;
      float major1 = 0;
      float major2 = 0;
      float major3 = 0;
      float minor0 = 0;
      float minor1 = 0;
      float minor2 = 0;
      float minor3 = 0;
      int weight = 0;
      for (int row = 0; row < count; row++) {
        int first = (from + row) * ROW + tonic;
        for (int x = first; x < first + 12; x++) {
          float major = profiles[weight];
          float minor = profiles[weight + 1];
          weight += 2;
          major0 += major * rows[x];
          minor0 += minor * rows[x];
          major1 += major * rows[x + 1];
          minor1 += minor * rows[x + 1];
          major2 += major * rows[x + 2];
          minor2 += minor * rows[x + 2];
          major3 += major * rows[x + 3];
          minor3 += minor * rows[x + 3];
        }
      }
      scores[at + tonic] = major0;
      scores[at + tonic + 1] = major1;
      scores[at + tonic + 2] = major2;
      scores[at + tonic + 3] = major3;
      scores[at + 12 + tonic] = minor0;
      scores[at + 12 + tonic + 1] = minor1;
      scores[at + 12 + tonic + 2] = minor2;
      scores[at + 12 + tonic + 3] = minor3;
    }
  }

  @Override
  public int detectOnsets(byte[] velocities, int size, int threshold, long[] onsets) {
    return detectOnsetsFrom(0, velocities, size, threshold, onsets);
  }

  /** The words from that on which entry {@code first} begins; returns how many onsets they have. */
  static int detectOnsetsFrom(
      int first, byte[] velocities, int size, int threshold, long[] onsets) {
    int count = 0;
    int before = first == 0 ? 0 : velocities[first - 1];
    for (int from = first; from < size; from += Long.SIZE) {
      long word = 0;
      int to = Math.min(size, from + Long.SIZE);
      for (int i = from; i < to; i++) {
        int velocity = velocities[i];
        // The sign bit, not a branch: where onsets are, nothing predicts.
        word |= (long) ((threshold - 1 - (velocity - before)) >>> 31) << i;
        before = velocity;
      }
      onsets[from / Long.SIZE] = word;
      count += Long.bitCount(word);
    }
    return count;
  }

  @Override
  public void summarize(byte[] column, byte[] channels, int except, int size, long[] summary) {
    beginSummary(summary);
    summarizeFrom(0, column, channels, except, size, summary);
  }

  static void beginSummary(long[] summary) {
    Arrays.fill(summary, 0, SUMMARY, 0);
    summary[LEAST] = Byte.MAX_VALUE;
    summary[GREATEST] = -1;
  }

  static void summarizeFrom(
      int from, byte[] column, byte[] channels, int except, int size, long[] summary) {
    int count = 0;
    int least = Byte.MAX_VALUE;
    int greatest = -1;
    long sum = 0;
    long squares = 0;
    for (int i = from; i < size; i++) {
      if (channels[i] != except) {
        int value = column[i];
        count++;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        sum += value;
        squares += (long) value * value;
      }
    }
    addToSummary(summary, count, least, greatest, sum, squares);
  }

  static void addToSummary(
      long[] summary, int count, int least, int greatest, long sum, long squares) {
    summary[COUNT] += count;
    summary[LEAST] = Math.min(summary[LEAST], least);
    summary[GREATEST] = Math.max(summary[GREATEST], greatest);
    summary[SUM] += sum;
    summary[SQUARES] += squares;
  }
}
