package dev.midstream.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm pool for each database in this JVM, however many DoFn instances write to it. Its
 * connections stay open; each is validated when it is handed out. Who asks while the server is away
 * waits for it, as {@link Patience} says.
 *
 * <p>A pool of a fixed size opens all its connections at once. One without has a connection for
 * each {@link PoolLease}, so that a worker, which knows neither its slots nor its share of the
 * steps, holds as many as its steps can use. Where only steps use a pool, the last one closes it: a
 * worker lives longer than a run. Thread-safe.
 */
public final class ConnectionPools {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPools.class);
  private static final Map<Database, Pool> POOLS = new ConcurrentHashMap<>();

  private static final LongAdder BORROWS = new LongAdder();
  private static final LongAdder BORROW_NANOS = new LongAdder();

  private ConnectionPools() {}

  /**
   * How the pools of this JVM are used.
   *
   * @param inUse connections handed out now
   * @param idle connections that wait for somebody
   * @param waiting threads that wait for a connection
   * @param borrows connections that steps have taken since the JVM began
   * @param borrowNanos what that took, waiting and validation included
   */
  public record Use(int inUse, int idle, int waiting, long borrows, long borrowNanos) {}

  /** The use of all pools at this moment. */
  public static Use use() {
    int inUse = 0;
    int idle = 0;
    int waiting = 0;
    for (Pool pool : POOLS.values()) {
      HikariPoolMXBean now = pool.source.getHikariPoolMXBean();
      if (now != null) {
        inUse += now.getActiveConnections();
        idle += now.getIdleConnections();
        waiting += now.getThreadsAwaitingConnection();
      }
    }
    return new Use(inUse, idle, waiting, BORROWS.sum(), BORROW_NANOS.sum());
  }

  /** A step has taken a connection. */
  static void borrowed(long nanos) {
    BORROWS.increment();
    BORROW_NANOS.add(nanos);
  }

  /** A pool and who uses it; changed under the lock of its entry. */
  private static final class Pool {
    final HikariDataSource source;
    int leases;
    boolean kept;

    Pool(HikariDataSource source) {
      this.source = source;
    }
  }

  /** The pool of {@code database}, made by the first who asks, and kept until all are closed. */
  public static DataSource of(Database database) {
    return POOLS.compute(
            database,
            (key, known) -> {
              Pool pool = known == null ? new Pool(open(key)) : known;
              pool.kept = true;
              return pool;
            })
        .source;
  }

  /** The right to one connection of the pool of {@code database}, for a step on a worker. */
  static PoolLease lease(Database database) {
    Pool leased =
        POOLS.compute(
            database,
            (key, known) -> {
              Pool pool = known == null ? new Pool(open(key)) : known;
              pool.leases++;
              if (key.poolSize() == 0 && pool.leases > pool.source.getMaximumPoolSize()) {
                pool.source.setMaximumPoolSize(pool.leases);
                pool.source.setMinimumIdle(pool.leases);
              }
              return pool;
            });
    return new PoolLease(leased.source, () -> release(database, leased));
  }

  private static void release(Database database, Pool leased) {
    POOLS.computeIfPresent(
        database,
        (key, pool) -> {
          if (pool != leased) {
            return pool;
          }
          pool.leases--;
          if (pool.leases > 0 || pool.kept) {
            return pool;
          }
          pool.source.close();
          forgetDriver();
          return null;
        });
  }

  /** The list of all drivers would hold the class loader of a job in a JVM that lives on. */
  private static void forgetDriver() {
    boolean isOfJob = Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader();
    try {
      if (isOfJob && Driver.isRegistered()) {
        Driver.deregister();
      }
    } catch (SQLException e) {
      LOG.warn("The driver stays registered: {}", e.getMessage());
    }
  }

  /** The pool as JdbcIO asks for it, on whichever worker. */
  static SerializableFunction<Void, DataSource> provider(Database database) {
    return unused ->
        new HealingDataSource(POOLS.computeIfAbsent(database, key -> new Pool(open(key))).source);
  }

  private static HikariDataSource open(Database database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("midstream");
    // By its class: a JVM that has run a job before lists only the driver of that job's class
    // loader.
    config.setDriverClassName(Driver.class.getName());
    config.setJdbcUrl(database.url());
    config.setDataSourceProperties(database.driverProperties());
    int size = Math.max(1, database.poolSize());
    config.setMinimumIdle(size);
    config.setMaximumPoolSize(size);
    config.setIdleTimeout(0);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(Patience.MILLIS);
    // A worker may start while the server does.
    return Patience.whileAway(() -> new HikariDataSource(config));
  }

  /** Closes all pools of this JVM, at the end of a run. */
  public static void closeAll() {
    POOLS
        .keySet()
        .forEach(
            database -> {
              Pool pool = POOLS.remove(database);
              if (pool != null) {
                pool.source.close();
              }
            });
  }
}
