package dev.midstream.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** The row of a run: begun before the work, ended after it. */
public final class RunLog {
  /**
   * Files of the place that the run has neither met nor written, and that nobody else has written
   * meanwhile. What lies below a folder that may not be listed is not missed: the folder is a row
   * of its own. {@code not in}, because that is a hash table also where the server has no
   * statistics yet.
   */
  private static final String MARK_MISSING =
      """
      update midstream.file f
      set missing_since = now()
      where f.missing_since is null
        and f.run_id <> ?
        and f.processed_at < (select started_at from midstream.run where run_id = ?)
        and (exists (select from unnest(?) as places (prefix) where starts_with(f.uri, prefix))
          or f.uri ~ any (?))
        and hashtextextended(f.uri, 0) not in (
          select unnest(uris) from midstream.seen where run_id = ?)
        and not exists (
          select from midstream.file folder
          where folder.run_id = ? and folder.reject_reason = 'unreadable'
            and folder.size_bytes is null and starts_with(f.uri, folder.uri || '/'))
      """;

  /** Also what a run has left that was killed and not started again for a month. */
  private static final String FORGET_SEEN =
      """
      delete from midstream.seen s
      where s.run_id = ? or not exists (
        select from midstream.run r
        where r.run_id = s.run_id and r.status = 'running'
          and r.started_at > now() - interval '30 days')
      """;

  private final Database database;
  private final UUID runId;

  /** The log of the run {@code runId}. */
  public RunLog(Database database, UUID runId) {
    this.database = database;
    this.runId = runId;
  }

  /** How a run can end. */
  public enum End {
    /** All that was listed is a row now. */
    FINISHED,
    /** Its user stopped it; what was in flight was written. */
    INTERRUPTED,
    /** An error ended it. */
    FAILED
  }

  /**
   * How a run ended.
   *
   * @param files all files that it met
   * @param analyzed files analysed
   * @param rejected files rejected
   * @param skipped files known and unchanged
   * @param missing files that were there before
   */
  public record Totals(long files, long analyzed, long rejected, long skipped, long missing) {}

  /** Records that the run begins; {@code optionsJson} must hold no secret. */
  public void begin(String runner, String input, String optionsJson) throws SQLException {
    Patience.with(
        ConnectionPools.of(database)::getConnection,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into midstream.run (run_id, started_at, status, runner, input, options)"
                      + " values (?, now(), 'running', ?, ?, ?::jsonb)"
                      + " on conflict (run_id) do nothing")) {
            insert.setObject(1, runId);
            insert.setString(2, runner);
            insert.setString(3, input);
            insert.setString(4, optionsJson);
            return insert.executeUpdate();
          }
        });
  }

  /**
   * Records that the run has met all files of a place; what it knows of there and has not met is
   * missing.
   *
   * @return how many files were not missing before
   */
  public long markMissing(Coverage place) throws SQLException {
    return Patience.with(
        ConnectionPools.of(database)::getConnection,
        connection -> {
          Array prefixes = connection.createArrayOf("text", place.prefixes().toArray());
          Array patterns = connection.createArrayOf("text", place.patterns().toArray());
          try (PreparedStatement update = connection.prepareStatement(MARK_MISSING)) {
            update.setObject(1, runId);
            update.setObject(2, runId);
            update.setArray(3, prefixes);
            update.setArray(4, patterns);
            update.setObject(5, runId);
            update.setObject(6, runId);
            return (long) update.executeUpdate();
          }
        });
  }

  /** Records how the run has ended; analysed and rejected are counted in the table. */
  public Totals end(End end, long skipped, long missing) throws SQLException {
    return Patience.with(
        ConnectionPools.of(database)::getConnection,
        connection -> {
          Totals totals = totals(connection, skipped, missing);
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update midstream.run set finished_at = now(), status = ?, files = ?,"
                      + " analyzed = ?, rejected = ?, skipped = ?, missing = ? where run_id = ?")) {
            update.setString(1, end.name().toLowerCase(Locale.ROOT));
            update.setLong(2, totals.files());
            update.setLong(3, totals.analyzed());
            update.setLong(4, totals.rejected());
            update.setLong(5, totals.skipped());
            update.setLong(6, totals.missing());
            update.setObject(7, runId);
            update.executeUpdate();
          }
          try (PreparedStatement forget = connection.prepareStatement(FORGET_SEEN)) {
            forget.setObject(1, runId);
            forget.executeUpdate();
          }
          return totals;
        });
  }

  private Totals totals(Connection connection, long skipped, long missing) throws SQLException {
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
        return new Totals(analyzed + rejected + skipped, analyzed, rejected, skipped, missing);
      }
    }
  }
}
