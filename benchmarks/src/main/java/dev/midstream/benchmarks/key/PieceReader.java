package dev.midstream.benchmarks.key;

import dev.midstream.analysis.KeyEvidence;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.pipeline.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a truth table and the files it names. The table is tab-separated with a header; of its
 * columns {@code path} is relative to the table's folder, {@code corpus} names the collection, and
 * where {@code task} is {@code key} the column {@code key} holds one like {@code F# minor}, where
 * it is {@code signature} the column {@code sharps} holds a number; other tasks are passed over.
 */
final class PieceReader {
  private static final int FEWEST_NOTES_OF_A_PART = 30;
  private static final int[] NATURALS = {9, 11, 0, 2, 4, 5, 7};

  private final MidiColumns columns = new MidiColumns();
  private final MidiParser parser = new MidiParser(columns);

  List<Piece> read(Path table) {
    List<Piece> pieces = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(table);
      List<String> header = List.of(lines.get(0).split("\t", -1));
      int path = column(table, header, "path");
      int corpus = column(table, header, "corpus");
      int task = column(table, header, "task");
      int key = column(table, header, "key");
      int sharps = column(table, header, "sharps");
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split("\t", -1);
        boolean signature = cells[task].equals("signature");
        if (signature || cells[task].equals("key")) {
          int keys =
              signature ? keysOf((int) Double.parseDouble(cells[sharps])) : 1 << key(cells[key]);
          Piece piece = piece(table.resolveSibling(cells[path]), cells[corpus], keys, signature);
          if (piece != null) {
            pieces.add(piece);
          }
        }
      }
    } catch (IOException e) {
      throw new UserError(table + ": cannot be read: " + e, e);
    }
    return pieces;
  }

  private static int column(Path table, List<String> header, String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new UserError(table + ": no column " + name);
    }
    return column;
  }

  /** Like {@code F# minor}: the tonic's pitch class, and 12 more for minor. */
  static int key(String name) {
    int tonic = NATURALS[name.charAt(0) - 'A'];
    for (int i = 1; name.charAt(i) != ' '; i++) {
      tonic += name.charAt(i) == '#' ? 1 : -1;
    }
    return Math.floorMod(tonic, 12) + (name.endsWith("minor") ? 12 : 0);
  }

  static int keysOf(int sharps) {
    int major = Math.floorMod(7 * sharps, 12);
    return 1 << major | 1 << (12 + (major + 9) % 12);
  }

  private @Nullable Piece piece(Path file, String corpus, int keys, boolean onlySignature)
      throws IOException {
    byte[] data = Files.readAllBytes(file);
    if (!(parser.parse(data, 0, data.length) instanceof Parsed)) {
      return null;
    }
    KeyEvidence gathered = KeyEvidence.of(columns);
    if (gathered == null) {
      return null;
    }
    float[] evidence = new float[KeyEvidence.Row.SIZE * 12];
    for (int row = 0; row < KeyEvidence.Row.SIZE; row++) {
      System.arraycopy(gathered.rows(), row * KeyEvidence.STRIDE, evidence, row * 12, 12);
    }
    List<float[]> stretches = new ArrayList<>();
    for (int from = 0; from < KeyEvidence.WINDOWS; from += Piece.STRETCH) {
      float[] row = new float[KeyEvidence.STRIDE];
      gathered.windowRow(from, from + Piece.STRETCH, 0, row, 0);
      float[] stretch = Arrays.copyOf(row, 12);
      if (!Arrays.equals(stretch, new float[12])) {
        stretches.add(stretch);
      }
    }
    return new Piece(corpus, keys, onlySignature, evidence, stretches, histograms(columns.notes()));
  }

  private static List<float[]> histograms(NoteColumns notes) {
    List<float[]> histograms = new ArrayList<>();
    histograms.add(histogram(notes, 0, notes.size()));
    int from = 0;
    for (int i = 1; i <= notes.size(); i++) {
      if (i == notes.size() || notes.trackOf(i) != notes.trackOf(from)) {
        if (i - from >= FEWEST_NOTES_OF_A_PART && i - from < notes.size()) {
          histograms.add(histogram(notes, from, i));
        }
        from = i;
      }
    }
    return histograms;
  }

  private static float[] histogram(NoteColumns notes, int from, int to) {
    float[] histogram = new float[128];
    for (int i = from; i < to; i++) {
      histogram[notes.pitches()[i]]++;
    }
    // Square roots of shares have length 1.
    for (int i = 0; i < 128; i++) {
      histogram[i] = (float) Math.sqrt(histogram[i] / (to - from));
    }
    return histogram;
  }
}
