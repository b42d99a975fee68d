package dev.midstream.benchmarks;

import dev.midstream.analysis.TempoTraining;
import dev.midstream.analysis.TempoTraining.Notes;
import dev.midstream.analysis.TempoTraining.Written;
import dev.midstream.benchmarks.FlatFile.Note;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Music whose own tempo events tell its beats, to train on beside a {@linkplain TruthPack truth
 * pack}: nobody annotated it, but what somebody wrote on a grid has the tempo that was written.
 */
final class WrittenMusic {
  static final String CORPUS = "written";

  private static final int FEWEST_BEATS = 32;
  private static final int FEWEST_NOTES = 100;

  /** Longer files are rare and say no more than others, but take long. */
  private static final int MOST_NOTES = 30_000;

  /** Nobody counts slower or faster. */
  private static final double SLOWEST = 30;

  private static final double FASTEST = 300;

  /** Of its beats four in five differ by less: then one tempo is that of all. */
  private static final double STABLE = 1.05;

  /** Files whose pitches are this alike may be one piece. */
  private static final double MAYBE_SAME_PIECE = 0.95;

  private final TempoTraining training = new TempoTraining();
  private final MidiColumns columns;

  WrittenMusic(MidiColumns columns) {
    this.columns = columns;
  }

  /**
   * Reads a folder: notes without their grid, when their beats fall, and as tempo the median
   * beat's.
   *
   * @param apart music to measure with: what may be the same piece is left out
   */
  List<TempoSample> read(Path folder, @Nullable Path apart) {
    List<TempoSample> kept = apart == null ? List.of() : samples(apart);
    List<TempoSample> pieces = new ArrayList<>();
    List<CorpusFile> files = Corpus.load("--written", folder).files();
    for (CorpusFile file : files) {
      TempoSample piece = piece(file);
      if (piece != null
          && kept.stream().noneMatch(other -> other.likeness(piece) > MAYBE_SAME_PIECE)
          && pieces.stream().noneMatch(piece::isSamePiece)) {
        pieces.add(piece);
      }
    }
    System.out.printf("%d of %d files that tell their beats%n", pieces.size(), files.size());
    return pieces;
  }

  private List<TempoSample> samples(Path apart) {
    List<TempoSample> samples = new ArrayList<>();
    for (CorpusFile file : Corpus.load("--apart", apart).files()) {
      if (parse(file) != null && columns.notes().size() > 0) {
        samples.add(TempoSample.of(row(file, 0, "", true), file.content(), columns));
      }
    }
    return samples;
  }

  private @Nullable TempoSample piece(CorpusFile file) {
    Parsed parsed = parse(file);
    int size = columns.notes().size();
    Written written =
        parsed == null || size < FEWEST_NOTES || size > MOST_NOTES
            ? null
            : training.written(parsed, columns);
    if (written == null || written.beats().length <= FEWEST_BEATS) {
      return null;
    }
    double[] intervals = ScoreFollower.intervals(written.beats(), 0, written.beats().length - 1);
    double bpm = 60 / intervals[intervals.length / 2];
    if (!(bpm >= SLOWEST && bpm <= FASTEST)) {
      return null;
    }
    boolean stable =
        intervals[intervals.length * 9 / 10] < STABLE * intervals[intervals.length / 10];
    byte[] flat = FlatFile.of(notes(training.notes(parsed, columns)));
    TruthPack.Row row = row(file, bpm, written.meter(), stable);
    return TempoSample.of(row, flat, written.beats(), columns);
  }

  private @Nullable Parsed parse(CorpusFile file) {
    byte[] content = file.content();
    return new MidiParser(columns).parse(content, 0, content.length) instanceof Parsed parsed
        ? parsed
        : null;
  }

  private static TruthPack.Row row(CorpusFile file, double bpm, String meter, boolean stable) {
    String tempo = String.format(Locale.ROOT, "%.4f", bpm);
    return new TruthPack.Row(
        file.name(), CORPUS, "tempo_flat", tempo, "", "", meter, stable, false);
  }

  private static List<Note> notes(Notes notes) {
    List<Note> flat = new ArrayList<>();
    for (int i = 0; i < notes.seconds().length; i++) {
      int start = ticks(notes.seconds()[i]);
      int end = Math.max(start + 1, ticks(notes.ends()[i]));
      flat.add(
          new Note(
              start, end - start, notes.channels()[i], notes.pitches()[i], notes.velocities()[i]));
    }
    return flat;
  }

  private static int ticks(double seconds) {
    return (int) Math.round(seconds * FlatFile.TICKS_A_SECOND);
  }
}
