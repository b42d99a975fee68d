package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.midstream.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The password of a role that the server checks, looked for wherever a run tells something: all
 * that can be logged, what it prints, the list of processes, and everything in the database.
 */
@ExtendWith(SharedServer.class)
@Timeout(180)
class SecretTest {
  private static final String EVERYTHING =
      "select coalesce(jsonb_agg(to_jsonb(r))::text, '') || coalesce((select jsonb_agg(to_jsonb(a))::text"
          + " from pg_stat_activity a), '') from midstream.run r";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"file", "failure"})
  void thePasswordIsToldNowhere(String from, TestServer server) throws Exception {
    String url = server.newDatabase();
    TestServer.execute(
        url, "grant create on database " + url.replaceFirst(".*/", "") + " to " + TestServer.ROLE);
    if (from.equals("failure")) {
      assertThat(run(url, "environment").status(100), is(0));
      TestServer.execute(url, "revoke insert on midstream.file from " + TestServer.ROLE);
    }
    String told;
    try (ChildRun run = run(url, from);
        Watch library = Watch.over(url)) {
      StringBuilder seen = new StringBuilder();
      while (run.isAlive()) {
        seen.append(processes());
        if (library.value("select to_regclass('midstream.run') is not null").equals("t")) {
          seen.append(library.value(EVERYTHING));
        }
        Thread.sleep(100);
      }
      assertThat(run.status(1), is(from.equals("failure") ? 1 : 0));
      told = seen + run.out() + library.value(EVERYTHING);
    }
    // What must be in it, so that it is known to be what it should be.
    for (String part :
        List.of("FE=> SASLResponse", "HikariConfig", "Main", "\"application_name\"")) {
      assertThat(part, told.contains(part), is(true));
    }
    if (from.equals("failure")) {
      assertThat(
          told.lines().filter(line -> line.startsWith("midstream: ")).toList().toString(),
          containsString("permission denied for table file"));
      assertThat(
          TestServer.value(
              url, "select string_agg(status, ' ' order by started_at) from midstream.run"),
          is("finished failed"));
    }
    assertThat("told", told.contains(TestServer.PASSWORD), is(false));
  }

  private ChildRun run(String url, String from) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--input=" + Testdata.LIBRARY.resolve("broken"),
                "--jdbcUrl=" + url,
                "--jdbcUser=" + TestServer.ROLE,
                "--reanalyze",
                "--stackTrace"));
    Map<String, String> environment = Map.of();
    if (from.equals("file")) {
      Path file = Files.writeString(folder.resolve("password"), TestServer.PASSWORD + "\n");
      arguments.add("--jdbcPasswordFile=" + file);
    } else {
      environment = Map.of(Database.PASSWORD_VARIABLE, TestServer.PASSWORD);
    }
    Path logging =
        Files.writeString(
            folder.resolve("logging.properties"),
            "handlers=java.util.logging.ConsoleHandler\n"
                + "java.util.logging.ConsoleHandler.level=ALL\norg.postgresql.level=ALL\n");
    return ChildRun.start(
        folder.resolve(from + ".txt"),
        environment,
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
            "-Djava.util.logging.config.file=" + logging),
        arguments.toArray(String[]::new));
  }

  /** What ps shows: the arguments, of all processes that may be looked at. */
  private static String processes() throws Exception {
    Process ps = new ProcessBuilder("ps", "-ef", "-ww").redirectErrorStream(true).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
