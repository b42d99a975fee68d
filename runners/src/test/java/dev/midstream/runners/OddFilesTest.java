package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies in a folder ends as its row, and the run goes on to its end. */
@ExtendWith(SharedServer.class)
@Timeout(240)
class OddFilesTest {
  private static final int LARGEST = 65 << 20;

  private static TestServer server;

  @TempDir Path scratch;

  @BeforeAll
  static void share(TestServer shared) {
    server = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mmap", "read"})
  void everyOddFileIsOneRowWithItsReason(String readMode) throws Exception {
    Path folder = Files.createDirectory(scratch.resolve("odd"));
    try (OddFolder odd = OddFolder.make(folder, LARGEST)) {
      String url = server.newDatabase();
      UnprivilegedCommand command =
          UnprivilegedCommand.runOrNull(
              folder.resolve("secret.mid"),
              scratch.resolve("log.txt"),
              List.of(
                  "--input=" + folder,
                  "--jdbcUrl=" + url,
                  "--jdbcUser=postgres",
                  "--readMode=" + readMode,
                  "--maxFileBytes=" + LARGEST));
      assumeTrue(command != null, "runs as root, who has no way here to be refused anything");

      assertThat(command.out(), command.status(), is(0));
      List<List<String>> rows = odd.rows();
      assertThat(
          TestServer.rows(
              url,
              "select uri, status, reject_reason,"
                  + " case when uri not like '%/cut.mid' then reject_detail end"
                  + " from midstream.file order by uri collate \"C\""),
          is(rows));
      String rejected =
          String.valueOf(rows.stream().filter(row -> row.get(1).equals("rejected")).count());
      assertThat(
          TestServer.rows(
              url, "select files, rejected, skipped, finished_at is not null from midstream.run"),
          contains(List.of(String.valueOf(rows.size()), rejected, "0", "t")));
      assertThat(command.out(), containsString("rejected     " + rejected + ": "));
      assertThat(command.out(), containsString("changed_while_read (2)"));
      assertThat(command.out(), containsString("unreadable (2)"));
    }
  }
}
