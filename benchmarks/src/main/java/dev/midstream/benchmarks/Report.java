package dev.midstream.benchmarks;

import java.util.Locale;

/** What the benchmarks print: Markdown, the same in every locale. */
final class Report {
  private Report() {}

  static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static void title(String title) {
    line("%n## %s%n", title);
  }

  /** The head of a table: the first column is text, the others are numbers. */
  static void head(String... columns) {
    row((Object[]) columns);
    System.out.println("|---|" + "---:|".repeat(columns.length - 1));
  }

  static void row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    System.out.println(row);
  }

  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** What is going on, for who waits; not part of the report. */
  static void progress(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }
}
