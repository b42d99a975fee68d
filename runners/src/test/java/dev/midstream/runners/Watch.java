package dev.midstream.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a library again and again over one connection: each new one costs the server a process,
 * and those of a test that waits cost more than what it waits for. For one thread.
 */
final class Watch implements AutoCloseable {
  /** Where the library is, once that is known. */
  private interface Place {
    String url() throws IOException;
  }

  private final Place place;
  private @Nullable Connection connection;

  private Watch(Place place) {
    this.place = place;
  }

  static Watch over(String url) {
    return new Watch(() -> url);
  }

  /** Over the embedded server in a data folder, whose port its pid file tells. */
  static Watch over(Path dataDir) {
    return new Watch(
        () -> {
          try {
            String port = Files.readAllLines(dataDir.resolve("data/postmaster.pid")).get(3);
            return TestServer.url(Integer.parseInt(port.strip()), "postgres");
          } catch (IndexOutOfBoundsException | NumberFormatException half) {
            throw new IOException(half);
          }
        });
  }

  /** How many files stand in the library; 0 as long as there is no table, or no server. */
  long written() {
    try {
      return Long.parseLong(value("select count(*) from midstream.file"));
    } catch (SQLException | IOException notYet) {
      return 0;
    }
  }

  /** The only value of a query. */
  String value(String sql) throws SQLException, IOException {
    // The driver closes a connection whose server is gone.
    if (connection == null || connection.isClosed()) {
      connection = DriverManager.getConnection(place.url(), "postgres", "");
    }
    return TestServer.rows(connection, sql).get(0).get(0);
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
