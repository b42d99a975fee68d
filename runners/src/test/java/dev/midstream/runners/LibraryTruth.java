package dev.midstream.runners;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the view {@code library} with truth.tsv, column by column. */
final class LibraryTruth {
  private static final List<String> EXACT =
      List.of(
          "status",
          "reject_reason",
          "format",
          "division",
          "track_count",
          "note_count",
          "drum_note_count",
          "duration_ticks",
          "bpm_method",
          "key",
          "key_meta",
          "time_signature",
          "pitch_min",
          "pitch_max",
          "polyphony_max",
          "programs",
          "track_names",
          "lyrics",
          "copyright",
          "warnings");

  /** Columns that are numbers with a fraction, and how far they may be off. */
  private static final Map<String, Double> NEAR =
      Map.of("duration_seconds", 1e-6, "bpm", 0.005, "velocity_mean", 1e-4);

  /** The tempo of a file without tempo event is an estimate: one percent. */
  private static final double ONSET_TOLERANCE = 0.01;

  private LibraryTruth() {}

  /** Every difference as a line; none if all rows are equal. */
  static List<String> differences(String url) throws SQLException, IOException {
    List<String> columns = new ArrayList<>(EXACT);
    columns.addAll(NEAR.keySet());
    Map<String, Map<String, String>> actual = new LinkedHashMap<>();
    String selected = String.join(", ", columns.stream().map(LibraryTruth::asText).toList());
    for (List<String> row :
        TestServer.rows(url, "select uri, " + selected + " from midstream.library")) {
      Map<String, String> byName = new LinkedHashMap<>();
      for (int c = 0; c < columns.size(); c++) {
        byName.put(columns.get(c), row.get(c + 1) == null ? "" : row.get(c + 1));
      }
      actual.put(row.get(0), byName);
    }
    List<String> differences = new ArrayList<>();
    List<Map<String, String>> truth = Testdata.truth();
    for (Map<String, String> row : truth) {
      Map<String, String> found =
          actual.remove(Testdata.FOLDER.resolve(row.get("path")).toString());
      if (found == null) {
        differences.add(row.get("path") + ": no row");
        continue;
      }
      for (String column : columns) {
        String want = row.get(column);
        String have = found.get(column);
        if (!want.equals("?") && !equal(column, want, have, row.get("bpm_method"))) {
          differences.add(
              "%s: %s is '%s', not '%s'".formatted(row.get("path"), column, have, want));
        }
      }
    }
    actual.keySet().forEach(uri -> differences.add(uri + ": not in the truth"));
    return differences;
  }

  private static String asText(String column) {
    return switch (column) {
      case "programs", "warnings" -> "array_to_string(" + column + ", ',')";
      case "track_names" -> escaped("array_to_string(track_names, ',')");
      case "lyrics", "copyright" -> escaped(column);
      default -> column + "::text";
    };
  }

  /** As truth.tsv writes backslash, newline and tab. */
  private static String escaped(String text) {
    return "replace(replace(replace(%s, '\\', '\\\\'), E'\\n', '\\n'), E'\\t', '\\t')"
        .formatted(text);
  }

  private static boolean equal(String column, String want, String have, String method) {
    Double tolerance = NEAR.get(column);
    if (tolerance == null || want.isEmpty() || have.isEmpty()) {
      return want.equals(have);
    }
    double expected = Double.parseDouble(want);
    if (column.equals("bpm") && method.equals("onsets")) {
      tolerance = expected * ONSET_TOLERANCE;
    }
    return Math.abs(Double.parseDouble(have) - expected) <= tolerance;
  }
}
