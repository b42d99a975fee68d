package dev.midstream.postgres;

import dev.midstream.analysis.Analysis;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Leaves out the files that the library knows and that have not changed: same size, same time, and
 * settled by this version of the analyser, be it analysed or rejected for its content. One look-up
 * a batch. A file that could not be read is always tried again.
 */
public final class SkipKnown
    extends PTransform<PCollection<List<FileEntry>>, PCollection<List<FileEntry>>> {
  private static final String SETTLED =
      """
      select f.uri, f.size_bytes, f.modified_at
      from midstream.file f
      where f.uri = any (?)
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

  private SkipKnown(Database database) {
    this.database = database;
  }

  /** Skips what {@code database} knows. */
  public static SkipKnown in(Database database) {
    return new SkipKnown(database);
  }

  @Override
  public PCollection<List<FileEntry>> expand(PCollection<List<FileEntry>> batches) {
    return batches.apply("Look up", ParDo.of(new LookUpFn(database))).setCoder(batches.getCoder());
  }

  static final class LookUpFn extends DoFn<List<FileEntry>, List<FileEntry>> {
    private final Counter skipped = Metrics.counter("midstream", "skipped");
    private final Database database;
    private transient DataSource pool;

    LookUpFn(Database database) {
      this.database = database;
    }

    @Setup
    public void setup() {
      pool = ConnectionPools.of(database);
    }

    @ProcessElement
    public void process(@Element List<FileEntry> files, OutputReceiver<List<FileEntry>> out)
        throws SQLException {
      Map<String, FileEntry> settled = settled(files);
      List<FileEntry> others = new ArrayList<>(files.size());
      for (FileEntry file : files) {
        if (!file.equals(settled.get(file.uri()))) {
          others.add(file);
        }
      }
      int known = files.size() - others.size();
      skipped.inc(known);
      Progress.skipped(known);
      if (!others.isEmpty()) {
        out.output(others);
      }
    }

    private Map<String, FileEntry> settled(List<FileEntry> files) throws SQLException {
      Map<String, FileEntry> settled = new HashMap<>();
      try (Connection connection = pool.getConnection();
          PreparedStatement statement = connection.prepareStatement(SETTLED)) {
        Object[] uris = files.stream().map(FileEntry::uri).toArray();
        statement.setArray(1, connection.createArrayOf("text", uris));
        statement.setInt(2, Analysis.VERSION);
        statement.setInt(3, Analysis.VERSION);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            OffsetDateTime modified = rows.getObject(3, OffsetDateTime.class);
            if (modified != null) {
              String uri = rows.getString(1);
              long millis = modified.toInstant().toEpochMilli();
              settled.put(uri, new FileEntry(uri, rows.getLong(2), millis));
            }
          }
        }
      }
      return settled;
    }
  }
}
