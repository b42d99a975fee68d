package dev.midstream.benchmarks.key;

import dev.midstream.analysis.KeyEvidence;
import dev.midstream.analysis.KeyRow;
import dev.midstream.benchmarks.Score;
import dev.midstream.benchmarks.TruthPack;
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

/** Reads the files that a {@link TruthPack} knows the key or the signature of. */
final class PieceReader {
  private static final int FEWEST_NOTES_OF_A_PART = 30;

  private final MidiColumns columns = new MidiColumns();
  private final MidiParser parser = new MidiParser(columns);

  List<Piece> read(Path table) {
    List<Piece> pieces = new ArrayList<>();
    try {
      TruthPack pack = TruthPack.readTable(table, "path", "corpus", "task", "key", "sharps");
      for (TruthPack.Row row : pack.rows()) {
        boolean signature = row.task().equals("signature");
        if (signature || row.task().equals("key")) {
          int keys =
              signature ? keysOf((int) Double.parseDouble(row.sharps())) : 1 << key(row.key());
          Piece piece = piece(pack.folder().resolve(row.path()), row.corpus(), keys, signature);
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

  /** Like {@code F# minor}: the tonic's pitch class, and 12 more for minor. */
  private static int key(String name) {
    Score.Key key = Score.Key.of(name);
    if (key == null) {
      throw new UserError("no key: " + name);
    }
    return key.tonic() + (key.minor() ? 12 : 0);
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
    float[] evidence = new float[KeyRow.SIZE * 12];
    for (int row = 0; row < KeyRow.SIZE; row++) {
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
