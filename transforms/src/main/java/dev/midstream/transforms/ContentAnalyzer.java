package dev.midstream.transforms;

import dev.midstream.analysis.Analysis;
import dev.midstream.analysis.MusicAnalyzer;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes to analysis: a digest, a parser, an analyser and the columns between them. Make one a
 * thread and keep it. Not thread-safe.
 */
public final class ContentAnalyzer {
  private static final Logger LOG = LoggerFactory.getLogger(ContentAnalyzer.class);

  private final MessageDigest sha256 = ContentId.newDigest();
  private final MidiColumns columns = new MidiColumns();
  private MidiParser parser = new MidiParser(columns);
  private final MusicAnalyzer music = new MusicAnalyzer();

  /** One of the two is null. */
  public record Result(@Nullable Analysis analysis, @Nullable Rejected rejected) {}

  /** The identity of {@code data[offset … offset+length-1]}. */
  public ContentId identify(byte[] data, int offset, int length) {
    return ContentId.ofContent(sha256, data, offset, length);
  }

  /** Parses and analyses {@code data[offset … offset+length-1]}; never throws on content. */
  public Result analyze(byte[] data, int offset, int length) {
    try {
      ParseOutcome outcome = parser.parse(data, offset, length);
      return outcome instanceof Rejected
          ? new Result(null, (Rejected) outcome)
          : new Result(music.analyze((Parsed) outcome, columns), null);
    } catch (RuntimeException defect) {
      // A defect of ours must cost one file, not the run; it is in the log and in the table.
      LOG.warn("Analysis failed; the file is recorded as rejected", defect);
      // It may have left notes sounding that are none of the next file's.
      parser = new MidiParser(columns);
      return new Result(null, new Rejected(RejectReason.INTERNAL_ERROR, 0, defect.toString()));
    }
  }

  /** Gives back, when a bundle ends, what a giant file made grow. */
  public void trim() {
    parser.trim();
    music.trim();
  }
}
