package dev.midstream.postgres;

import dev.midstream.analysis.Analysis;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.FileBatch;
import dev.midstream.transforms.Progress;
import dev.midstream.transforms.RunStage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the files that the library knows and that have not changed: same size, same time, and
 * settled by this version of the analyser, be it analysed or rejected for its content. One look-up
 * a batch. A file that could not be read is always tried again, and so is one that was missing.
 */
public final class SkipKnown
    extends PTransform<PCollection<List<FileEntry>>, PCollection<List<FileEntry>>> {
  /** Also notes that the run has met these files, whose rows it will not touch if it skips them. */
  private static final String SETTLED =
      """
      with met as (
        insert into midstream.seen (run_id, uris)
        select ?, array_agg(hashtextextended(uri, 0)) from unnest(?) as files (uri))
      select f.uri, f.size_bytes, f.modified_at, f.run_id = ?
      from midstream.file f
      where f.uri = any (?)
        and f.missing_since is null
        and case f.status
          when 'analyzed' then exists (
            select from midstream.analysis a
            where a.sha256 = f.sha256 and a.analyzer_version = ?)
          else f.sha256 is not null and exists (
            select from midstream.run r
            where r.run_id = f.run_id and (r.options ->> 'analyzerVersion')::int = ?)
        end
      """;

  private final Database database;
  private final UUID runId;

  private SkipKnown(Database database, UUID runId) {
    this.database = database;
    this.runId = runId;
  }

  /** Skips what {@code database} knows, and tells it what the run {@code runId} has met. */
  public static SkipKnown in(Database database, UUID runId) {
    return new SkipKnown(database, runId);
  }

  @Override
  public PCollection<List<FileEntry>> expand(PCollection<List<FileEntry>> batches) {
    return batches
        .apply("Look up", ParDo.of(new LookUpFn(database, runId)))
        .setCoder(batches.getCoder());
  }

  static final class LookUpFn extends DoFn<List<FileEntry>, List<FileEntry>> {
    private final Counter skipped = Metrics.counter("midstream", "skipped");
    private final Database database;
    private final UUID runId;

    private transient @Nullable PoolLease lease;

    LookUpFn(Database database, UUID runId) {
      this.database = database;
      this.runId = runId;
    }

    /** A file that needs no more work. */
    private record Settled(FileEntry file, boolean byThisRun) {}

    @Setup
    public void setup() {
      lease = ConnectionPools.lease(database);
    }

    @Teardown
    public void teardown() {
      if (lease != null) {
        lease.close();
      }
    }

    @ProcessElement
    public void process(@Element List<FileEntry> packed, OutputReceiver<List<FileEntry>> out)
        throws SQLException {
      long start = System.nanoTime();
      // A FileBatch makes its elements anew each time.
      List<FileEntry> files = List.copyOf(packed);
      Map<String, Settled> settled =
          Patience.with(lease::connection, connection -> settled(files, connection));
      List<FileEntry> others = new ArrayList<>(files.size());
      // Written before a worker was lost and the runner began again: no less a work of this run.
      int ours = 0;
      for (FileEntry file : files) {
        Settled known = settled.get(file.uri());
        if (known == null || !file.equals(known.file())) {
          others.add(file);
        } else if (known.byThisRun()) {
          ours++;
        }
      }
      int known = files.size() - others.size() - ours;
      skipped.inc(known);
      Progress.skipped(known);
      Progress.spent(RunStage.LOOK_UP, start);
      if (!others.isEmpty()) {
        out.output(FileBatch.of(others));
      }
    }

    private Map<String, Settled> settled(List<FileEntry> files, Connection connection)
        throws SQLException {
      Map<String, Settled> settled = new HashMap<>();
      try (PreparedStatement statement = connection.prepareStatement(SETTLED)) {
        Array uris = connection.createArrayOf("text", files.stream().map(FileEntry::uri).toArray());
        statement.setObject(1, runId);
        statement.setArray(2, uris);
        statement.setObject(3, runId);
        statement.setArray(4, uris);
        statement.setInt(5, Analysis.VERSION);
        statement.setInt(6, Analysis.VERSION);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            OffsetDateTime modified = rows.getObject(3, OffsetDateTime.class);
            if (modified != null) {
              String uri = rows.getString(1);
              long millis = modified.toInstant().toEpochMilli();
              FileEntry file = new FileEntry(uri, rows.getLong(2), millis);
              settled.put(uri, new Settled(file, rows.getBoolean(4)));
            }
          }
        }
      }
      return settled;
    }
  }
}
