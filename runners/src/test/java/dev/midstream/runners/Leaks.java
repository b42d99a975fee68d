package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.midstream.source.FileMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** What a run must not leave behind in its JVM and on the server. */
final class Leaks {
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final Path SELF = Path.of("/proc/self");

  private Leaks() {}

  static void assertNone(String url, Path library) throws IOException, SQLException {
    assertThat("live mappings", FileMapping.live(), is(0));
    if (Files.isDirectory(SELF)) {
      assertThat("open handles", openFiles(library), is(empty()));
      List<String> mapped;
      try (Stream<String> lines = Files.lines(SELF.resolve("maps"))) {
        mapped = lines.filter(line -> line.contains(library.toString())).toList();
      }
      assertThat("mapped files", mapped, is(empty()));
    }
    // A server hears of the end of a connection a moment later, and a busy one later than that.
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!connections(url).equals("0") && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat("connections", connections(url), is("0"));
  }

  private static String connections(String url) throws SQLException {
    return TestServer.value(
        url, "select count(*) from pg_stat_activity where application_name = 'midstream'");
  }

  private static List<String> openFiles(Path library) throws IOException {
    try (Stream<Path> handles = Files.list(SELF.resolve("fd"))) {
      return handles
          .map(Leaks::target)
          .filter(target -> target.startsWith(library.toString()))
          .toList();
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException alreadyClosed) {
      return "";
    }
  }
}
