package dev.midstream.postgres;

import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.FileOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes batches of rows through JdbcIO: a batch is an element, a statement and a commit. Rows are
 * sorted by key, so that two writers never wait for each other crosswise, and a key that a batch
 * holds twice is written once.
 */
public final class WriteLibrary {
  private WriteLibrary() {}

  /** Writes what contents are; with {@code overwrite} also those known by this version. */
  public static PTransform<PCollection<List<ContentAnalysis>>, PDone> analyses(
      Database database, boolean overwrite) {
    BatchUpsert<ContentAnalysis> upsert = overwrite ? AnalysisRows.OVERWRITE : AnalysisRows.UPSERT;
    return JdbcIO.<List<ContentAnalysis>>write()
        .withDataSourceProviderFn(ConnectionPools.provider(database))
        .withStatement(upsert.sql())
        .withBatchSize(1)
        .withPreparedStatementSetter(
            (rows, statement) ->
                (overwrite ? AnalysisRows.OVERWRITE : AnalysisRows.UPSERT)
                    .setParameters(distinct(rows, ContentAnalysis::content), statement));
  }

  /** Writes how files ended in the run {@code runId}. */
  public static PTransform<PCollection<List<FileOutcome>>, PDone> files(
      Database database, UUID runId) {
    return JdbcIO.<List<FileOutcome>>write()
        .withDataSourceProviderFn(ConnectionPools.provider(database))
        .withStatement(FileRows.upsert(runId).sql())
        .withBatchSize(1)
        .withPreparedStatementSetter(
            (rows, statement) ->
                FileRows.upsert(runId)
                    .setParameters(distinct(rows, row -> row.entry().uri()), statement));
  }

  /** The last row of each key, by ascending key. */
  private static <T, K extends Comparable<K>> List<T> distinct(List<T> rows, Function<T, K> key) {
    TreeMap<K, T> sorted = new TreeMap<>(Comparator.naturalOrder());
    for (T row : rows) {
      sorted.put(key.apply(row), row);
    }
    return new ArrayList<>(sorted.values());
  }
}
