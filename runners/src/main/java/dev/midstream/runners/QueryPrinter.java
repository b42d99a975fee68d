package dev.midstream.runners;

import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Prints the answer to a query as a table of aligned columns; changes nothing in the database. */
final class QueryPrinter {
  private static final int ALIGNED_ROWS = 1000;
  private static final int WIDEST = 80;

  private QueryPrinter() {}

  static void print(Database database, String sql, PrintStream out) throws SQLException {
    try (Connection connection = ConnectionPools.of(database).getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(ALIGNED_ROWS);
        try (ResultSet rows = statement.executeQuery(sql)) {
          print(rows, out);
        }
      } finally {
        connection.rollback();
      }
    }
  }

  private static void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String[]> block = new ArrayList<>();
    String[] header = new String[columns.getColumnCount()];
    for (int c = 0; c < header.length; c++) {
      header[c] = columns.getColumnLabel(c + 1);
    }
    block.add(header);
    while (rows.next()) {
      String[] row = new String[header.length];
      for (int c = 0; c < row.length; c++) {
        String value = rows.getString(c + 1);
        row[c] = value == null ? "" : value.replaceAll("\\s+", " ");
      }
      block.add(row);
      if (block.size() > ALIGNED_ROWS) {
        printAligned(block, out);
        block.clear();
      }
    }
    printAligned(block, out);
  }

  private static void printAligned(List<String[]> block, PrintStream out) {
    if (block.isEmpty()) {
      return;
    }
    int[] widths = new int[block.get(0).length];
    for (String[] row : block) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.min(WIDEST, Math.max(widths[c], row[c].length()));
      }
    }
    for (String[] row : block) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.length; c++) {
        line.append(row[c]);
        if (c + 1 < row.length) {
          line.append(" ".repeat(Math.max(0, widths[c] - row[c].length()) + 2));
        }
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
