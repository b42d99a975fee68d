package dev.midstream.postgres;

import dev.midstream.analysis.Analysis.KeyChange;
import dev.midstream.analysis.Analysis.MeterChange;
import dev.midstream.analysis.Analysis.TempoChange;
import java.util.List;
import java.util.function.BiConsumer;

/** Values of composite types as PostgreSQL reads them from text. */
final class PostgresText {
  private PostgresText() {}

  /** An array literal, such as {@code {"a","b"}}. */
  static String textArray(List<String> values) {
    return joined("{}", values, PostgresText::appendQuoted);
  }

  private static void appendQuoted(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }

  /** An array literal, such as {@code {0,32}}. */
  static String intArray(List<Integer> values) {
    return joined("{}", values, StringBuilder::append);
  }

  /** The column {@code tempo_changes}. */
  static String tempoChanges(List<TempoChange> changes) {
    return joined(
        "[]",
        changes,
        (text, c) ->
            text.append("{\"seconds\":")
                .append(c.seconds())
                .append(",\"bpm\":")
                .append(c.bpm())
                .append('}'));
  }

  /** The column {@code key_changes}. */
  static String keyChanges(List<KeyChange> changes) {
    return joined(
        "[]",
        changes,
        (text, c) ->
            text.append("{\"seconds\":")
                .append(c.seconds())
                .append(",\"key\":\"")
                .append(c.key())
                .append("\",\"confidence\":")
                .append(c.confidence())
                .append('}'));
  }

  /** The column {@code time_signature_changes}. */
  static String meterChanges(List<MeterChange> changes) {
    return joined(
        "[]",
        changes,
        // No format string: its digits would be those of the default locale.
        (text, c) ->
            text.append("{\"tick\":")
                .append(c.tick())
                .append(",\"seconds\":")
                .append(c.seconds())
                .append(",\"time_signature\":\"")
                .append(c.timeSignature())
                .append("\"}"));
  }

  /** A loop, and no stream: there are five of these for each file, most of them of one value. */
  private static <T> String joined(
      String brackets, List<T> values, BiConsumer<StringBuilder, T> append) {
    StringBuilder text = new StringBuilder();
    text.append(brackets.charAt(0));
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      append.accept(text, values.get(i));
    }
    return text.append(brackets.charAt(1)).toString();
  }
}
