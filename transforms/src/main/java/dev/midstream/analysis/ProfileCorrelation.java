package dev.midstream.analysis;

/**
 * Lays profiles, a major and a minor one for each row of evidence, on all twelve tonics.
 *
 * <p>Each sum is taken from the tonic upwards, row by row, in single precision and without fused
 * operations: so it is the same number when evidence and tonic are turned together, and a twin of
 * this code that computes several tonics at once has equal results.
 */
final class ProfileCorrelation {
  /** Tonics that are summed at once: their sums do not wait for each other. */
  private static final int LANES = 4;

  private ProfileCorrelation() {}

  /**
   * The 24 scores of {@code rows[from … from+count-1]}.
   *
   * @param rows rows of {@link KeyEvidence#STRIDE} numbers
   * @param profiles for each of the {@code count} rows and each degree 0 … 11 above the tonic the
   *     weight for major and that for minor
   * @param scores gets at {@code at + tonic} the score of the major key, at {@code at + 12 + tonic}
   *     that of the minor key
   */
  static void scores(float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    for (int tonic = 0; tonic < 12; tonic += LANES) {
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
        int first = (from + row) * KeyEvidence.STRIDE + tonic;
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
}
