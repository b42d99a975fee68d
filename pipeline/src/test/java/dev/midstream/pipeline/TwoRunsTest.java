package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.RunLog.Totals;
import dev.midstream.postgres.TestLibrary;
import dev.midstream.postgres.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two runs at once over inputs that overlap, the first time over a database without a schema. */
@ExtendWith(TestServer.class)
@Timeout(180)
class TwoRunsTest {
  private static final Path LIBRARY = Path.of(System.getProperty("midstream.testdata"), "library");

  /** All of it, and folders of it that hold other things and the same things under other names. */
  private static final List<String> INPUTS =
      List.of(
          LIBRARY.toString(),
          String.join(
              ",",
              LIBRARY.resolve("duplicates").toString(),
              LIBRARY.resolve("formats").toString(),
              LIBRARY.resolve("keys") + "/*.mid",
              LIBRARY.resolve("broken").toString(),
              LIBRARY.resolve("tempo").toString()));

  private static final String TABLES =
      """
      select uri, size_bytes, modified_at, f.sha256, status, reject_reason, reject_detail,
        reject_offset, missing_since, md5(to_jsonb(a)::text)
      from midstream.file f full join midstream.analysis a using (sha256)
      order by uri collate "C", sha256
      """;

  @RepeatedTest(5)
  void bothEndAndTheTablesAreThoseOfOne(TestLibrary library) throws Exception {
    CyclicBarrier start = new CyclicBarrier(INPUTS.size());
    ExecutorService threads = Executors.newFixedThreadPool(INPUTS.size());
    try {
      List<Future<Totals>> runs = new ArrayList<>();
      for (int run = 0; run < INPUTS.size(); run++) {
        String input = INPUTS.get(run);
        // Each as if in a process of its own, with a pool of its own.
        Database database = library.database(4 + run);
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  return LibraryRun.over(input, database, "--reanalyze", "--writeBatchSize=9");
                }));
      }
      for (Future<Totals> run : runs) {
        assertThat(run.get(150, TimeUnit.SECONDS).missing(), is(0L));
      }
    } finally {
      threads.shutdownNow();
    }
    List<List<Object>> together = library.rows(TABLES);
    assertThat(library.count("midstream.run where status = 'finished'"), is(2L));
    assertThat(library.count("midstream.seen"), is(0L));
    ConnectionPools.closeAll();
    library.awaitConnections(0);
    assertThat(
        library.value("select deadlocks from pg_stat_database where datname = current_database()"),
        is(0L));

    library.execute("drop schema midstream cascade");
    LibraryRun.over(INPUTS.get(0), library.database());
    assertThat(together, is(library.rows(TABLES)));
  }
}
