package dev.midstream.transforms;

/** Where coverage-guided fuzzing enters; {@link FuzzTest} starts it. */
public final class FuzzTarget {
  private static final Soundness SOUNDNESS = new Soundness();

  private FuzzTarget() {}

  /** Called by Jazzer with every input; anything thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    SOUNDNESS.check(input);
  }
}
