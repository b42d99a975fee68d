package dev.midstream.midi;

import java.util.Random;

/** A random source that says how to repeat it: another each run, or {@code -Dmidstream.seed}. */
public final class Seed {
  private Seed() {}

  public static Random of(Class<?> test) {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println(test.getSimpleName() + ": repeat with -Dmidstream.seed=" + seed);
    return new Random(seed);
  }
}
