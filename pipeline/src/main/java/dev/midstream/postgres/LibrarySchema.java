package dev.midstream.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** The schema {@code midstream}, brought up to date by migrations before a run. */
public final class LibrarySchema {
  /** The name of the schema. */
  public static final String NAME = "midstream";

  private LibrarySchema() {}

  /**
   * Connects once, to say at once what is wrong.
   *
   * @throws SQLException if the server cannot be reached or refuses
   */
  public static void check(Database database) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.driverProperties())) {
      connection.isValid(10);
    }
  }

  /** Brings the schema up to date. */
  public static void migrate(Database database) {
    Flyway.configure(LibrarySchema.class.getClassLoader())
        .dataSource(ConnectionPools.of(database))
        .schemas(NAME)
        .locations("classpath:dev/midstream/postgres/migrations")
        .loggers("slf4j")
        .load()
        .migrate();
  }
}
