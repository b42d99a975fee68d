package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.TestLibrary;
import dev.midstream.postgres.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run costs the server, counted by the server: so that batches that fall apart, or rows that
 * no longer travel in one statement, are noticed without measuring time.
 */
@ExtendWith(TestServer.class)
@Timeout(180)
class StatementCountTest {
  private static final Path SOURCE =
      Path.of(System.getProperty("midstream.testdata"), "library", "keys", "d-major-2.mid");
  private static final int FILES = 2_500;
  private static final String CALLS =
      "select coalesce(sum(s.calls), 0)::bigint from pg_stat_statements s"
          + " join pg_database d on d.oid = s.dbid"
          + " where d.datname = current_database() and s.query like ?";

  private TestLibrary library;
  private Database database;
  @TempDir private Path folder;

  @BeforeEach
  void fill(TestLibrary fresh) throws IOException {
    library = fresh;
    library.execute("create extension pg_stat_statements");
    library.execute(
        "do $$ begin execute format('alter database %I set pg_stat_statements.track = top',"
            + " current_database()); end $$");
    database = library.migrated();
    byte[] content = Files.readAllBytes(SOURCE);
    for (int i = 0; i < FILES; i++) {
      Files.write(folder.resolve(i + ".mid"), withNumber(content, i));
    }
  }

  /** The same music with {@code number} in a chunk that no reader knows. */
  private static byte[] withNumber(byte[] content, int number) {
    byte[] changed = Arrays.copyOf(content, content.length + 12);
    ByteBuffer.wrap(changed, content.length, 12).putInt(0x58585858).putInt(4).putInt(number);
    return changed;
  }

  private long calls(String like) {
    return (long) library.rows(CALLS, like).get(0).get(0);
  }

  @Test
  void aBatchIsOneLookUpOneStatementAndOneCommit() throws Exception {
    long before = calls("COMMIT%");
    LibraryRun.over(folder.toString(), database);

    // 2,500 files are batches of 1,000, 1,000 and 500.
    assertThat("writes", calls("%insert into midstream.file as %"), is(3L));
    assertThat("look-ups", calls("%insert into midstream.seen%"), is(3L));
    assertThat(
        "contents asked for",
        calls("select sha256 from midstream.analysis%"),
        is(lessThanOrEqualTo(3L)));
    // JdbcIO may end a bundle by one more, of nothing.
    assertThat("commits", calls("COMMIT%") - before, is(lessThanOrEqualTo(6L)));
    assertThat(
        library.rows("select count(*), count(distinct sha256) from midstream.file"),
        is(List.of(List.of((long) FILES, (long) FILES))));
  }

  /** That the server's counts tell a batch of one from a batch of many. */
  @Test
  void withoutBatchesTheCountsAreThoseOfFiles() throws Exception {
    LibraryRun.over(folder.toString(), database, "--writeBatchSize=100");

    assertThat("writes", calls("%insert into midstream.file as %"), is(25L));
    assertThat("look-ups", calls("%insert into midstream.seen%"), is(25L));
  }
}
