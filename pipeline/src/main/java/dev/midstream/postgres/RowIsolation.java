package dev.midstream.postgres;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.AnalyzedBatch;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.ContentId;
import dev.midstream.transforms.FileOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch of which the server has refused something: in halves, those that are refused in
 * halves again, down to the single file, whose row then says what the server said. All in one
 * transaction, which is the caller's to commit.
 */
final class RowIsolation {
  private static final Counter REFUSED =
      Metrics.counter("midstream", "rejected_" + RejectReason.REFUSED_BY_DATABASE.code());

  private static final Logger LOG = LoggerFactory.getLogger(RowIsolation.class);

  private final BatchStatement rows;
  private final Connection connection;

  RowIsolation(BatchStatement rows, Connection connection) {
    this.rows = rows;
    this.connection = connection;
  }

  /** Writes {@code batch}; fails only if that has nothing to do with its rows. */
  void write(AnalyzedBatch batch) throws SQLException {
    SQLException refusal = attempt(batch);
    if (refusal == null) {
      return;
    }
    List<FileOutcome> files = batch.files();
    if (files.size() > 1) {
      int half = files.size() / 2;
      write(part(batch, files.subList(0, half)));
      write(part(batch, files.subList(half, files.size())));
    } else if (files.size() == 1) {
      reject(files.get(0), refusal);
    }
  }

  private void reject(FileOutcome file, SQLException refusal) throws SQLException {
    String message = Faults.message(refusal);
    REFUSED.inc();
    FileEntry entry = file.entry();
    if (isRejected(entry, file.content(), message)) {
      return;
    }
    // Its path is no key, being longer than an index can hold: it goes into the detail.
    FileEntry keyed =
        new FileEntry(LongPath.key(entry.uri()), entry.sizeBytes(), entry.modifiedMillis());
    if (!isRejected(keyed, file.content(), message + "; the whole path: " + entry.uri())) {
      LOG.warn("No row can be written for {}: {}", entry.uri(), message);
    }
  }

  /** Whether the row that says so could be written. */
  private boolean isRejected(FileEntry entry, @Nullable ContentId content, String why)
      throws SQLException {
    Rejected rejected = new Rejected(RejectReason.REFUSED_BY_DATABASE, 0, why);
    FileOutcome outcome = new FileOutcome(entry, content, rejected);
    return attempt(new AnalyzedBatch(List.of(outcome), List.of())) == null;
  }

  /** The files and what their contents are. */
  private static AnalyzedBatch part(AnalyzedBatch batch, List<FileOutcome> files) {
    Set<ContentId> contents = new HashSet<>();
    files.forEach(file -> contents.add(file.content()));
    List<ContentAnalysis> analyses =
        batch.analyses().stream().filter(row -> contents.contains(row.content())).toList();
    return new AnalyzedBatch(files, analyses);
  }

  /** Writes, or leaves everything as it was and returns why. */
  private SQLException attempt(AnalyzedBatch batch) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement statement = connection.prepareStatement(rows.sql())) {
      rows.setParameters(batch, statement);
      statement.executeUpdate();
      connection.releaseSavepoint(before);
      return null;
    } catch (SQLException e) {
      if (!Faults.isRefusal(e)) {
        throw e;
      }
      connection.rollback(before);
      return e;
    }
  }
}
