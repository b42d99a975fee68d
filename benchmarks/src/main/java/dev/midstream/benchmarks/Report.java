package dev.midstream.benchmarks;

import java.util.Locale;

/** What the benchmarks print: Markdown, the same in every locale. */
public final class Report {
  private Report() {}

  /** A line. */
  public static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** A heading of the second level. */
  public static void title(String title) {
    line("%n## %s%n", title);
  }

  /** The head of a table: the first column is text, the others are numbers. */
  public static void head(String... columns) {
    row((Object[]) columns);
    System.out.println("|---|" + "---:|".repeat(columns.length - 1));
  }

  /** A row of a table. */
  public static void row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    System.out.println(row);
  }

  /** With that many digits behind the point. */
  public static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** With separators of thousands. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** What is going on, for who waits; not part of the report. */
  public static void progress(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }
}
