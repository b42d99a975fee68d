package dev.midstream.postgres;

import dev.midstream.transforms.AnalyzedBatch;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.FileOutcome;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The one statement that writes a batch, its contents and its files, so that no file is ever seen
 * without its analysis. Rows are sorted by key and each key comes once: two writers that meet lock
 * the rows of both tables in one order, and never wait for each other crosswise.
 */
final class BatchStatement {
  private final BatchUpsert<ContentAnalysis> analyses;
  private final BatchUpsert<FileOutcome> files;

  BatchStatement(BatchUpsert<ContentAnalysis> analyses, BatchUpsert<FileOutcome> files) {
    this.analyses = analyses;
    this.files = files;
  }

  String sql() {
    return "with contents as (" + analyses.sql() + ") " + files.sql();
  }

  void setParameters(AnalyzedBatch batch, PreparedStatement statement) throws SQLException {
    analyses.setParameters(distinct(batch.analyses(), ContentAnalysis::content), statement, 1);
    files.setParameters(
        distinct(batch.files(), file -> file.entry().uri()), statement, 1 + analyses.parameters());
  }

  /** The last row of each key, by ascending key. */
  private static <T, K extends Comparable<K>> List<T> distinct(List<T> rows, Function<T, K> key) {
    TreeMap<K, T> sorted = new TreeMap<>();
    for (T row : rows) {
      sorted.put(key.apply(row), row);
    }
    return new ArrayList<>(sorted.values());
  }
}
