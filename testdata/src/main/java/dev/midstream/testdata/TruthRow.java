package dev.midstream.testdata;

import java.util.EnumMap;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is true of one file: one line of {@code truth.tsv}. An empty value is SQL null (of an array:
 * no element), {@link #NOT_STATED} says that the truth is silent. Immutable.
 */
public final class TruthRow {
  /** The value of a column about which the truth says nothing. */
  public static final String NOT_STATED = "?";

  /** The columns in the order of the file; their names in lower case are the header line. */
  public enum Column {
    PATH,
    STATUS,
    REJECT_REASON,
    FORMAT,
    DIVISION,
    TRACK_COUNT,
    NOTE_COUNT,
    DRUM_NOTE_COUNT,
    DURATION_TICKS,
    DURATION_SECONDS,
    BPM,
    BPM_METHOD,
    TEMPO_EVENT_COUNT,
    KEY,
    KEY_META,
    TIME_SIGNATURE,
    PROGRAMS,
    PITCH_MIN,
    PITCH_MAX,
    POLYPHONY_MAX,
    VELOCITY_MEAN,
    TRACK_NAMES,
    LYRICS,
    COPYRIGHT,
    WARNINGS
  }

  private final EnumMap<Column, String> values;

  private TruthRow(EnumMap<Column, String> values) {
    this.values = values;
  }

  static TruthRow analyzed() {
    return new TruthRow(new EnumMap<>(Column.class)).with(Column.STATUS, "analyzed");
  }

  static TruthRow rejected(String reason) {
    return new TruthRow(new EnumMap<>(Column.class))
        .with(Column.STATUS, "rejected")
        .with(Column.REJECT_REASON, reason);
  }

  TruthRow with(Column column, Object value) {
    EnumMap<Column, String> copy = new EnumMap<>(values);
    copy.put(column, value.toString());
    return new TruthRow(copy);
  }

  /** The path below the target folder, with slashes. */
  public String path() {
    return get(Column.PATH);
  }

  /** The unescaped value of a column. */
  public String get(Column column) {
    return values.getOrDefault(column, "");
  }

  /** The header line, without line end. */
  public static String header() {
    return Stream.of(Column.values())
        .map(column -> column.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\t"));
  }

  /** This row as a line, without line end. */
  public String toLine() {
    return Stream.of(Column.values())
        .map(column -> escape(get(column)))
        .collect(Collectors.joining("\t"));
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TruthRow row && values.equals(row.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return toLine();
  }
}
