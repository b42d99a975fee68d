package dev.midstream.postgres;

import dev.midstream.transforms.AnalyzedBatch;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.FileOutcome;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JdbcIO asks while it writes a batch: what to write, and after an error whether to try again.
 * Where the server has refused a row, the next attempt isolates it. JdbcIO asks both questions of
 * one copy of this object, from one thread.
 */
class BatchWriter implements JdbcIO.PreparedStatementSetter<AnalyzedBatch>, JdbcIO.RetryStrategy {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final AnalyzedBatch NOTHING = new AnalyzedBatch(List.of(), List.of());

  private final UUID runId;
  private final boolean overwrite;

  private transient BatchStatement rows;

  /** Each attempt has a statement of its own; one of several batches has one for all. */
  private transient PreparedStatement attempt;

  private transient boolean refused;
  private transient boolean isolating;
  private transient SQLException interrupted;

  BatchWriter(UUID runId, boolean overwrite) {
    this.runId = runId;
    this.overwrite = overwrite;
  }

  /** The columns and their order; a test puts in values that no content brings about. */
  BatchUpsert<ContentAnalysis> analyses() {
    return overwrite ? AnalysisRows.OVERWRITE : AnalysisRows.UPSERT;
  }

  BatchUpsert<FileOutcome> files() {
    return FileRows.upsert(runId);
  }

  BatchStatement rows() {
    if (rows == null) {
      rows = new BatchStatement(analyses(), files());
    }
    return rows;
  }

  @Override
  public void setParameters(AnalyzedBatch batch, PreparedStatement statement) throws SQLException {
    if (statement != attempt) {
      attempt = statement;
      isolating = refused;
      refused = false;
      interrupted = null;
    }
    if (!isolating) {
      rows().setParameters(batch, statement);
      return;
    }
    try {
      new RowIsolation(rows(), statement.getConnection()).write(batch);
    } catch (SQLException e) {
      if (!Faults.isTransient(e)) {
        throw e;
      }
      // JdbcIO tries again only what fails when it is executed, which the next step now will.
      interrupted = e;
      refused = true;
    }
    rows().setParameters(NOTHING, statement);
  }

  @Override
  public boolean apply(SQLException failure) {
    SQLException e = interrupted == null ? failure : interrupted;
    if (Faults.isRefusal(e)) {
      refused = true;
      return true;
    }
    if (isolating) {
      refused = true;
    }
    if (Faults.isTransient(e)) {
      LOG.warn("Writing again: {}", Faults.message(e));
      return true;
    }
    return false;
  }
}
