package dev.midstream.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** A database of one test, looked at from beside: never through the pools that are tested. */
public final class TestLibrary implements AutoCloseable {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final int port;
  private final String name;

  private TestLibrary(int port, String name) {
    this.port = port;
    this.name = name;
  }

  static TestLibrary create(int port) {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    execute(url(port, "postgres"), "create database " + name);
    return new TestLibrary(port, name);
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String url() {
    return url(port, name);
  }

  /** As the code under test gets to know it. */
  public Database database() {
    return database(4);
  }

  public Database database(int poolSize) {
    return new Database(url(), "postgres", null, poolSize);
  }

  /** With the schema in place. */
  public Database migrated() {
    LibrarySchema.migrate(database());
    return database();
  }

  public void execute(String sql) {
    execute(url(), sql);
  }

  static void execute(String url, String sql) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** All rows, as values that can be compared: arrays as lists, bytes in hexadecimal. */
  public List<List<Object>> rows(String sql, Object... parameters) {
    try (Connection connection = connect(url());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<List<Object>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int c = 1; c <= columns; c++) {
            row.add(comparable(result.getObject(c)));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The only value of the only row. */
  public Object value(String sql, Object... parameters) {
    List<List<Object>> rows = rows(sql, parameters);
    if (rows.size() != 1 || rows.get(0).size() != 1) {
      throw new AssertionError("one value expected of: " + sql + "\nbut: " + rows);
    }
    return rows.get(0).get(0);
  }

  public long count(String from) {
    return (Long) value("select count(*) from " + from);
  }

  /** Connections that the code under test has open here, in one of {@code states} if any. */
  public long connections(String... states) {
    String where = states.length == 0 ? "" : " and state in ('" + String.join("','", states) + "')";
    return count(
        "pg_stat_activity where application_name = 'midstream' and datname = current_database()"
            + where);
  }

  /** Waits for a server that hears of the end of a connection a moment later. */
  public void awaitConnections(long expected, String... states) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (connections(states) != expected) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "%d connections expected, but there are %s"
                .formatted(
                    expected,
                    rows(
                        "select pid, state, query from pg_stat_activity where datname is not null"
                            + " and application_name = 'midstream'")));
      }
      Thread.sleep(20);
    }
  }

  private static Object comparable(Object value) throws SQLException {
    if (value instanceof Array) {
      return new ArrayList<>(Arrays.asList((Object[]) ((Array) value).getArray()));
    }
    if (value instanceof byte[]) {
      return HexFormat.of().formatHex((byte[]) value);
    }
    if (value instanceof Timestamp) {
      return ((Timestamp) value).toInstant();
    }
    return value;
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "postgres", null);
  }

  @Override
  public void close() {
    ConnectionPools.closeAll();
    execute(url(port, "postgres"), "drop database " + name + " with (force)");
  }
}
