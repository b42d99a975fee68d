package dev.midstream.simd;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells when this JVM has done enough work to go over to vectors. Until their code is compiled they
 * are many times slower than their scalar twins, and that costs once. How much is still to come
 * nobody knows, so that the price is paid when it is a twentieth of what the run has taken already
 * (docs/benchmarks.md has the measurements). Thread-safe.
 */
public final class VectorPayoff {
  private final long worth;
  private final AtomicLong done = new AtomicLong();
  private volatile boolean reached;

  /**
   * Nothing is done yet.
   *
   * @param worth how much work is worth the price, in whatever unit is counted
   */
  public VectorPayoff(long worth) {
    this.worth = worth;
  }

  /** Counts work that is about to be done, and tells whether vectors should do it. */
  public boolean isReachedWith(int work) {
    if (!reached && done.addAndGet(work) >= worth) {
      reached = true;
    }
    return reached;
  }
}
