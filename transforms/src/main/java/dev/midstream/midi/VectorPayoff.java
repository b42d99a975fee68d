package dev.midstream.midi;

import dev.midstream.simd.Kernels;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when this JVM has read enough to go over to the vector reader. Until its code is compiled
 * that reader is many times slower than the scalar one: that costs three quarters of a second,
 * once. How much is still to come nobody knows, so that the price is paid when it is a twentieth of
 * what the run has taken already (docs/benchmarks.md has the measurements). Thread-safe.
 */
final class VectorPayoff {
  private static final Logger LOG = LoggerFactory.getLogger(VectorPayoff.class);

  /** Half a million files, or fifteen seconds of parsing. */
  private static final long WORTH_BYTES = 5L << 30;

  /** That of this JVM. */
  static final VectorPayoff OF_THIS_JVM =
      new VectorPayoff(Kernels.haveVectors() ? WORTH_BYTES : Long.MAX_VALUE);

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
      LOG.info("After {} bytes the vector reader takes over", worthBytes);
    }
    return reached;
  }
}
