package dev.midstream.transforms;

/**
 * That a run of this JVM ends early, because its user wishes so or because it has failed: what is
 * read already is analysed and written, everything else is left for the next run, and the pipeline
 * runs dry by itself. It reaches the steps that work in this JVM: all of them on the DirectRunner
 * and on an embedded Flink, none on a cluster. Thread-safe.
 */
public final class StopSignal {
  private static volatile boolean given;

  private StopSignal() {}

  /** Ends the run of this JVM early. */
  public static void give() {
    given = true;
  }

  /** Forgets it, before a run. */
  public static void reset() {
    given = false;
  }

  /** Whether it is given. */
  public static boolean isGiven() {
    return given;
  }
}
