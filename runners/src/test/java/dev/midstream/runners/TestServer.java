package dev.midstream.runners;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases of one class or one test on the server that they share ({@link SharedServer}). */
final class TestServer implements AutoCloseable {
  /** The only role that has to show its password; the server checks it. */
  static final String ROLE = "worker";

  /** Distinctive, so that it can be searched for in whatever must not hold it. */
  static final String PASSWORD = "Pw-9f3-not-to-be-told";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final int port;
  private final List<String> databases = new ArrayList<>();

  TestServer(int port) {
    this.port = port;
  }

  /** The URL of a new, empty database, which is dropped when the class or test has ended. */
  String newDatabase() throws SQLException {
    String name = "test" + NUMBER.incrementAndGet();
    execute(url(port, "postgres"), "create database " + name);
    databases.add(name);
    return url(port, name);
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
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
    try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
      return rows(connection, sql);
    }
  }

  /** The same over a connection that stays. */
  static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
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

  @Override
  public void close() throws SQLException {
    String[] drops =
        databases.stream()
            .map(name -> "drop database " + name + " with (force)")
            .toArray(String[]::new);
    execute(url(port, "postgres"), drops);
  }
}
