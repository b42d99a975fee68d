package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.RunLog.Totals;
import dev.midstream.postgres.TestLibrary;
import dev.midstream.postgres.TestServer;
import dev.midstream.source.LocalPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A library that changes between runs: what is done again, and what is missed. */
@ExtendWith(TestServer.class)
@Timeout(120)
class ChangeTest {
  private static final Path SOURCE =
      Path.of(System.getProperty("midstream.testdata"), "library", "keys");
  private static final String MISSING =
      "select uri from midstream.file where missing_since is not null order by uri";

  private TestLibrary library;
  private Database database;
  @TempDir private Path folder;

  @BeforeEach
  void fill(TestLibrary fresh) throws IOException {
    library = fresh;
    database = library.database();
    for (String name : List.of("a/one.mid", "a/two.mid", "b/three.mid", "b c/fo'ur %_\u00E9.mid")) {
      copy("d-major-2.mid", name);
    }
  }

  private Path copy(String source, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Files.readAllBytes(SOURCE.resolve(source)));
    return file;
  }

  private Totals run(String... places) throws Exception {
    String input = places.length == 0 ? folder.toString() : String.join(",", places);
    return LibraryRun.over(input, database);
  }

  @Test
  void exactlyWhatChangedIsAnalyzedAgain() throws Exception {
    run();
    Path changed = copy("c-major-1.mid", "a/two.mid");
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000_000_000L));

    assertThat(run(), is(new Totals(4, 1, 0, 3, 0)));
    assertThat(library.count("midstream.analysis"), is(2L));
    assertThat(
        library.rows(
            "select f.uri from midstream.file f join midstream.run r using (run_id)"
                + " where r.started_at = (select max(started_at) from midstream.run)"),
        contains(List.of(LocalPaths.uriOf(changed))));
  }

  @Test
  void anOlderVersionIsAnalyzedAgain() throws Exception {
    run();
    library.execute("update midstream.analysis set analyzer_version = 0");

    assertThat(run(), is(new Totals(4, 4, 0, 0, 0)));
    assertThat(library.value("select min(analyzer_version) > 0 from midstream.analysis"), is(true));
  }

  @Test
  void aCopyOfWhatIsKnownIsARowButNoWork() throws Exception {
    run();
    copy("d-major-2.mid", "c/copy.mid");
    copy("d-major-2.mid", "c/again.mid");
    copy("c-major-1.mid", "c/new.mid");

    assertThat(LibraryRun.spared(folder.toString(), database), is(2L));
    assertThat(
        library.rows(
            "select count(*), count(distinct f.sha256), count(a.note_count)"
                + " from midstream.file f join midstream.analysis a using (sha256)"),
        contains(List.of(7L, 2L, 7L)));
    assertThat(LibraryRun.spared(folder.toString(), database, "--reanalyze"), is(0L));
    library.execute("update midstream.analysis set analyzer_version = 0");
    copy("d-major-2.mid", "d/copy.mid");
    assertThat(LibraryRun.spared(folder.toString(), database), is(0L));
  }

  @Test
  void whatVanishedStaysAndIsMissingOnceAndWhatComesBackIsThere() throws Exception {
    run();
    Path gone = folder.resolve("a/two.mid");
    Path strange = folder.resolve("b c/fo'ur %_\u00E9.mid");
    FileTime time = Files.getLastModifiedTime(gone);
    Files.delete(gone);
    Files.delete(strange);

    assertThat(run(), is(new Totals(2, 0, 0, 2, 2)));
    List<List<Object>> missing = library.rows(MISSING);
    assertThat(
        missing, contains(List.of(LocalPaths.uriOf(gone)), List.of(LocalPaths.uriOf(strange))));
    Object since = library.value("select min(missing_since) from midstream.file");
    assertThat(run(), is(new Totals(2, 0, 0, 2, 0)));
    assertThat(library.value("select min(missing_since) from midstream.file"), is(since));
    assertThat(library.count("midstream.library where analyzer_version is not null"), is(4L));

    Files.setLastModifiedTime(copy("d-major-2.mid", "a/two.mid"), time);
    assertThat(run(), is(new Totals(3, 1, 0, 2, 0)));
    assertThat(library.rows(MISSING), contains(List.of(LocalPaths.uriOf(strange))));
    assertThat(library.count("midstream.seen"), is(0L));
  }

  @Test
  void onlyWhatARunCoversCanBeMissing() throws Exception {
    run();
    Files.delete(folder.resolve("a/one.mid"));
    Files.delete(folder.resolve("b/three.mid"));
    copy("d-major-2.mid", "b/other.mid");

    assertThat(run(folder + "/b").missing(), is(1L));
    assertThat(run(folder + "/b c", folder + "/a/t*.mid").missing(), is(0L));
    assertThat(run(folder + "/*/*.mid").missing(), is(1L));
  }

  /** Another run has found what this one has not yet: it is there. */
  @Test
  void whatAnotherRunWritesMeanwhileIsNotMissing() throws Exception {
    run();
    library.execute(
        "insert into midstream.file (uri, status, reject_reason, run_id, processed_at)"
            + " values ('"
            + folder
            + "/new.mid', 'rejected', 'empty', gen_random_uuid(),"
            + " now() + interval '1 minute')");

    assertThat(run().missing(), is(0L));
    assertThat(library.rows(MISSING), is(empty()));
  }
}
