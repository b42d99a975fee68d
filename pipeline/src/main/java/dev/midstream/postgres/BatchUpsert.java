package dev.midstream.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A statement that writes a whole batch of rows, whatever their number: {@code insert … select from
 * unnest(…)}, one array a column. Parsed and planned once a connection; no limit of parameters; and
 * a key that comes twice is settled here, where a batch is whole, because PostgreSQL refuses to
 * touch a row twice in one {@code on conflict do update}.
 */
final class BatchUpsert<T> {
  private final List<Column<T>> columns;
  private final String sql;

  /**
   * @param table with its schema
   * @param key the column that identifies a row
   * @param condition when an existing row is overwritten; null for always
   */
  BatchUpsert(String table, String key, List<Column<T>> columns, String condition) {
    this.columns = List.copyOf(columns);
    String names = join(columns, Column::name);
    String updates =
        columns.stream()
            .filter(column -> !column.name().equals(key))
            .map(column -> column.name() + " = excluded." + column.name())
            .collect(Collectors.joining(", "));
    this.sql =
        "insert into %s as old (%s) select %s from unnest(%s) as rows (%s) on conflict (%s) do update set %s%s"
            .formatted(
                table,
                names,
                join(columns, Column::selected),
                join(columns, column -> "?::" + column.elementType() + "[]"),
                names,
                key,
                updates,
                condition == null ? "" : " where " + condition);
  }

  private static <T> String join(List<Column<T>> columns, Function<Column<T>, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }

  String sql() {
    return sql;
  }

  /** Sets one array a column. */
  void setParameters(List<T> rows, PreparedStatement statement) throws SQLException {
    for (int c = 0; c < columns.size(); c++) {
      Column<T> column = columns.get(c);
      // The driver takes bytes only in an array of their own type.
      Object[] values =
          column.elementType().equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
      for (int r = 0; r < values.length; r++) {
        values[r] = column.value().apply(rows.get(r));
      }
      statement.setArray(
          c + 1, statement.getConnection().createArrayOf(column.elementType(), values));
    }
  }
}
