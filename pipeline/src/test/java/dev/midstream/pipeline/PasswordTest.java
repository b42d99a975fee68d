package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.TestLibrary;
import dev.midstream.postgres.TestServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run as a role whose password the server checks, in a JVM of its own, because a JVM cannot
 * set its environment. It logs all that there is to log and prints its graph; none of it may hold
 * the password.
 */
@ExtendWith(TestServer.class)
@Timeout(120)
class PasswordTest {
  private static final String WRONG = "Wr0ng-but-s3cret-too";

  private TestLibrary library;
  @TempDir private Path folder;

  @BeforeEach
  void own(TestLibrary fresh) {
    library = fresh;
    // What a user must be given, and no more.
    library.execute(
        "grant create on database "
            + library.url().replaceFirst(".*/", "")
            + " to "
            + TestServer.LIBRARIAN);
  }

  @Test
  void thePasswordOfTheFileOpensTheDatabaseAndIsToldNowhere() throws Exception {
    Output output = run(null, TestServer.LIBRARIAN_PASSWORD + "\nanother line\n");

    assertThat(output.end(), output.status(), is(0));
    assertRan(output);
  }

  @Test
  void thePasswordOfTheEnvironmentGoesBeforeThatOfTheFile() throws Exception {
    Output output = run(TestServer.LIBRARIAN_PASSWORD, WRONG);

    assertThat(output.end(), output.status(), is(0));
    assertRan(output);
  }

  @Test
  void thePasswordOfPgpassOpensTheDatabaseAndIsToldNowhere() throws Exception {
    Files.writeString(
        folder.resolve("pgpass"),
        "elsewhere:*:*:%1$s:%2$s%n127.0.0.1:*:*:%1$s:%3$s%n"
            .formatted(TestServer.LIBRARIAN, WRONG, TestServer.LIBRARIAN_PASSWORD));

    Output output = run(null, null);

    assertThat(output.end(), output.status(), is(0));
    assertRan(output);
  }

  @Test
  void aWrongPasswordIsRefusedAndToldNowhere() throws Exception {
    Output output = run(WRONG, null);

    assertThat(output.end(), output.status(), is(1));
    assertTold(output, "28P01", true);
    assertTold(output, WRONG, false);
  }

  @Test
  void withoutAPasswordTheServerRefuses() throws Exception {
    Output output = run(null, null);

    assertThat(output.end(), output.status(), is(1));
    assertTold(output, "no password was provided", true);
  }

  private void assertRan(Output output) {
    assertThat(library.rows("select status from midstream.file"), contains(List.of("analyzed")));
    assertThat(
        library.rows("select distinct tableowner from pg_tables where schemaname = 'midstream'"),
        contains(List.of(TestServer.LIBRARIAN)));
    // That the logs were on, and that the graph was printed.
    assertTold(output, "FE=> SASLResponse", true);
    assertTold(output, "com.zaxxer.hikari.HikariConfig", true);
    assertTold(output, "unique_name: \"WriteLibrary\"", true);
    assertTold(output, TestServer.LIBRARIAN_PASSWORD, false);
    assertTold(output, WRONG, false);
  }

  /** Without printing thousands of lines if not so. */
  private static void assertTold(Output output, String text, boolean told) {
    assertThat("told: " + text, output.text().contains(text), is(told));
  }

  private record Output(int status, String text) {
    /** Enough to see why it failed. */
    String end() {
      return text.substring(Math.max(0, text.length() - 5000));
    }
  }

  private Output run(String fromEnvironment, String fromFile) throws Exception {
    String passwordFile = "";
    if (fromFile != null) {
      passwordFile = Files.writeString(folder.resolve("pw"), fromFile).toString();
    }
    File log = folder.resolve("log").toFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            System.getProperty("midstream.test.compilers"),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
            "-cp",
            System.getProperty("java.class.path"),
            PasswordRun.class.getName(),
            library.url(),
            TestServer.LIBRARIAN,
            System.getProperty("midstream.testdata") + "/library/text/names.mid",
            passwordFile));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    Map<String, String> environment = builder.environment();
    environment.remove(Database.PASSWORD_VARIABLE);
    // The driver has a variable and a file of its own.
    environment.remove("PGPASSWORD");
    environment.put("PGPASSFILE", folder.resolve("pgpass").toString());
    if (fromEnvironment != null) {
      environment.put(Database.PASSWORD_VARIABLE, fromEnvironment);
    }
    Process process = builder.start();
    try {
      if (!process.waitFor(100, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end: " + Files.readString(log.toPath()));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Output(
        process.exitValue(), Files.readString(log.toPath(), StandardCharsets.ISO_8859_1));
  }
}
