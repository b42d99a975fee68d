package dev.midstream.runners;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for tests: one server, a new database for each who asks. */
final class TestServer implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private TestServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static TestServer start() throws IOException {
    return new TestServer(
        EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start());
  }

  /** With a role that has to show its password; everybody else is trusted. */
  static TestServer startWithPassword(String role, String password)
      throws IOException, SQLException {
    TestServer server =
        new TestServer(
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setDataDirectoryCustomizer(data -> checkPassword(role, data.toPath()))
                .start());
    execute(server.url("postgres"), "create role %s login password '%s'".formatted(role, password));
    return server;
  }

  /** The first line that fits decides. */
  private static void checkPassword(String role, Path data) {
    Path rules = data.resolve("pg_hba.conf");
    try {
      String trust = Files.readString(rules);
      Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + trust);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a new, empty database. */
  String newDatabase() throws SQLException {
    String name = "test" + databases.incrementAndGet();
    execute(url("postgres"), "create database " + name);
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
  }

  static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** All rows of a query, as text; null as null. */
  static List<List<String>> rows(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int c = 1; c <= columns; c++) {
          row.add(result.getString(c));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** The only value of a query. */
  static String value(String url, String sql) throws SQLException {
    return rows(url, sql).get(0).get(0);
  }

  /** How many files stand in a library; 0 as long as there is no table, or no server. */
  static long written(String url) {
    try {
      return Long.parseLong(value(url, "select count(*) from midstream.file"));
    } catch (SQLException notYet) {
      return 0;
    }
  }

  /** The same of the embedded server in a data folder, whose port its pid file tells. */
  static long written(Path dataDir) {
    try {
      String port = Files.readAllLines(dataDir.resolve("data/postmaster.pid")).get(3);
      return written("jdbc:postgresql://127.0.0.1:" + port.strip() + "/postgres");
    } catch (IOException | IndexOutOfBoundsException notYet) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
