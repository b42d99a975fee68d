package dev.midstream.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * One warm pool for each database in this JVM, however many DoFn instances write to it. All its
 * connections are opened at once and stay open; each is validated when it is handed out. Who asks
 * while the server is away waits for it, as {@link Patience} says. Thread-safe.
 */
public final class ConnectionPools {
  private static final Map<Database, HikariDataSource> POOLS = new ConcurrentHashMap<>();

  private ConnectionPools() {}

  /** The pool of {@code database}, made by the first who asks. */
  public static DataSource of(Database database) {
    return POOLS.computeIfAbsent(database, ConnectionPools::open);
  }

  /** The pool as JdbcIO asks for it, on whichever worker. */
  static SerializableFunction<Void, DataSource> provider(Database database) {
    return unused -> new HealingDataSource(of(database));
  }

  private static HikariDataSource open(Database database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("midstream");
    config.setJdbcUrl(database.url());
    config.setDataSourceProperties(database.driverProperties());
    config.setMinimumIdle(database.poolSize());
    config.setMaximumPoolSize(database.poolSize());
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
              HikariDataSource pool = POOLS.remove(database);
              if (pool != null) {
                pool.close();
              }
            });
  }
}
