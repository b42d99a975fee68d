package dev.midstream.postgres;

import dev.midstream.transforms.AnalyzedBatch;
import java.util.UUID;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

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
    PCollection<Void> nothing =
        batches.apply(
            "Write",
            JdbcIO.<AnalyzedBatch>write()
                .withDataSourceProviderFn(ConnectionPools.provider(database))
                .withStatement(writer.rows().sql())
                .withBatchSize(1)
                .withPreparedStatementSetter(writer)
                .withRetryStrategy(writer)
                .withRetryConfiguration(Patience.ofJdbcIo())
                .withResults());
    nothing.setCoder(VoidCoder.of()).apply("Hold pool", ParDo.of(new HoldFn(database)));
    return PDone.in(batches.getPipeline());
  }

  /**
   * Holds the lease of the writing step, which JdbcIO has no place for. It comes behind that step,
   * because a chain of steps is torn down from its beginning.
   */
  static final class HoldFn extends DoFn<Void, Void> {
    private final Database database;
    private transient @Nullable PoolLease lease;

    HoldFn(Database database) {
      this.database = database;
    }

    @Setup
    public void setup() {
      lease = ConnectionPools.lease(database);
    }

    @ProcessElement
    public void process() {}

    @Teardown
    public void teardown() {
      if (lease != null) {
        lease.close();
      }
    }
  }
}
