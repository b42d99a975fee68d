package dev.midstream.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: a row is a vector, so that there is neither mask nor tail. */
final class VectorSignalKernel implements SignalKernel {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_256;

  VectorSignalKernel() {}

  @Override
  public void addPairs(long[] micros, float[] rows, int from, int to, int[] table, float[] sums) {
    for (int i = from; i < to; i++) {
      FloatVector weights = FloatVector.fromArray(LANE, rows, i * LANES);
      long offset = OFFSET_MICROS - micros[i];
      for (int j = i + 1; j < to; j++) {
        int entry = table[(int) (micros[j] + offset) / UNIT_MICROS];
        // Multiplied and added, not fused: the scalar twin rounds twice as well.
        FloatVector products = FloatVector.fromArray(LANE, rows, j * LANES).mul(weights);
        int sum = entry & (1 << SECOND_SHIFT) - 1;
        FloatVector.fromArray(LANE, sums, sum).add(products).intoArray(sums, sum);
        int second = entry >>> SECOND_SHIFT;
        if (second != 0) {
          FloatVector.fromArray(LANE, sums, second).add(products).intoArray(sums, second);
        }
      }
    }
  }

  @Override
  public void correlate(
      float[] rows, int from, int count, float[] profiles, float[] scores, int at) {
    FloatVector lowMajor = FloatVector.zero(LANE);
    FloatVector highMajor = FloatVector.zero(LANE);
    FloatVector lowMinor = FloatVector.zero(LANE);
    FloatVector highMinor = FloatVector.zero(LANE);
    // One loop: JDK 17 makes objects of vectors that live through two.
    for (int i = 0; i < count * DEGREES; i++) {
      int x = from * ROW + i + i / DEGREES * DEGREES;
      FloatVector low = FloatVector.fromArray(LANE, rows, x);
      FloatVector high = FloatVector.fromArray(LANE, rows, x + LANES);
      float major = profiles[2 * i];
      float minor = profiles[2 * i + 1];
      lowMajor = lowMajor.add(low.mul(major));
      highMajor = highMajor.add(high.mul(major));
      lowMinor = lowMinor.add(low.mul(minor));
      highMinor = highMinor.add(high.mul(minor));
    }
    // Each store's last four lanes are no tonics: the next one writes over them.
    lowMajor.intoArray(scores, at);
    highMajor.intoArray(scores, at + LANES);
    lowMinor.intoArray(scores, at + DEGREES);
    highMinor.intoArray(scores, at + DEGREES + LANES);
  }
}
