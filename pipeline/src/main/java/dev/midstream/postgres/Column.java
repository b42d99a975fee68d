package dev.midstream.postgres;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a batch of rows, which travels to the server as one array.
 *
 * @param name in the table
 * @param elementType PostgreSQL's name for the type of the array's elements
 * @param cast what the server makes of an element; null where it is what it is
 * @param value a row's value, null for SQL null
 */
record Column<T>(
    String name, String elementType, @Nullable String cast, Function<T, @Nullable Object> value) {

  static <T> Column<T> of(String name, String type, Function<T, @Nullable Object> value) {
    return new Column<>(name, type, null, value);
  }

  /** A column of a type that cannot be an array's element, or not without loss: sent as text. */
  static <T> Column<T> cast(String name, String type, Function<T, @Nullable Object> text) {
    return new Column<>(name, "text", type, text);
  }

  String selected() {
    return cast == null ? name : name + "::" + cast;
  }
}
