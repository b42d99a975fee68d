package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.LibrarySchema;
import dev.midstream.runners.cluster.FlinkCluster;
import dev.midstream.runners.cluster.FlinkProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled jar on a real session cluster: a JobManager and two TaskManagers of one slot. They
 * run on Java 17, whatever runs the tests: once is enough.
 */
@ExtendWith(SharedServer.class)
@DisabledForJreRange(min = JRE.JAVA_22, disabledReason = "the cluster would be the same one")
@Timeout(300)
class FlinkClusterIT {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final long END_SECONDS = 180;

  @TempDir private static Path folder;
  private static TestServer server;
  private static FlinkCluster cluster;
  private static List<List<String>> expected;

  @BeforeAll
  static void start(TestServer shared) throws Exception {
    server = shared;
    String direct = server.newDatabase();
    Command local =
        Command.run("--input=" + Testdata.LIBRARY, "--jdbcUrl=" + direct, "--jdbcUser=postgres");
    assertThat(local.err(), local.status(), is(0));
    expected = Tables.of(direct);
    cluster =
        FlinkCluster.in(folder)
            .with("metrics.fetcher.update-interval", "200")
            .withPrometheus()
            .taskManagers(1)
            .environment("MIDSTREAM_JDBC_PASSWORD", TestServer.PASSWORD)
            .start();
    cluster.startTaskManager(VECTORS);
    cluster.awaitTaskManagers(2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static List<String> over(String url, String role, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--input=" + Testdata.LIBRARY,
                "--jdbcUrl=" + url,
                "--jdbcUser=" + role,
                "--writeBatchSize=20"));
    options.addAll(Arrays.asList(more));
    return options;
  }

  private static FlinkProcess submit(String url) throws Exception {
    return cluster.submit(Map.of(), 2, over(url, "postgres"));
  }

  private static long connections(Watch library) throws Exception {
    return Long.parseLong(
        library.value(
            "select count(*) from pg_stat_activity"
                + " where application_name = 'midstream' and datname = current_database()"));
  }

  /** What a worker has said about its kernels; each job asks anew. */
  private static List<String> kernels(int worker) throws Exception {
    return cluster
        .taskManagers()
        .get(worker)
        .log()
        .lines()
        .filter(line -> line.contains("Kernels"))
        .toList();
  }

  private static List<String> newLines(int worker, List<String> before) throws Exception {
    List<String> now = kernels(worker);
    return now.subList(before.size(), now.size());
  }

  /** Twice, so that the workers get the classes of a second job after those of a first. */
  @Test
  void submittedByFlinkRunItGivesTheTablesOfDirectRunner() throws Exception {
    String url = server.newDatabase();
    String files = String.valueOf(expected.size());
    long most = 0;
    List<List<String>> said = List.of(kernels(0), kernels(1));
    try (FlinkProcess run = submit(url);
        Watch library = Watch.over(url)) {
      while (run.isAlive()) {
        most = Math.max(most, connections(library));
        Thread.sleep(50);
      }
      assertThat(run.out(), run.status(END_SECONDS), is(0));
      assertThat(run.out(), containsString(files + " files in "));
      assertThat(run.out(), containsString("2 slots, 6 database connections there and 1 here"));
      assertThat("connections that workers keep", connections(library), is(0L));
    }
    assertThat(Tables.of(url), is(expected));
    assertThat(most, is(greaterThan(1L)));
    assertThat(most, is(lessThanOrEqualTo(7L)));
    assertThat(
        newLines(0, said.get(0)),
        contains(containsString("scalar (no module jdk.incubator.vector")));
    assertThat(
        newLines(1, said.get(1)),
        contains(anyOf(containsString("use vectors of "), containsString("gain nothing"))));

    try (FlinkProcess again = submit(url)) {
      assertThat(again.out(), again.status(END_SECONDS), is(0));
      assertThat(again.out(), containsString("skipped      " + files));
    }
    assertThat(
        TestServer.rows(
            url,
            "select runner, status, files, analyzed + rejected, skipped from midstream.run"
                + " order by started_at"),
        is(
            List.of(
                List.of("FlinkRunner", "finished", files, files, "0"),
                List.of("FlinkRunner", "finished", files, "0", files))));
    assertThat(Tables.of(url), is(expected));
  }

  /**
   * As {@code mvn exec:java -Prunner=flink -Dexec.args=--flinkMaster=…} does, from a class path.
   */
  @Test
  void submittedByItsOwnCommandItGivesThemToo() throws Exception {
    String url = server.newDatabase();
    List<String> options =
        over(
            url,
            "postgres",
            "--runner=FlinkRunner",
            "--flinkMaster=" + cluster.master(),
            "--parallelism=2");
    Command run = Command.run(options.toArray(String[]::new));
    assertThat(run.err(), run.status(), is(0));
    assertThat(Tables.of(url), is(expected));
  }

  private static final List<String> MIDSTREAM_METRICS =
      List.of(
          "files_read",
          "bytes_read",
          "analyzed",
          "rejected",
          "rejected_not_midi",
          "batches_written",
          "reading_micros",
          "analysis_micros",
          "writing_micros",
          "pool_borrows",
          "pool_wait_micros");

  private static boolean tellsAll(Map<String, Double> metrics) {
    return MIDSTREAM_METRICS.stream().allMatch(name -> metrics.getOrDefault(name, 0.0) > 0);
  }

  /** While it works: a job that has ended has no metrics any more. The workers log in, too. */
  @Test
  void metricsReachRestAndPrometheusWhileItWorks() throws Exception {
    String url = server.newDatabase();
    LibrarySchema.migrate(new Database(url, "postgres", null, 1));
    TestServer.execute(
        url,
        "create function midstream.slow() returns trigger language plpgsql as"
            + " $$ begin perform pg_sleep(0.5); return null; end $$",
        "create trigger slow after insert on midstream.file execute function midstream.slow()",
        "grant usage on schema midstream to " + TestServer.ROLE,
        "grant select, insert, update, delete on all tables in schema midstream to "
            + TestServer.ROLE);
    Map<String, Double> rest = new TreeMap<>();
    Map<String, Double> prometheus = new TreeMap<>();
    // A job as short as this one would tell them at its end only.
    List<String> options = over(url, TestServer.ROLE, "--maxBundleTimeMills=1000");
    try (FlinkProcess run =
        cluster.submit(Map.of("MIDSTREAM_JDBC_PASSWORD", TestServer.PASSWORD), 2, options)) {
      // Asking costs the cluster as much as the job does.
      while (run.isAlive() && !(tellsAll(rest) && tellsAll(prometheus))) {
        cluster.metrics("midstream").forEach((name, value) -> rest.merge(name, value, Math::max));
        cluster.prometheus().forEach((name, value) -> prometheus.merge(name, value, Math::max));
        Thread.sleep(200);
      }
      assertThat(run.out(), run.status(END_SECONDS), is(0));
      assertThat(run.out(), not(containsString(TestServer.PASSWORD)));
    }
    assertThat(Tables.of(url), is(expected));
    for (String name : MIDSTREAM_METRICS) {
      assertThat(name + " of " + rest, rest.getOrDefault(name, 0.0), is(greaterThan(0.0)));
      assertThat(
          name + " of " + prometheus, prometheus.getOrDefault(name, 0.0), is(greaterThan(0.0)));
    }
    for (FlinkProcess worker : cluster.taskManagers()) {
      assertThat(worker.log(), not(containsString(TestServer.PASSWORD)));
    }
    assertThat(cluster.jobManager().log(), not(containsString(TestServer.PASSWORD)));
  }
}
