package dev.midstream.benchmarks.key;

import dev.midstream.analysis.KeyRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes the table that {@code dev.midstream.analysis.KeyModel} reads. */
final class KeyModelWriter {
  private static final String[] MODES = {"major", "minor"};

  private KeyModelWriter() {}

  static void write(Path file, LogLinearKeys piece, LogLinearKeys stretch, Calibration calibration)
      throws IOException {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        # How much each kind of evidence (KeyRow) on each degree speaks for a key: degrees are semitones above
        # the tonic, weights are for the square root of the degree's share. Trained, not written: see docs/accuracy.md.
        """);
    table.append("# evidence\tmode\t0\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n");
    for (KeyRow row : KeyRow.values()) {
      appendRow(table, row.name(), piece, row.ordinal());
    }
    append(table, "minor", piece.minor());
    table.append("# The same for a stretch of music, by sounding time alone.\n");
    appendRow(table, "WINDOW", stretch, 0);
    append(table, "window minor", stretch.minor());
    table.append("# Of the log-odds that the model gives its answer, those of being right.\n");
    append(table, "confidence offset", calibration.offset());
    append(table, "confidence slope", calibration.slope());
    Files.writeString(file, table);
  }

  private static void appendRow(StringBuilder table, String name, LogLinearKeys model, int row) {
    for (int mode = 0; mode < 2; mode++) {
      table.append(name).append('\t').append(MODES[mode]);
      for (int degree = 0; degree < 12; degree++) {
        table.append(String.format(Locale.ROOT, "\t%.3f", model.weight(row, degree, mode)));
      }
      table.append('\n');
    }
  }

  private static void append(StringBuilder table, String name, double value) {
    table.append(String.format(Locale.ROOT, "%s\t%.3f%n", name, value));
  }
}
