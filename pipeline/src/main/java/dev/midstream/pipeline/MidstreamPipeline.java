package dev.midstream.pipeline;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.SkipKnown;
import dev.midstream.postgres.StoredContents;
import dev.midstream.postgres.WriteLibrary;
import dev.midstream.source.FileEntry;
import dev.midstream.source.ReadMode;
import dev.midstream.transforms.AnalyzeMidi;
import dev.midstream.transforms.Deal;
import dev.midstream.transforms.MatchMidi;
import dev.midstream.transforms.ReadMidi;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/** The graph, the same for every runner. */
public final class MidstreamPipeline {
  private MidstreamPipeline() {}

  /**
   * Composes the run {@code runId} over {@code patterns} into {@code pipeline}.
   *
   * @throws UserError for an option out of its range
   */
  public static void build(
      Pipeline pipeline,
      MidstreamOptions options,
      List<String> patterns,
      Database database,
      UUID runId) {
    PCollection<List<FileEntry>> batches =
        pipeline.apply("MatchMidi", matchMidi(options, patterns));
    if (!options.getReanalyze()) {
      batches = batches.apply("SkipKnown", SkipKnown.in(database, runId));
    }
    batches
        .apply("Deal", Deal.toWorkers())
        .apply("ReadMidi", readMidi(options))
        .apply("AnalyzeMidi", analyzeMidi(options, database))
        .apply("WriteLibrary", WriteLibrary.to(database, runId, options.getReanalyze()));
  }

  private static AnalyzeMidi analyzeMidi(MidstreamOptions options, Database database) {
    AnalyzeMidi all = AnalyzeMidi.batches();
    return options.getReanalyze() ? all : all.sparing(StoredContents.in(database));
  }

  private static MatchMidi matchMidi(MidstreamOptions options, List<String> patterns) {
    try {
      return MatchMidi.patterns(patterns).withBatchFiles(options.getWriteBatchSize());
    } catch (IllegalArgumentException e) {
      throw new UserError("--writeBatchSize: " + e.getMessage(), e);
    }
  }

  private static ReadMidi readMidi(MidstreamOptions options) {
    ReadMidi read = ReadMidi.batches().withMode(readMode(options.getReadMode()));
    try {
      read = read.withRemoteReads(options.getRemoteReads());
    } catch (IllegalArgumentException e) {
      throw new UserError("--remoteReads: " + e.getMessage(), e);
    }
    try {
      return read.withMaxFileBytes(options.getMaxFileBytes());
    } catch (IllegalArgumentException e) {
      throw new UserError("--maxFileBytes: " + e.getMessage(), e);
    }
  }

  private static ReadMode readMode(String name) {
    for (ReadMode mode : ReadMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new UserError("--readMode=" + name + " is not one of auto, mmap, read");
  }
}
