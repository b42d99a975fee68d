package dev.midstream.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes a whole batch of rows, whatever their number: {@code insert … select from
 * unnest(…)}, one array a column. Parsed and planned once a connection; no limit of parameters; and
 * a key that comes twice is settled here, where a batch is whole, because PostgreSQL refuses to
 * touch a row twice in one {@code on conflict do update}.
 */
final class BatchUpsert<T> {
  private final String table;
  private final String key;
  private final List<Column<T>> columns;
  private final @Nullable String condition;
  private final String sql;

  /**
   * @param table with its schema
   * @param key the column that identifies a row
   * @param condition when an existing row is overwritten; null for always
   */
  BatchUpsert(String table, String key, List<Column<T>> columns, @Nullable String condition) {
    this.table = table;
    this.key = key;
    this.columns = List.copyOf(columns);
    this.condition = condition;
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

  /** The same with another column {@code name}: for tests, which write what no content is. */
  BatchUpsert<T> with(String name, UnaryOperator<Column<T>> other) {
    List<Column<T>> changed =
        columns.stream()
            .map(column -> column.name().equals(name) ? other.apply(column) : column)
            .toList();
    return new BatchUpsert<>(table, key, changed, condition);
  }

  /** The condition that any of the columns would get another value. */
  static <T> String anyDiffers(List<Column<T>> columns) {
    return "(%s) is distinct from (%s)"
        .formatted(
            join(columns, column -> "old." + column.name()),
            join(columns, column -> "excluded." + column.name()));
  }

  private static <T> String join(List<Column<T>> columns, Function<Column<T>, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }

  String sql() {
    return sql;
  }

  /** The number of parameters. */
  int parameters() {
    return columns.size();
  }

  /** Sets one array a column, the first as the parameter {@code first}. */
  void setParameters(List<T> rows, PreparedStatement statement, int first) throws SQLException {
    for (int c = 0; c < columns.size(); c++) {
      Column<T> column = columns.get(c);
      statement.setArray(
          first + c,
          statement.getConnection().createArrayOf(column.elementType(), column.valuesOf(rows)));
    }
  }
}
