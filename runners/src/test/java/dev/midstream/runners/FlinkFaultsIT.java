package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.LibrarySchema;
import dev.midstream.runners.cluster.FlinkCluster;
import dev.midstream.runners.cluster.FlinkProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a cluster loses, a run does not: the library ends as that of an undisturbed run. Writing is
 * slowed down, so that there is something to disturb. {@code -Dmidstream.kills} asks for more.
 *
 * <p>The cluster runs on Java 17, whatever runs the tests: once is enough.
 */
@ExtendWith(SharedServer.class)
@DisabledForJreRange(min = JRE.JAVA_22, disabledReason = "the cluster would be the same one")
@Timeout(1800)
class FlinkFaultsIT {
  private static final int KILLS = Integer.getInteger("midstream.kills", 1);
  private static final long END_SECONDS = 240;
  private static final int BATCH = 10;

  @TempDir private static Path folder;
  private static TestServer server;
  private static FlinkCluster cluster;
  private static List<List<String>> expected;
  private static Random random;

  @BeforeAll
  static void start(TestServer shared) throws Exception {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println("FlinkFaultsIT: repeat with -Dmidstream.seed=" + seed);
    random = new Random(seed);
    server = shared;
    String direct = server.newDatabase();
    Command local =
        Command.run("--input=" + Testdata.LIBRARY, "--jdbcUrl=" + direct, "--jdbcUser=postgres");
    assertThat(local.err(), local.status(), is(0));
    expected = Tables.of(direct);
    // The default is fifty seconds until a worker that says nothing is given up.
    cluster =
        FlinkCluster.in(folder)
            .with("heartbeat.interval", "1000")
            .with("heartbeat.timeout", "10000")
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The schema, and a pause at each write. */
  private static String slowed(String url) throws SQLException {
    LibrarySchema.migrate(new Database(url, "postgres", null, 1));
    TestServer.execute(
        url,
        "create function midstream.slow() returns trigger language plpgsql as"
            + " $$ begin perform pg_sleep(0.3); return null; end $$",
        "create trigger slow after insert on midstream.file execute function midstream.slow()");
    return url;
  }

  private static FlinkProcess submit(String url) throws Exception {
    return cluster.submit(
        2,
        "--input=" + Testdata.LIBRARY,
        "--jdbcUrl=" + url,
        "--jdbcUser=postgres",
        "--writeBatchSize=" + BATCH);
  }

  /** Waits until a run is amid its writes, and returns how many rows it has written. */
  private static long awaitRows(FlinkProcess run, String url) throws Exception {
    int wanted = 1 + random.nextInt(expected.size() / 2);
    try (Watch library = Watch.over(url)) {
      while (library.written() < wanted) {
        assertThat(run.out(), run.isAlive(), is(true));
        Thread.sleep(20);
      }
      return library.written();
    }
  }

  private static void assertUndisturbed(String url) throws SQLException {
    assertThat(Tables.of(url), is(expected));
    String files = String.valueOf(expected.size());
    assertThat(
        TestServer.rows(
            url,
            "select status, files, analyzed + rejected, skipped from midstream.run"
                + " where status <> 'failed'"),
        contains(List.of("finished", files, files, "0")));
  }

  /** Flink begins the job again as soon as there are two slots, and the run does not even end. */
  @Test
  void aTaskManagerIsKilled() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      String url = slowed(server.newDatabase());
      try (FlinkProcess run = submit(url)) {
        long rows = awaitRows(run, url);
        cluster.taskManagers().stream()
            .filter(FlinkProcess::isAlive)
            .skip(random.nextInt(2))
            .findFirst()
            .orElseThrow()
            .kill();
        cluster.startTaskManager();
        assertThat(run.out(), run.status(END_SECONDS), is(0));
        System.out.printf(
            "FlinkFaultsIT: kill %d of %d at %d of %d rows%n",
            kill + 1, KILLS, rows, expected.size());
      }
      assertUndisturbed(url);
    }
  }

  /** High availability is off: the job is lost, its run ends as failed, and another one goes on. */
  @Test
  void theJobManagerIsKilled() throws Exception {
    String url = slowed(server.newDatabase());
    try (FlinkProcess run = submit(url)) {
      awaitRows(run, url);
      cluster.jobManager().kill();
      cluster.startJobManager();
      assertThat(run.out(), run.status(END_SECONDS), is(1));
      List<String> complaints =
          run.out().lines().filter(line -> line.startsWith("midstream: ")).toList();
      assertThat(run.out(), complaints.size(), is(2));
      assertThat(complaints.get(0), startsWith("midstream: 2 slots"));
      assertThat(
          complaints.get(1), startsWith("midstream: the cluster does not know the job any more"));
      assertThat(run.out(), not(containsString("\tat ")));
    }
    assertThat(
        TestServer.rows(url, "select status from midstream.run"), contains(List.of("failed")));
    cluster.awaitTaskManagers(2);
    try (FlinkProcess again = submit(url)) {
      assertThat(again.out(), again.status(END_SECONDS), is(0));
    }
    assertThat(Tables.of(url), is(expected));
  }

  /** Workers wait, and write again what was not committed. */
  @Test
  void theDatabaseIsKilled() throws Exception {
    try (CrashableServer crashable = new CrashableServer(folder.resolve("postgres"))) {
      String url = slowed(crashable.url());
      try (FlinkProcess run = submit(url)) {
        awaitRows(run, url);
        crashable.crash();
        assertThat(run.out(), run.status(END_SECONDS), is(0));
      }
      assertUndisturbed(url);
    }
  }
}
