package dev.midstream.midi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells when this JVM has read enough to go over to the vector reader. Until its code is compiled
 * that reader is many times slower than the scalar one: that costs three quarters of a second,
 * once. How much is still to come nobody knows, so that the price is paid when it is a twentieth of
 * what the run has taken already (docs/benchmarks.md has the measurements). Thread-safe.
 */
final class VectorPayoff {
  /** Half a million files, or fifteen seconds of parsing. */
  private static final long WORTH_BYTES = 5L << 30;

  /** That of this JVM. */
  static final VectorPayoff OF_THIS_JVM = new VectorPayoff(WORTH_BYTES);

  private final long worthBytes;
  private final AtomicLong read = new AtomicLong();
  private volatile boolean reached;

  VectorPayoff(long worthBytes) {
    this.worthBytes = worthBytes;
  }

  /** Counts {@code bytes} that are about to be read, and tells whether vectors should read them. */
  boolean isReachedWith(int bytes) {
    if (!reached && read.addAndGet(bytes) >= worthBytes) {
      reached = true;
    }
    return reached;
  }
}
