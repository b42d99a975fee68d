package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestServer.class)
@Timeout(60)
class RunLogTest {
  private static final String RUN =
      "select run_id, started_at between now() - interval '1 minute' and now(),"
          + " finished_at between started_at and now(), status, runner, input, options::text,"
          + " files, analyzed, rejected, skipped, missing from midstream.run order by input";

  @Test
  void aRunThatHasBegunIsNotFinished(TestLibrary library) throws SQLException {
    UUID runId = UUID.randomUUID();

    new RunLog(library.migrated(), runId)
        .begin("DirectRunner", "/it's, \"music\" \uD83C\uDFB9", "{\"analyzerVersion\": 1}");

    assertThat(
        library.rows(RUN),
        contains(
            row(
                runId,
                true,
                null,
                "running",
                "DirectRunner",
                "/it's, \"music\" \uD83C\uDFB9",
                "{\"analyzerVersion\": 1}",
                null,
                null,
                null,
                null,
                null)));
  }

  @Test
  void aRunCountsItsOwnFilesWhenItEnds(TestLibrary library) throws SQLException {
    Database database = library.migrated();
    UUID runId = UUID.randomUUID();
    UUID otherId = UUID.randomUUID();
    RunLog log = new RunLog(database, runId);
    log.begin("FlinkRunner", "/a", "{}");
    RunLog other = new RunLog(database, otherId);
    other.begin("DirectRunner", "/b", "{}");
    insertFiles(library, runId, "analyzed", 5);
    insertFiles(library, runId, "rejected", 2);
    insertFiles(library, otherId, "analyzed", 3);

    RunLog.Totals totals = log.end(RunLog.End.FINISHED, 40, 3);

    assertThat(totals, is(new RunLog.Totals(47, 5, 2, 40, 3)));
    assertThat(
        library.rows(RUN),
        contains(
            row(runId, true, true, "finished", "FlinkRunner", "/a", "{}", 47L, 5L, 2L, 40L, 3L),
            row(
                otherId,
                true,
                null,
                "running",
                "DirectRunner",
                "/b",
                "{}",
                null,
                null,
                null,
                null,
                null)));
  }

  @Test
  void aRunWithoutAnyFileEndsWithZeros(TestLibrary library) throws SQLException {
    RunLog log = new RunLog(library.migrated(), UUID.randomUUID());
    log.begin("DirectRunner", "/a", "{}");

    assertThat(log.end(RunLog.End.FAILED, 0, 0), is(new RunLog.Totals(0, 0, 0, 0, 0)));
    assertThat(
        library.rows("select status, files, analyzed, rejected, skipped from midstream.run"),
        contains(List.of("failed", 0L, 0L, 0L, 0L)));
  }

  private static void insertFiles(TestLibrary library, UUID runId, String status, int number) {
    library.execute(
        """
        insert into midstream.file (uri, sha256, status, reject_reason, run_id, processed_at)
        select '/%1$s/%2$s/' || i, sha256('a'), '%2$s',
          case '%2$s' when 'rejected' then 'empty' end, '%1$s', now()
        from generate_series(1, %3$d) i
        """
            .formatted(runId, status, number));
  }

  private static List<Object> row(Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }
}
