package dev.midstream.postgres;

import java.util.List;
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

  /**
   * A column of a type that cannot be an array's element, or not without loss, or that the driver
   * has no binary form of: sent as text.
   */
  static <T> Column<T> cast(String name, String type, Function<T, @Nullable Object> text) {
    return new Column<>(name, "text", type, text);
  }

  /**
   * The values of rows, in an array of their own class: the driver sends that in the server's
   * binary form, and an array of objects as text, which takes both of them longer.
   *
   * @throws ArrayStoreException for a value of another class
   */
  Object[] valuesOf(List<T> rows) {
    Object[] values = newArray(rows.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(rows.get(i));
    }
    return values;
  }

  private Object[] newArray(int length) {
    return switch (elementType) {
      case "bytea" -> new byte[length][];
      case "int2" -> new Short[length];
      case "int4" -> new Integer[length];
      case "int8" -> new Long[length];
      case "float4" -> new Float[length];
      case "float8" -> new Double[length];
      case "text" -> new String[length];
      default -> throw new IllegalStateException(name + ": no array of " + elementType);
    };
  }

  String selected() {
    return cast == null ? name : name + "::" + cast;
  }
}
