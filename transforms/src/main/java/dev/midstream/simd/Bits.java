package dev.midstream.simd;

/** Bits of words, as {@link java.util.BitSet} lays them out. */
final class Bits {
  private Bits() {}

  /** How many of the bits {@code from … to-1} are set. */
  static int count(long[] words, int from, int to) {
    if (from >= to) {
      return 0;
    }
    int first = from / Long.SIZE;
    int last = (to - 1) / Long.SIZE;
    // Shifts count modulo 64.
    long head = words[first] & -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      return Long.bitCount(head & tail);
    }
    int count = Long.bitCount(head) + Long.bitCount(words[last] & tail);
    for (int word = first + 1; word < last; word++) {
      count += Long.bitCount(words[word]);
    }
    return count;
  }
}
