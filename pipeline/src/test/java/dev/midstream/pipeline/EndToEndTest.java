package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.RunLog;
import dev.midstream.postgres.TestLibrary;
import dev.midstream.postgres.TestServer;
import dev.midstream.source.LocalPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample library through the whole graph, on the DirectRunner with its checks on. */
@ExtendWith(TestServer.class)
@Timeout(300)
class EndToEndTest {
  private static final Path TESTDATA = Path.of(System.getProperty("midstream.testdata"));

  private static final String FILES = "select * from midstream.file order by uri";
  private static final String ANALYSES =
      "select a.*, a.tempo_changes::text, a.onset_tempo_changes::text, a.key_changes::text,"
          + " a.time_signature_changes::text from midstream.analysis a order by sha256";

  /** All that does not name the run. */
  private static final String OUTCOMES =
      "select uri, size_bytes, modified_at, sha256, status, reject_reason, reject_detail,"
          + " reject_offset from midstream.file order by uri";

  @Test
  void everyFileEndsAsTheOneRowThatItsTruthTells(TestLibrary library) throws Exception {
    RunLog.Totals totals = run(library.database());

    List<List<Object>> truth = truth();
    assertThat(
        library.rows(
            "select uri, size_bytes, status, reject_reason from midstream.file"
                + " order by uri collate \"C\""),
        is(truth));
    long analyzed = truth.stream().filter(row -> row.get(2).equals("analyzed")).count();
    assertThat(
        totals, is(new RunLog.Totals(truth.size(), analyzed, truth.size() - analyzed, 0, 0)));
    assertThat(
        library.value(
            "select count(*) from midstream.library"
                + " where status = 'analyzed' and analyzer_version is null"),
        is(0L));
    assertThat(
        library.count("midstream.analysis"),
        is(
            library.count(
                "(select distinct sha256 from midstream.file where status = 'analyzed')")));
  }

  @Test
  void aSecondRunSkipsEveryFileAndChangesNothing(TestLibrary library) throws Exception {
    run(library.database());
    List<List<Object>> files = library.rows(FILES);
    List<List<Object>> analyses = library.rows(ANALYSES);

    RunLog.Totals totals = run(library.database());

    assertThat(totals, is(new RunLog.Totals(files.size(), 0, 0, files.size(), 0)));
    assertThat(library.rows(FILES), is(files));
    assertThat(library.rows(ANALYSES), is(analyses));
  }

  @Test
  void analyzingAgainMeetsEveryFileAndFindsTheSame(TestLibrary library) throws Exception {
    run(library.database());
    List<List<Object>> outcomes = library.rows(OUTCOMES);
    List<List<Object>> analyses = library.rows(ANALYSES);

    RunLog.Totals totals = run(library.database(), "--reanalyze");

    assertThat(totals.skipped(), is(0L));
    assertThat(totals.files(), is((long) outcomes.size()));
    assertThat(library.rows(OUTCOMES), is(outcomes));
    assertThat(library.rows(ANALYSES), is(analyses));
    assertThat(library.count("(select distinct run_id from midstream.file)"), is(1L));
  }

  /** What was lost, as by a kill between two commits, and nothing else is done again. */
  @Test
  void aRunGoesOnWhereAnotherWasKilled(TestLibrary library) throws Exception {
    run(library.database());
    List<List<Object>> outcomes = library.rows(OUTCOMES);
    List<List<Object>> analyses = library.rows(ANALYSES);
    library.execute("delete from midstream.file where sha256 < '\\x40'");
    library.execute("delete from midstream.analysis where sha256 >= '\\xc0'");
    long lost =
        outcomes.size()
            - library.count(
                "midstream.file f where status = 'rejected'"
                    + " or exists (select from midstream.analysis a where a.sha256 = f.sha256)");

    RunLog.Totals totals = run(library.database());

    assertThat(totals.analyzed() + totals.rejected(), is(lost));
    assertThat(totals.skipped(), is(outcomes.size() - lost));
    assertThat(library.rows(OUTCOMES), is(outcomes));
    assertThat(library.rows(ANALYSES), is(analyses));
  }

  /** Seven files a batch: many batches at once, and twins in several of them. One connection. */
  @Test
  void neitherTheBatchesNorThePoolChangeTheTables(TestLibrary library) throws Exception {
    run(library.database(), "--writeBatchSize=1000");
    List<List<Object>> outcomes = library.rows(OUTCOMES);
    List<List<Object>> analyses = library.rows(ANALYSES);
    for (int poolSize : new int[] {4, 1}) {
      ConnectionPools.closeAll();
      library.execute("drop schema midstream cascade");

      run(library.database(poolSize), "--writeBatchSize=7", "--readMode=mmap");

      assertThat(library.rows(OUTCOMES), is(outcomes));
      assertThat(library.rows(ANALYSES), is(analyses));
    }
  }

  @Test
  void aRunLeavesNoTransactionAndItsEndNoConnection(TestLibrary library) throws Exception {
    run(library.database());

    library.awaitConnections(library.database().poolSize(), "idle");
    assertThat(library.connections(), is((long) library.database().poolSize()));
    ConnectionPools.closeAll();
    library.awaitConnections(0);
  }

  private static RunLog.Totals run(Database database, String... arguments) throws Exception {
    return LibraryRun.over(TESTDATA.resolve("library").toString(), database, arguments);
  }

  /** Path, size, status and reason of each file, by path. */
  private static List<List<Object>> truth() throws Exception {
    List<List<Object>> rows = new ArrayList<>();
    for (String line :
        Files.readAllLines(TESTDATA.resolve("truth.tsv")).stream().skip(1).toList()) {
      List<String> cells = Arrays.asList(line.split("\t", 4));
      Path path = TESTDATA.resolve(cells.get(0));
      rows.add(
          Arrays.asList(
              LocalPaths.uriOf(path),
              Files.size(path),
              cells.get(1),
              cells.get(2).isEmpty() ? null : cells.get(2)));
    }
    rows.sort(Comparator.comparing(row -> (String) row.get(0)));
    return rows;
  }
}
