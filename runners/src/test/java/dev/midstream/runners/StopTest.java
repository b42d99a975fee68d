package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGINT and SIGTERM end a run soon and well; the next one completes it. */
@ExtendWith(SharedServer.class)
@Timeout(180)
class StopTest {
  @TempDir private Path folder;

  /** Long enough to be stopped in its middle. */
  private Path library() throws Exception {
    Path library = folder.resolve("library");
    try (Stream<Path> tree = Files.walk(Testdata.LIBRARY)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        for (int copy = 0; copy < 3; copy++) {
          Path to =
              library.resolve("" + copy).resolve(Testdata.LIBRARY.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    return library;
  }

  @ParameterizedTest
  @CsvSource({"DirectRunner, TERM, 143", "FlinkRunner, INT, 130"})
  void aSignalEndsARunSoonAndTheNextCompletesIt(
      String runner, String signal, int status, TestServer server) throws Exception {
    String url = server.newDatabase();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--input=" + library(),
                "--jdbcUrl=" + url,
                "--jdbcUser=postgres",
                "--runner=" + runner,
                "--parallelism=1",
                "--writeBatchSize=10"));
    if (runner.equals("DirectRunner")) {
      arguments.remove("--parallelism=1");
    }
    String[] run = arguments.toArray(String[]::new);
    long files;
    try (ChildRun child = ChildRun.start(folder.resolve("log.txt"), run);
        Watch library = Watch.over(url)) {
      while (library.written() == 0) {
        assertThat(child.out(), child.isAlive(), is(true));
        Thread.sleep(20);
      }
      long start = System.nanoTime();
      child.signal(signal);
      assertThat(child.out(), child.status(60), is(status));
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(seconds, lessThan(10.0));
      files = library.written();
      System.out.printf(
          "StopTest: %s on %s: %.1f s, %d files written%n", signal, runner, seconds, files);
      assertThat(child.out(), containsString("midstream: interrupted; " + files + " files"));
    }
    assertThat(files, lessThan(3L * Testdata.truth().size()));
    assertThat(
        TestServer.rows(
            url,
            "select status, finished_at > started_at, analyzed + rejected, missing from midstream.run"),
        is(List.of(List.of("interrupted", "t", String.valueOf(files), "0"))));

    Command next = Command.run(run);
    assertThat(next.err(), next.status(), is(0));
    String again = server.newDatabase();
    run[1] = "--jdbcUrl=" + again;
    assertThat(Command.run(run).status(), is(0));
    assertThat(Tables.of(url), is(Tables.of(again)));
    assertThat(
        Long.parseLong(
            TestServer.value(url, "select skipped from midstream.run where status = 'finished'")),
        is(greaterThan(0L)));
  }

  @ParameterizedTest
  @CsvSource("INT")
  void theEmbeddedServerIsStoppedToo(String signal) throws Exception {
    Path data = folder.resolve("data");
    String[] run = {"--input=" + library(), "--dataDir=" + data, "--writeBatchSize=10"};
    try (ChildRun child = ChildRun.start(folder.resolve("log.txt"), run)) {
      try (Watch library = Watch.over(data)) {
        while (library.written() == 0) {
          assertThat(child.out(), child.isAlive(), is(true));
          Thread.sleep(20);
        }
      }
      child.signal(signal);
      assertThat(child.out(), child.status(10), is(130));
    }
    assertThat(Files.exists(data.resolve("data/postmaster.pid")), is(false));
    Command query = Command.run(run[1], "--query=select status from midstream.run");
    assertThat(query.out().lines().toList(), is(List.of("status", "interrupted")));
  }
}
