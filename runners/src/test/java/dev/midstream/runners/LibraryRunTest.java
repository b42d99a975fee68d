package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole runs over the synthetic library, on both runners, into a real PostgreSQL. */
@ExtendWith(SharedServer.class)
@Timeout(180)
class LibraryRunTest {
  private static TestServer server;

  @BeforeAll
  static void share(TestServer shared) {
    server = shared;
  }

  private static Command run(String url, String... more) {
    Stream<String> common =
        Stream.of("--input=" + Testdata.LIBRARY, "--jdbcUrl=" + url, "--jdbcUser=postgres");
    return Command.run(Stream.concat(common, Arrays.stream(more)).toArray(String[]::new));
  }

  @Test
  void libraryEqualsTheTruthOnDirectRunner() throws Exception {
    String url = server.newDatabase();
    Command command =
        run(
            url,
            "--runner=DirectRunner",
            "--enforceImmutability=true",
            "--enforceEncodability=true");
    assertThat(command.err(), command.status(), is(0));
    assertThat(LibraryTruth.differences(url), is(empty()));
    int files = Testdata.truth().size();
    assertThat(command.out(), containsString("%d files in ".formatted(files)));
    assertThat(
        TestServer.rows(
            url,
            "select files, analyzed + rejected, skipped, runner, finished_at >= started_at"
                + " from midstream.run"),
        contains(List.of(String.valueOf(files), String.valueOf(files), "0", "DirectRunner", "t")));
    Leaks.assertNone(url, Testdata.LIBRARY);
  }

  @Test
  void flinkGivesTheSameTables() throws Exception {
    String direct = server.newDatabase();
    String flink = server.newDatabase();
    assertThat(run(direct, "--runner=DirectRunner").status(), is(0));
    Command command = run(flink, "--runner=FlinkRunner", "--parallelism=2", "--writeBatchSize=50");
    assertThat(command.err(), command.status(), is(0));
    assertThat(Tables.of(flink), is(Tables.of(direct)));
    assertThat(TestServer.value(flink, "select runner from midstream.run"), is("FlinkRunner"));
    Leaks.assertNone(flink, Testdata.LIBRARY);
  }

  @Test
  void everyReadModeAndBatchSizeGivesTheSameTables() throws Exception {
    String url = server.newDatabase();
    assertThat(run(url).status(), is(0));
    List<List<String>> expected = Tables.of(url);
    for (String[] options :
        List.of(
            new String[] {"--readMode=mmap"},
            new String[] {"--readMode=read", "--writeBatchSize=1"},
            new String[] {"--writeBatchSize=7"})) {
      String other = server.newDatabase();
      assertThat(run(other, options).status(), is(0));
      assertThat(Arrays.toString(options), Tables.of(other), is(expected));
      Leaks.assertNone(other, Testdata.LIBRARY);
    }
  }

  @Test
  void secondRunSkipsAllAndReanalyzeSkipsNone() throws Exception {
    String url = server.newDatabase();
    assertThat(run(url).status(), is(0));
    List<List<String>> expected = Tables.of(url);
    String files = String.valueOf(expected.size());
    Command second = run(url);
    assertThat(second.status(), is(0));
    assertThat(second.out(), containsString("skipped      " + files));
    assertThat(run(url, "--reanalyze=true").status(), is(0));
    assertThat(
        TestServer.rows(
            url, "select analyzed + rejected, skipped from midstream.run order by started_at"),
        contains(List.of(files, "0"), List.of("0", files), List.of(files, "0")));
    assertThat(Tables.of(url), is(expected));
  }

  @Test
  void moreRejectsThanAllowedIsAStatusOfItsOwn() throws Exception {
    Command command = run(server.newDatabase(), "--failOnRejects=0.01");
    assertThat(command.status(), is(3));
    assertThat(command.complaints().get(0), containsString("--failOnRejects=0.01"));
  }

  @Test
  void failedRunSaysWhyInOneLineAndLeavesNothingOpen() throws Exception {
    String url = server.newDatabase();
    assertThat(run(url).status(), is(0));
    TestServer.execute(
        url,
        "create function midstream.refuse() returns trigger language plpgsql as"
            + " $$ begin raise exception 'no room'; end $$",
        "create trigger refuse before insert on midstream.file"
            + " execute function midstream.refuse()");
    for (String runner : List.of("DirectRunner", "FlinkRunner")) {
      Command command = run(url, "--reanalyze=true", "--runner=" + runner);
      assertThat(command.status(), is(1));
      assertThat(command.complaints(), contains(containsString("no room")));
      assertThat(command.err(), not(containsString("\tat ")));
      Leaks.assertNone(url, Testdata.LIBRARY);
    }
    assertThat(
        TestServer.rows(url, "select status from midstream.run order by started_at"),
        contains(List.of("finished"), List.of("failed"), List.of("failed")));
  }
}
