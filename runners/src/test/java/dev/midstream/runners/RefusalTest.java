package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done is told in one line, before any work, with a status that is not 0. */
@ExtendWith(SharedServer.class)
@Timeout(120)
class RefusalTest {
  private static TestServer server;

  @TempDir Path folder;

  @BeforeAll
  static void share(TestServer shared) {
    server = shared;
  }

  private static void assertRefused(Command command, String... parts) {
    assertThat(command.err(), command.status(), is(2));
    for (String part : parts) {
      assertThat(command.complaints(), contains(containsString(part)));
    }
    assertThat(command.err(), not(containsString("\tat ")));
    assertThat(command.out(), is(""));
  }

  private static void assertNothingWritten(String url) throws Exception {
    assertThat(
        TestServer.value(url, "select count(*) from pg_namespace where nspname = 'midstream'"),
        is("0"));
  }

  @Test
  void unknownOption() throws Exception {
    String url = server.newDatabase();
    assertRefused(
        Command.run("--input=" + Testdata.LIBRARY, "--jdbcUrl=" + url, "--inptu=/x"),
        "unknown option --inptu",
        "--help=MidstreamOptions");
    assertNothingWritten(url);
  }

  @Test
  void argumentThatIsNoOption() {
    assertRefused(Command.run("music"), "'music' is no option");
  }

  @Test
  void valueOfAnotherKind() throws Exception {
    String url = server.newDatabase();
    String[] common = {"--input=" + Testdata.LIBRARY, "--jdbcUrl=" + url, "--jdbcUser=postgres"};
    String[][] refused = {
      {"--readMode=disk", "auto, mmap, read"},
      {"--writeBatchSize=0", "--writeBatchSize"},
      {"--maxFileBytes=0", "--maxFileBytes"},
      {"--poolSize=-1", "--poolSize"},
      {"--failOnRejects=2", "--failOnRejects"},
      {"--maxFileBytes=many", "many"},
    };
    for (String[] pair : refused) {
      assertRefused(Command.run(common[0], common[1], common[2], pair[0]), pair[1]);
    }
    assertNothingWritten(url);
  }

  @Test
  void inputThatIsNotThere() throws Exception {
    String url = server.newDatabase();
    String where = "--jdbcUrl=" + url;
    assertRefused(Command.run(where), "--input is missing");
    assertRefused(
        Command.run(where, "--input=" + folder.resolve("none")), folder.resolve("none").toString());
    assertRefused(Command.run(where, "--input=" + folder + "/*.mid"), "matches no MIDI file");
    Files.writeString(folder.resolve("readme.txt"), "no music");
    assertRefused(Command.run(where, "--input=" + folder), "matches no MIDI file");
    assertNothingWritten(url);
  }

  @Test
  void unreachableServer() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0)) {
      freePort = socket.getLocalPort();
    }
    assertRefused(
        Command.run(
            "--input=" + Testdata.LIBRARY,
            "--jdbcUrl=jdbc:postgresql://127.0.0.1:" + freePort + "/library"),
        "cannot reach jdbc:postgresql://127.0.0.1:" + freePort + "/library");
  }

  @Test
  void databaseThatDoesNotExist() throws Exception {
    String url = server.newDatabase() + "x";
    assertRefused(
        Command.run("--input=" + Testdata.LIBRARY, "--jdbcUrl=" + url, "--jdbcUser=postgres"),
        "does not exist");
  }

  @Test
  void passwordInTheUrlIsRefusedAndNotRepeated() {
    Command command =
        Command.run(
            "--input=" + Testdata.LIBRARY,
            "--jdbcUrl=jdbc:postgresql://127.0.0.1/x?password=hush-4711");
    assertRefused(command, "MIDSTREAM_JDBC_PASSWORD");
    assertThat(command.err(), not(containsString("hush-4711")));
  }

  @Test
  void passwordFileThatCannotBeRead() throws Exception {
    Path missing = folder.resolve("password");
    assertRefused(
        Command.run(
            "--input=" + Testdata.LIBRARY,
            "--jdbcUrl=" + server.newDatabase(),
            "--jdbcPasswordFile=" + missing),
        "--jdbcPasswordFile",
        missing.toString());
  }

  @Test
  void poolThatWouldStarveFlink() throws Exception {
    assertRefused(
        Command.run(
            "--input=" + Testdata.LIBRARY,
            "--jdbcUrl=" + server.newDatabase(),
            "--runner=FlinkRunner",
            "--poolSize=1"),
        "--poolSize must be at least 2");
  }

  @Test
  void stackTraceForThoseWhoAsk() {
    Command command = Command.run("--input=" + folder.resolve("none"), "--stackTrace=true");
    assertThat(command.status(), is(2));
    assertThat(command.err(), allOf(containsString("does not exist"), containsString("\tat ")));
  }
}
