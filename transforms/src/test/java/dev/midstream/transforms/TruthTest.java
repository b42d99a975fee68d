package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.midstream.analysis.Analysis;
import dev.midstream.midi.Parse;
import dev.midstream.testdata.GenerateTestdata;
import dev.midstream.testdata.TruthRow;
import dev.midstream.testdata.TruthRow.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every file of the synthetic library is analysed as its composer knows it to be. */
class TruthTest {
  private static final Path TESTDATA = Path.of(System.getProperty("midstream.testdata"));

  @Test
  void everyColumnOfEveryFileIsTrue() throws IOException {
    ContentAnalyzer analyzer = new ContentAnalyzer();
    List<String> differences = new ArrayList<>();
    List<TruthRow> truth = GenerateTestdata.truth();
    assertThat(truth.size(), greaterThan(300));
    for (TruthRow row : truth) {
      byte[] bytes = Files.readAllBytes(TESTDATA.resolve(row.path()));
      Map<Column, String> found = columns(analyzer.analyze(bytes, 0, bytes.length));
      // The analysis does not keep this one; the parser does.
      int tempoEvents = Parse.of(bytes).tempos().size();
      found.put(
          Column.TEMPO_EVENT_COUNT,
          found.get(Column.STATUS).equals("analyzed") ? text(tempoEvents) : "");
      for (Column column : EnumSet.complementOf(EnumSet.of(Column.PATH))) {
        String expected = row.get(column);
        String actual = found.getOrDefault(column, "");
        if (!expected.equals(TruthRow.NOT_STATED) && !agrees(column, row, expected, actual)) {
          differences.add(row.path() + " " + column + ": true " + expected + ", ours " + actual);
        }
      }
    }
    assertThat(String.join("\n", differences), differences.size(), is(0));
  }

  private static boolean agrees(Column column, TruthRow row, String expected, String actual) {
    if (expected.isEmpty() || actual.isEmpty()) {
      return expected.equals(actual);
    }
    double wanted;
    switch (column) {
      case DURATION_SECONDS:
        wanted = Double.parseDouble(expected);
        return Math.abs(wanted - Double.parseDouble(actual)) <= 1e-6;
      case BPM:
        wanted = Double.parseDouble(expected);
        double error = Math.abs(wanted - Double.parseDouble(actual));
        // Onsets are measured, not written: to 1 %.
        return error <= (row.get(Column.BPM_METHOD).equals("onsets") ? wanted / 100 : 0);
      case VELOCITY_MEAN:
        wanted = Double.parseDouble(expected);
        // Four decimals there, a float here.
        return Math.abs(wanted - Double.parseDouble(actual)) <= 0.5e-4 + Math.ulp((float) wanted);
      default:
        return expected.equals(actual);
    }
  }

  /** What the analysis says, written as {@code truth.tsv} writes it. */
  private static Map<Column, String> columns(ContentAnalyzer.Result result) {
    Map<Column, String> columns = new EnumMap<>(Column.class);
    if (result.rejected() != null) {
      columns.put(Column.STATUS, "rejected");
      columns.put(Column.REJECT_REASON, result.rejected().reason().code());
      return columns;
    }
    Analysis analysis = result.analysis();
    columns.put(Column.STATUS, "analyzed");
    columns.put(Column.REJECT_REASON, "");
    columns.put(Column.FORMAT, text(analysis.timing().format()));
    columns.put(Column.DIVISION, text(analysis.timing().division()));
    columns.put(Column.TRACK_COUNT, text(analysis.timing().trackCount()));
    columns.put(Column.NOTE_COUNT, text(analysis.notes().noteCount()));
    columns.put(Column.DRUM_NOTE_COUNT, text(analysis.notes().drumNoteCount()));
    columns.put(Column.DURATION_TICKS, text(analysis.timing().durationTicks()));
    columns.put(Column.DURATION_SECONDS, text(analysis.timing().durationSeconds()));
    columns.put(Column.BPM, bpm(analysis.tempo().bpm()));
    columns.put(Column.BPM_METHOD, analysis.tempo().method().code());
    columns.put(Column.KEY, text(analysis.key().name()));
    columns.put(Column.KEY_META, text(analysis.key().meta()));
    columns.put(Column.TIME_SIGNATURE, text(analysis.meter().timeSignature()));
    columns.put(
        Column.PROGRAMS,
        analysis.programs().stream().map(String::valueOf).collect(Collectors.joining(",")));
    columns.put(Column.PITCH_MIN, text(analysis.notes().pitchMin()));
    columns.put(Column.PITCH_MAX, text(analysis.notes().pitchMax()));
    columns.put(Column.POLYPHONY_MAX, text(analysis.notes().polyphonyMax()));
    columns.put(Column.VELOCITY_MEAN, text(analysis.notes().velocityMean()));
    columns.put(Column.TRACK_NAMES, String.join(",", analysis.texts().trackNames()));
    columns.put(Column.LYRICS, text(analysis.texts().lyrics()));
    columns.put(Column.COPYRIGHT, text(analysis.texts().copyright()));
    columns.put(Column.WARNINGS, String.join(",", analysis.warnings()));
    return columns;
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String bpm(Float bpm) {
    return bpm == null ? "" : new BigDecimal(bpm.toString()).setScale(2).toPlainString();
  }
}
