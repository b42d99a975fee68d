package dev.midstream.benchmarks.key;

import java.util.List;

/**
 * Which files are the same piece: several performances, the score, the melody without its chords.
 * They must not be trained on and tested with at once. Two files are one piece if their truths have
 * a key in common and the pitches of one, or of a track of it, are distributed as those of the
 * other.
 */
final class PieceGroups {
  private static final double ALIKE = 0.975;

  private final int[] parents;

  private PieceGroups(int size) {
    parents = new int[size];
    for (int i = 0; i < size; i++) {
      parents[i] = i;
    }
  }

  /** The group of each piece, numbered by its first one. */
  static int[] of(List<Piece> pieces) {
    PieceGroups groups = new PieceGroups(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      for (int k = 0; k < i; k++) {
        Piece one = pieces.get(i);
        Piece other = pieces.get(k);
        if ((one.keys() & other.keys()) != 0
            && groups.find(i) != groups.find(k)
            && alike(one, other)) {
          groups.join(i, k);
        }
      }
    }
    int[] result = new int[pieces.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = groups.find(i);
    }
    return result;
  }

  private static boolean alike(Piece one, Piece other) {
    for (float[] a : one.histograms()) {
      for (float[] b : other.histograms()) {
        if (cosine(a, b) > ALIKE) {
          return true;
        }
      }
    }
    return false;
  }

  private static double cosine(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < 128; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private int find(int i) {
    int root = i;
    while (parents[root] != root) {
      root = parents[root];
    }
    parents[i] = root;
    return root;
  }

  private void join(int i, int k) {
    int a = find(i);
    int b = find(k);
    parents[Math.max(a, b)] = Math.min(a, b);
  }
}
