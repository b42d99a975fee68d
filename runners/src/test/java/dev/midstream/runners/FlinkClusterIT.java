package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.midstream.runners.cluster.FlinkCluster;
import dev.midstream.runners.cluster.FlinkProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bundled jar on a real session cluster: a JobManager and two TaskManagers of one slot. */
@Timeout(300)
class FlinkClusterIT {
  private static final String JAR = System.getProperty("midstream.bundled");
  private static final long END_SECONDS = 120;

  @TempDir private static Path folder;
  private static TestServer server;
  private static FlinkCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    cluster = FlinkCluster.in(folder).start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    server.close();
  }

  private static FlinkProcess submit(String url, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run", "-p", "2", JAR));
    arguments.addAll(
        List.of(
            "--runner=FlinkRunner",
            "--input=" + Testdata.LIBRARY,
            "--jdbcUrl=" + url,
            "--jdbcUser=postgres"));
    arguments.addAll(Arrays.asList(more));
    return cluster.flink(arguments.toArray(String[]::new));
  }

  @Test
  void submittedByFlinkRunItGivesTheTablesOfDirectRunner() throws Exception {
    String direct = server.newDatabase();
    Command local =
        Command.run("--input=" + Testdata.LIBRARY, "--jdbcUrl=" + direct, "--jdbcUser=postgres");
    assertThat(local.err(), local.status(), is(0));

    String url = server.newDatabase();
    try (FlinkProcess run = submit(url, "--writeBatchSize=20")) {
      assertThat(run.out(), run.status(END_SECONDS), is(0));
      assertThat(run.out(), containsString("%d files in ".formatted(Testdata.truth().size())));
      System.out.println(run.out());
    }
    assertThat(Tables.of(url), is(Tables.of(direct)));
  }
}
