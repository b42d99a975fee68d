package dev.midstream.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The right of a step, which works in one thread, to one connection at a time of this JVM's pool.
 * Once all pools are closed it gives none, and opens no other. Not thread-safe.
 */
final class PoolLease implements AutoCloseable {
  private static final Counter BORROWS = Metrics.counter("midstream", "pool_borrows");
  private static final Counter WAIT_MICROS = Metrics.counter("midstream", "pool_wait_micros");

  private final DataSource pool;
  private Runnable release;

  PoolLease(DataSource pool, Runnable release) {
    this.pool = pool;
    this.release = release;
  }

  /** A connection, which the caller closes. */
  Connection connection() throws SQLException {
    return borrow(pool);
  }

  /** A connection of {@code pool}; how long that took is counted. For steps only. */
  static Connection borrow(DataSource pool) throws SQLException {
    long start = System.nanoTime();
    try {
      return pool.getConnection();
    } finally {
      long nanos = System.nanoTime() - start;
      BORROWS.inc();
      WAIT_MICROS.inc(nanos / 1_000);
      ConnectionPools.borrowed(nanos);
    }
  }

  /** Gives the right back, the first time. */
  @Override
  public void close() {
    release.run();
    release = () -> {};
  }
}
