package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database that nobody has to set up. */
@Timeout(180)
class EmbeddedDatabaseTest {
  @TempDir Path folder;

  @Test
  void keepsTheLibraryBetweenRunsAndAnswersQueries() throws Exception {
    String dataDir = "--dataDir=" + folder.resolve("data dir");
    Path music = Files.createDirectory(folder.resolve("music"));
    Files.copy(Testdata.LIBRARY.resolve("divisions/480.mid"), music.resolve("one.mid"));
    Files.write(music.resolve("two.kar"), new byte[] {1, 2, 3});
    Command first = Command.run("--input=" + music, dataDir);
    assertThat(first.err(), first.status(), is(0));
    assertThat(first.out(), containsString("rejected     1: not_midi (1)"));
    assertThat(first.out(), containsString(dataDir));

    Command query =
        Command.run(
            dataDir,
            "--query=select status, note_count > 0 as notes from midstream.library order by uri");
    assertThat(query.err(), query.status(), is(0));
    assertThat(
        query.out().lines().toList().toString(), is("[status    notes, analyzed  t, rejected]"));

    Command second = Command.run("--input=" + music, dataDir);
    assertThat(second.out(), containsString("skipped      2"));
  }

  @Test
  void queryChangesNothing() {
    String dataDir = "--dataDir=" + folder.resolve("data");
    Command command = Command.run(dataDir, "--query=create table gone (id int)");
    assertThat(command.status(), is(2));
    assertThat(command.complaints().get(0), containsString("read-only"));
  }

  @Test
  void oneRunAtATimeHasTheFolder() throws Exception {
    Path data = folder.resolve("data");
    try (EmbeddedDatabase running = EmbeddedDatabase.start(data)) {
      Command command = Command.run("--dataDir=" + data, "--query=select 1 from " + running.user());
      assertThat(command.status(), is(2));
      assertThat(command.complaints().get(0), containsString("is another run using it?"));
    }
  }
}
