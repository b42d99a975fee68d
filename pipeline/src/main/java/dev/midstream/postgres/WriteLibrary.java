package dev.midstream.postgres;

import dev.midstream.transforms.AnalyzedBatch;
import java.util.UUID;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes batches through JdbcIO: a batch is an element, a statement and a commit. What the server
 * may take another time is tried again; a row that it never takes ends as a rejected file, and the
 * rest of its batch is written.
 */
public final class WriteLibrary extends PTransform<PCollection<AnalyzedBatch>, PDone> {
  private final Database database;
  private final BatchWriter writer;

  private WriteLibrary(Database database, BatchWriter writer) {
    this.database = database;
    this.writer = writer;
  }

  /**
   * Writes what the run {@code runId} has found out; with {@code overwrite} also contents that this
   * version of the analyser has analysed before.
   */
  public static WriteLibrary to(Database database, UUID runId, boolean overwrite) {
    return new WriteLibrary(database, new BatchWriter(runId, overwrite));
  }

  /** Writes by way of {@code writer}. */
  static WriteLibrary to(Database database, BatchWriter writer) {
    return new WriteLibrary(database, writer);
  }

  @Override
  public PDone expand(PCollection<AnalyzedBatch> batches) {
    return batches.apply(
        "Write",
        JdbcIO.<AnalyzedBatch>write()
            .withDataSourceProviderFn(ConnectionPools.provider(database))
            .withStatement(writer.rows().sql())
            .withBatchSize(1)
            .withPreparedStatementSetter(writer)
            .withRetryStrategy(writer)
            .withRetryConfiguration(Patience.ofJdbcIo()));
  }
}
