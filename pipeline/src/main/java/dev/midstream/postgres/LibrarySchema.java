package dev.midstream.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

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
        .dataSource(unpooled(database))
        .schemas(NAME)
        .locations("classpath:dev/midstream/postgres/migrations")
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /** A migration holds two connections at once, which a pool of one would never give. */
  private static DataSource unpooled(Database database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(database.url());
    Properties properties = database.driverProperties();
    try {
      for (String name : properties.stringPropertyNames()) {
        source.setProperty(name, properties.getProperty(name));
      }
    } catch (SQLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return source;
  }
}
