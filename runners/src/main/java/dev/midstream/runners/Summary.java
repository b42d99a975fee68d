package dev.midstream.runners;

import dev.midstream.pipeline.MidstreamOptions;
import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.RunLog.Totals;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.UUID;

/** What a run tells when it is done: its counts, the library at a glance, and how to ask it. */
final class Summary {
  private static final String EXAMPLE =
      "select uri, bpm, key, time_signature from midstream.library where bpm between 118 and 122"
          + " limit 20";

  private Summary() {}

  static void print(
      Database database,
      UUID runId,
      Totals totals,
      long retries,
      double seconds,
      TimeShares shares,
      MidstreamOptions options,
      PrintStream out)
      throws SQLException {
    out.printf(
        "%,d files in %.1f s (%,.0f files/s)%n",
        totals.files(), seconds, totals.files() / Math.max(seconds, 1e-3));
    try (Connection connection = ConnectionPools.of(database).getConnection()) {
      line(out, "analysed", "%,d".formatted(totals.analyzed()));
      String reasons =
          top(
              connection,
              "select reject_reason, count(*) from midstream.file"
                  + " where run_id = ? and status = 'rejected' group by 1 order by 2 desc, 1",
              runId);
      line(
          out,
          "rejected",
          "%,d%s".formatted(totals.rejected(), reasons.isEmpty() ? "" : ": " + reasons));
      line(out, "skipped", "%,d, known and unchanged".formatted(totals.skipped()));
      if (totals.missing() > 0) {
        line(out, "missing", "%,d, there before".formatted(totals.missing()));
      }
      if (retries > 0) {
        line(out, "retries", "%,d, until the store answered in full".formatted(retries));
      }
      if (!shares.toString().isEmpty()) {
        line(out, "time", shares.toString());
      }
      out.println("The library now:");
      line(
          out,
          "tempi",
          top(
              connection,
              "select round(bpm) || ' BPM', count(*) from midstream.library"
                  + " where bpm is not null group by 1 order by 2 desc, 1 limit 5",
              null));
      line(
          out,
          "keys",
          top(
              connection,
              "select key, count(*) from midstream.library"
                  + " where key is not null group by 1 order by 2 desc, 1 limit 5",
              null));
      line(
          out,
          "instruments",
          top(
              connection,
              "select i.name, count(*) from midstream.library l"
                  + " cross join unnest(l.programs) as p (program)"
                  + " join midstream.instrument i using (program)"
                  + " group by 1 order by 2 desc, 1 limit 5",
              null));
    }
    out.println("Ask it:");
    out.println("  " + queryCommand(options));
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("  %-12s %s%n", name, value.isEmpty() ? "none" : value);
  }

  private static String top(Connection connection, String sql, UUID runId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (runId != null) {
        statement.setObject(1, runId);
      }
      StringJoiner joined = new StringJoiner(", ");
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          joined.add("%s (%,d)".formatted(rows.getString(1), rows.getLong(2)));
        }
      }
      return joined.toString();
    }
  }

  /** The command that asks this library, as this run was started. */
  private static String queryCommand(MidstreamOptions options) {
    StringBuilder where = new StringBuilder();
    if (options.getJdbcUrl() != null) {
      where.append("--jdbcUrl=").append(options.getJdbcUrl()).append(' ');
      if (options.getJdbcUser() != null) {
        where.append("--jdbcUser=").append(options.getJdbcUser()).append(' ');
      }
      if (options.getJdbcPasswordFile() != null) {
        where.append("--jdbcPasswordFile=").append(options.getJdbcPasswordFile()).append(' ');
      }
    } else if (!options.getDataDir().equals("midstream-data")) {
      where.append("--dataDir=").append(options.getDataDir()).append(' ');
    }
    Path code;
    try {
      code = Path.of(Summary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException | RuntimeException e) {
      code = Path.of("midstream-bundled.jar");
    }
    if (code.getFileName().toString().contains("bundled")) {
      return "java -jar %s %s--query=\"%s\"".formatted(code, where, EXAMPLE);
    }
    return "mvn -q compile exec:java -Prunner=direct -Dexec.args=\"%s--query='%s'\""
        .formatted(where, EXAMPLE);
  }
}
