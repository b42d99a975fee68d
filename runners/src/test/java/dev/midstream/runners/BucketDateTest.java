package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One command for every day and every input, and the rows that tell its runs apart. */
@ExtendWith(SharedServer.class)
@Timeout(180)
class BucketDateTest {
  private static final Path DOCS = Testdata.FOLDER.resolveSibling("docs/buckets.md");

  @Test
  void daysAreRunsOfTheirOwn(TestServer database) throws Exception {
    Path file;
    try (Stream<Path> tree = Files.walk(Testdata.LIBRARY.resolve("keys"))) {
      file = tree.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
    try (GcsServer server = GcsServer.start()) {
      server.put("incoming/2026/11/22/a.mid", Files.readAllBytes(file));
      server.put("incoming/2026/11/23/a.mid", Files.readAllBytes(file));
      server.put("incoming/2026/11/23/b.mid", Files.readAllBytes(file));
      String url = database.newDatabase();
      assertThat(run(server, url, "2026-11-22").status(), is(0));
      assertThat(run(server, url, "2026-11-23").status(), is(0));
      Command none = run(server, url, "2026-11-24");
      assertThat(none.status(), is(2));
      assertThat(none.complaints(), contains(containsString("2026/11/24/ matches no MIDI file")));

      String root = server.root() + "incoming/";
      assertThat(
          TestServer.rows(
              url,
              "select input, date, status, files, rejected from (" + query() + ") as documented"),
          contains(
              List.of(root + "2026/11/22/", "2026-11-22", "finished", "1", "0"),
              List.of(root + "2026/11/23/", "2026-11-23", "finished", "2", "0")));
      assertThat(
          TestServer.value(
              url, "select count(*) from midstream.file where missing_since is not null"),
          is("0"));
    }
  }

  private static Command run(GcsServer server, String url, String date) {
    List<String> options = server.options(server.address());
    return Command.run(
        options.get(0),
        options.get(1),
        "--input=" + server.root() + "incoming/{date:yyyy/MM/dd}/",
        "--date=" + date,
        "--jdbcUrl=" + url,
        "--jdbcUser=postgres");
  }

  /** The query of the page, without its semicolon. */
  private static String query() throws Exception {
    return Files.readString(DOCS)
        .replaceFirst("(?s).*```sql\\s*(select started_at.*?);\\s*```.*", "$1");
  }
}
