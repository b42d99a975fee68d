package dev.midstream.postgres;

import dev.midstream.analysis.Analysis.KeyChange;
import dev.midstream.analysis.Analysis.MeterChange;
import dev.midstream.analysis.Analysis.TempoChange;
import java.util.List;
import java.util.stream.Collectors;

/** Values of composite types as PostgreSQL reads them from text. */
final class PostgresText {
  private PostgresText() {}

  /** An array literal, such as {@code {"a","b"}}. */
  static String textArray(List<String> values) {
    return values.stream()
        .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** An array literal, such as {@code {0,32}}. */
  static String intArray(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  /** The column {@code tempo_changes}. */
  static String tempoChanges(List<TempoChange> changes) {
    return changes.stream()
        .map(c -> "{\"seconds\":" + c.seconds() + ",\"bpm\":" + c.bpm() + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The column {@code key_changes}. */
  static String keyChanges(List<KeyChange> changes) {
    return changes.stream()
        .map(
            c ->
                "{\"seconds\":"
                    + c.seconds()
                    + ",\"key\":\""
                    + c.key()
                    + "\",\"confidence\":"
                    + c.confidence()
                    + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The column {@code time_signature_changes}. */
  static String meterChanges(List<MeterChange> changes) {
    return changes.stream()
        .map(
            c ->
                // No format string: its digits would be those of the default locale.
                "{\"tick\":"
                    + c.tick()
                    + ",\"seconds\":"
                    + c.seconds()
                    + ",\"time_signature\":\""
                    + c.timeSignature()
                    + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
