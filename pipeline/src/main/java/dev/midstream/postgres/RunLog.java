package dev.midstream.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The row of a run: begun before the work, finished after it. */
public final class RunLog {
  private final Database database;
  private final UUID runId;

  /** The log of the run {@code runId}. */
  public RunLog(Database database, UUID runId) {
    this.database = database;
    this.runId = runId;
  }

  /**
   * How a run ended.
   *
   * @param files all files that it met
   * @param analyzed files analysed
   * @param rejected files rejected
   * @param skipped files known and unchanged
   */
  public record Totals(long files, long analyzed, long rejected, long skipped) {}

  /** Records that the run begins; {@code optionsJson} must hold no secret. */
  public void begin(String runner, String input, String optionsJson) throws SQLException {
    try (Connection connection = ConnectionPools.of(database).getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into midstream.run (run_id, started_at, runner, input, options)"
                    + " values (?, now(), ?, ?, ?::jsonb)")) {
      insert.setObject(1, runId);
      insert.setString(2, runner);
      insert.setString(3, input);
      insert.setString(4, optionsJson);
      insert.executeUpdate();
    }
  }

  /** Records that the run has ended well; analysed and rejected are counted in the table. */
  public Totals finish(long skipped) throws SQLException {
    try (Connection connection = ConnectionPools.of(database).getConnection()) {
      Totals totals;
      try (PreparedStatement count =
          connection.prepareStatement(
              "select count(*) filter (where status = 'analyzed'),"
                  + " count(*) filter (where status = 'rejected')"
                  + " from midstream.file where run_id = ?")) {
        count.setObject(1, runId);
        try (ResultSet row = count.executeQuery()) {
          row.next();
          long analyzed = row.getLong(1);
          long rejected = row.getLong(2);
          totals = new Totals(analyzed + rejected + skipped, analyzed, rejected, skipped);
        }
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update midstream.run set finished_at = now(), files = ?, analyzed = ?,"
                  + " rejected = ?, skipped = ? where run_id = ?")) {
        update.setLong(1, totals.files());
        update.setLong(2, totals.analyzed());
        update.setLong(3, totals.rejected());
        update.setLong(4, totals.skipped());
        update.setObject(5, runId);
        update.executeUpdate();
      }
      return totals;
    }
  }
}
