package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoTraining;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to train on.
 *
 * @param row what is known of it
 * @param bytes its content
 * @param pitches how often each pitch is struck, of length 1: equal for two performances of a piece
 * @param beats when its beats fall, in seconds; none where nobody wrote it down
 */
record TempoSample(TruthPack.Row row, byte[] bytes, double[] pitches, double[] beats) {
  /** Files whose pitches are this alike are the same piece. */
  private static final double SAME_PIECE = 0.985;

  static TempoSample read(Path folder, TruthPack.Row row, MidiColumns columns) throws IOException {
    return of(row, Files.readAllBytes(folder.resolve(row.path())), columns);
  }

  static TempoSample of(TruthPack.Row row, byte[] bytes, MidiColumns columns) {
    return of(row, bytes, new double[0], columns);
  }

  static TempoSample of(TruthPack.Row row, byte[] bytes, double[] beats, MidiColumns columns) {
    TempoSample sample = new TempoSample(row, bytes, new double[128], beats);
    sample.parse(columns);
    double squares = 0;
    for (int i = 0; i < columns.notes().size(); i++) {
      sample.pitches[columns.notes().pitches()[i]]++;
    }
    for (double count : sample.pitches) {
      squares += count * count;
    }
    for (int i = 0; i < 128; i++) {
      sample.pitches[i] /= Math.sqrt(squares);
    }
    return sample;
  }

  Parsed parse(MidiColumns columns) {
    return (Parsed) new MidiParser(columns).parse(bytes, 0, bytes.length);
  }

  /** How alike the pitches of two files are, 0 … 1. */
  double likeness(TempoSample other) {
    double sum = 0;
    for (int i = 0; i < 128; i++) {
      sum += pitches[i] * other.pitches[i];
    }
    return sum;
  }

  boolean isSamePiece(TempoSample other) {
    return likeness(other) > SAME_PIECE;
  }

  /** Which of the tempi among which the models choose are right, to a share of the tempo. */
  boolean[] right(double tolerance) {
    return right(row.bpmValue(), tolerance);
  }

  /** The same for another tempo, in beats a minute. */
  static boolean[] right(double bpm, double tolerance) {
    boolean[] right = new boolean[TempoTraining.BEATS];
    for (int i = 0; i < right.length; i++) {
      right[i] = Math.abs(TempoTraining.bpm(i) - bpm) <= tolerance * bpm;
    }
    return right;
  }
}
