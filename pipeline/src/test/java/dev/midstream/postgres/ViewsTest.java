package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the views make of a small library that is known to the last row. */
@ExtendWith(TestServer.class)
@Timeout(60)
class ViewsTest {
  private TestLibrary library;

  @BeforeEach
  void migrate(TestLibrary fresh) {
    library = fresh;
    library.migrated();
  }

  private void file(String uri, String content, long bytes) {
    library.execute(
        ("insert into midstream.file (uri, size_bytes, sha256, status, run_id, processed_at)"
                + " values ('%s', %d, sha256('%s'), 'analyzed', gen_random_uuid(), now())")
            .formatted(uri, bytes, content));
  }

  private void rejected(String uri, String content) {
    library.execute(
        ("insert into midstream.file (uri, size_bytes, sha256, status, reject_reason, run_id,"
                + " processed_at) values ('%s', 3, sha256('%s'), 'rejected', 'not_midi',"
                + " gen_random_uuid(), now())")
            .formatted(uri, content));
  }

  /** The hashes are made of the names of a tune and of its notes. */
  private void analysis(String content, String tune, String notes, int noteCount, String columns) {
    library.execute(
        ("insert into midstream.analysis (sha256, analyzer_version, format, track_count, division,"
                + " duration_ticks, note_count, bpm_method, tempo_changes, onset_tempo_changes,"
                + " key_changes, time_signature_changes, polyphony_max, programs, drum_note_count,"
                + " track_names, markers, warnings, transposed_hash, music_hash%s)"
                + " select sha256('%s'), 1, 1, 1, 96, 0, %d, 'tempo_events', '[]', '[]', '[]', '[]',"
                + " 0, '{}', 0, '{}', '{}', '{}', substr(sha256('%s'), 1, 16),"
                + " substr(sha256('%s'), 1, 16)%s")
            .formatted(
                columns.isEmpty() ? "" : ", bpm, key",
                content,
                noteCount,
                tune,
                notes,
                columns.isEmpty() ? "" : ", " + columns));
  }

  @Test
  void duplicatesKeepTheShortestPathAndThenTheFirst() {
    // Bytes decide: B before a, whatever the language of the server.
    file("/z/a.mid", "one", 10);
    file("/z/B.mid", "one", 10);
    file("/a/long.mid", "one", 10);
    file("/alone.mid", "two", 20);
    rejected("/broken", "three");
    rejected("/broken-too", "three");

    assertThat(
        library.rows(
            "select canonical_uri, uris, files, size_bytes, bytes_wasted::int8"
                + " from midstream.duplicates order by files desc"),
        contains(
            List.of("/z/B.mid", List.of("/z/B.mid", "/z/a.mid", "/a/long.mid"), 3L, 10L, 20L),
            List.of("/broken", List.of("/broken", "/broken-too"), 2L, 3L, 3L)));
  }

  @Test
  void theSameMusicIsFoundInOtherBytesAndInAnotherKey() {
    analysis("c1", "tune", "tune in C", 8, "");
    analysis("c2", "tune", "tune in C", 8, "");
    analysis("d", "tune", "tune in D", 8, "");
    analysis("other", "other", "other in C", 8, "");
    file("/c1", "c1", 1);
    file("/c1-copy", "c1", 1);
    file("/c2", "c2", 1);
    file("/d", "d", 1);
    file("/other", "other", 1);
    file("/other-copy", "other", 1);

    assertThat(
        library.rows("select canonical_uri, uris, files, contents from midstream.same_music"),
        contains(List.of("/c1", List.of("/c1", "/c2", "/c1-copy"), 3L, 2L)));
    assertThat(
        library.rows(
            "select canonical_uri, uris, files, transpositions from midstream.transposed_music"),
        contains(List.of("/d", List.of("/d", "/c1", "/c2", "/c1-copy"), 4L, 2L)));
  }

  @Test
  void fewNotesAreNoPiece() {
    analysis("a", "note", "note", 7, "");
    analysis("b", "note", "note", 7, "");
    file("/a", "a", 1);
    file("/b", "b", 1);

    assertThat(library.rows("select * from midstream.same_music"), is(empty()));
    assertThat(library.rows("select * from midstream.transposed_music"), is(empty()));
  }

  @Test
  void coverageCountsFilesByFactAndMethod() {
    analysis("a", "a", "a", 8, "120, 'C major'");
    analysis("b", "b", "b", 8, "");
    file("/a", "a", 1);
    file("/a-copy", "a", 1);
    file("/b", "b", 1);
    rejected("/broken", "c");

    assertThat(
        library.rows(
            "select fact, method, files, share from midstream.coverage"
                + " where fact in ('status', 'bpm', 'key', 'title') order by fact, method"),
        contains(
            List.of("bpm", "hybrid", 0L, 0.0),
            List.of("bpm", "onsets", 0L, 0.0),
            // A method without a tempo is none.
            List.of("bpm", "tempo_events", 2L, 0.5),
            List.of("key", "notes", 2L, 0.5),
            List.of("status", "analyzed", 3L, 0.75),
            List.of("status", "rejected", 1L, 0.25),
            List.of("title", "texts", 0L, 0.0)));
    assertThat(library.value("select min(files) from midstream.coverage"), is(0L));
  }

  @Test
  void anEmptyLibraryHasNothing() {
    assertThat(library.value("select sum(files)::int8 from midstream.coverage"), is(0L));
    assertThat(
        library.rows("select share from midstream.coverage where share is not null"), is(empty()));
    for (String view :
        List.of("library", "rejects", "duplicates", "same_music", "transposed_music")) {
      assertThat(library.rows("select * from midstream." + view), is(empty()));
    }
  }
}
