package dev.midstream.postgres;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a run waits for a database that is away, and how it tries again. */
final class Patience {
  /** A server that recovers from a crash may take a minute or two. */
  static final long MILLIS = 180_000;

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private Patience() {}

  /** Where connections come from. */
  interface Connections {
    Connection get() throws SQLException;
  }

  /** Work on a connection that may be done again from its beginning. */
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }

  /**
   * Does {@code work} on one of {@code connections}, again while the database is away or wants it
   * to be tried again.
   */
  static <R> R with(Connections connections, Work<R> work) throws SQLException {
    Pauses pauses = new Pauses();
    while (true) {
      try (Connection connection = connections.get()) {
        return work.on(connection);
      } catch (SQLException e) {
        pauses.before(e, e);
      }
    }
  }

  /** Opens a pool, again while the database is away. */
  static <R> R whileAway(Supplier<R> opening) {
    Pauses pauses = new Pauses();
    while (true) {
      try {
        return opening.get();
      } catch (PoolInitializationException e) {
        pauses.before(e, e.getCause() instanceof SQLException ? (SQLException) e.getCause() : null);
      }
    }
  }

  /** The pauses of one piece of work, each twice as long as the one before. */
  private static final class Pauses {
    private final long deadline = System.nanoTime() + MILLIS * 1_000_000;
    private long millis = FIRST_PAUSE_MILLIS;

    /** Waits, or throws {@code failure} if there is no use in that. */
    <E extends Exception> void before(E failure, @Nullable SQLException reason) throws E {
      if (reason == null || !Faults.isTransient(reason) || System.nanoTime() > deadline) {
        throw failure;
      }
      LOG.warn("Waiting for the database: {}", Faults.message(reason));
      try {
        // Those who were thrown out together shall not all come back at the same moment.
        Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure;
      }
      millis = Math.min(2 * millis, LONGEST_PAUSE_MILLIS);
    }
  }

  /** The same for JdbcIO, which tries again by itself. */
  static JdbcIO.RetryConfiguration ofJdbcIo() {
    return JdbcIO.RetryConfiguration.create(
        Integer.MAX_VALUE, Duration.millis(MILLIS), Duration.millis(FIRST_PAUSE_MILLIS));
  }
}
