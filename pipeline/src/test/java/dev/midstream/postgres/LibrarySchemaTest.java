package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.midi.RejectReason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestServer.class)
@Timeout(120)
class LibrarySchemaTest {
  /** Written out, not derived: users' queries depend on each of these names and types. */
  private static final List<String> FILE =
      List.of(
          "uri text not null",
          "size_bytes int8",
          "modified_at timestamptz",
          "sha256 bytea",
          "status text not null",
          "reject_reason text",
          "reject_detail text",
          "reject_offset int8",
          "run_id uuid not null",
          "processed_at timestamptz not null",
          "missing_since timestamptz");

  private static final List<String> ANALYSIS =
      List.of(
          "sha256 bytea not null",
          "analyzer_version int4 not null",
          "format int2 not null",
          "track_count int4 not null",
          "division int4 not null",
          "duration_seconds float8",
          "duration_ticks int8 not null",
          "note_count int4 not null",
          "bpm float4",
          "bpm_confidence float4",
          "bpm_method text not null",
          "onset_bpm float4",
          "onset_bpm_confidence float4",
          "tempo_changes jsonb not null",
          "onset_tempo_changes jsonb not null",
          "key text",
          "key_confidence float4",
          "key_meta text",
          "key_changes jsonb not null",
          "time_signature text",
          "time_signature_confidence float4",
          "time_signature_changes jsonb not null",
          "grid text",
          "swing_ratio float4",
          "pitch_min int2",
          "pitch_max int2",
          "polyphony_max int4 not null",
          "polyphony_mean float4",
          "note_density float4",
          "velocity_mean float4",
          "programs _int2 not null",
          "drum_note_count int4 not null",
          "music_hash bytea",
          "transposed_hash bytea",
          "title text",
          "track_names _text not null",
          "lyrics text",
          "copyright text",
          "markers _text not null",
          "warnings _text not null");

  private static final List<String> RUN =
      List.of(
          "run_id uuid not null",
          "started_at timestamptz not null",
          "finished_at timestamptz",
          "status text not null",
          "runner text not null",
          "input text not null",
          "options jsonb not null",
          "files int8",
          "analyzed int8",
          "rejected int8",
          "skipped int8",
          "missing int8");

  private static final String FILE_ROW =
      "insert into midstream.file (uri, sha256, status, reject_reason, run_id, processed_at)"
          + " values (%s, %s, %s, %s, gen_random_uuid(), now())";

  private static final String ANALYSIS_ROW =
      "insert into midstream.analysis (sha256, analyzer_version, format, track_count, division,"
          + " duration_ticks, note_count, bpm_method, tempo_changes, onset_tempo_changes,"
          + " key_changes, time_signature_changes,"
          + " polyphony_max, programs, drum_note_count, track_names, markers,"
          + " warnings%s) values (sha256('a'), 1, 1, 1, 96, 0, 0, 'none', '[]', '[]', '[]', '[]', 0, '{}', 0,"
          + " '{}', '{}', '{}'%s)";

  @Test
  void migratesFromNothingToTheTablesOfTheContract(TestLibrary library) {
    library.migrated();

    assertThat(columns(library, "file"), is(FILE));
    assertThat(columns(library, "analysis"), is(ANALYSIS));
    assertThat(columns(library, "run"), is(RUN));
    assertThat(
        columns(library, "instrument"), contains("program int2 not null", "name text not null"));
    assertThat(
        library.rows(
            "select table_name, column_name from information_schema.table_constraints"
                + " join information_schema.key_column_usage using (constraint_name, table_name)"
                + " where constraint_type = 'PRIMARY KEY'"
                + " and table_name in ('file', 'analysis', 'run', 'instrument')"
                + " order by 1"),
        contains(
            List.of("analysis", "sha256"),
            List.of("file", "uri"),
            List.of("instrument", "program"),
            List.of("run", "run_id")));
  }

  @Test
  void theViewHasEveryColumnOfBothTables(TestLibrary library) {
    library.migrated();
    List<String> expected = new ArrayList<>();
    FILE.forEach(column -> expected.add(column.replace(" not null", "")));
    // The digest is the same in both; everything else of the analysis follows.
    ANALYSIS.stream().skip(1).forEach(column -> expected.add(column.replace(" not null", "")));

    assertThat(columns(library, "library"), is(expected));
  }

  @Test
  void theViewShowsEveryFileAndAnAnalysisOnlyWithWhatWasAnalyzed(TestLibrary library) {
    library.migrated();
    library.execute(ANALYSIS_ROW.formatted(", key", ", 'C major'"));
    library.execute(FILE_ROW.formatted("'/a'", "sha256('a')", "'analyzed'", "null"));
    library.execute(FILE_ROW.formatted("'/twin'", "sha256('a')", "'analyzed'", "null"));
    // A newer version may reject what an older one could analyse.
    library.execute(FILE_ROW.formatted("'/old'", "sha256('a')", "'rejected'", "'no_events'"));
    library.execute(FILE_ROW.formatted("'/pending'", "sha256('b')", "'analyzed'", "null"));

    List<Object> pending = new ArrayList<>(List.of("/pending", "analyzed"));
    pending.add(null);
    List<Object> old = new ArrayList<>(List.of("/old", "rejected"));
    old.add(null);
    assertThat(
        library.rows("select uri, status, key from midstream.library order by uri"),
        contains(
            List.of("/a", "analyzed", "C major"),
            old,
            pending,
            List.of("/twin", "analyzed", "C major")));
  }

  @Test
  void migratingAgainChangesNothing(TestLibrary library) {
    library.migrated();
    library.execute(FILE_ROW.formatted("'/a'", "sha256('a')", "'analyzed'", "null"));
    String all =
        "select f.*, h.* from midstream.file f, midstream.flyway_schema_history h"
            + " order by h.installed_rank";
    List<List<Object>> before = library.rows(all);

    ConnectionPools.closeAll();
    library.migrated();

    assertThat(library.rows(all), is(before));
  }

  /** A pool of the smallest size that a user may ask for is enough to begin with. */
  @Test
  void migratesThroughOneConnection(TestLibrary library) {
    LibrarySchema.migrate(library.database(1));

    assertThat(columns(library, "file"), is(FILE));
  }

  @Test
  void everyTableViewAndColumnSaysWhatItIs(TestLibrary library) {
    library.migrated();

    assertThat(
        library.rows(
            "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                + " where c.relnamespace = 'midstream'::regnamespace and c.relkind in ('r', 'v')"
                + " and a.attnum > 0 and c.relname <> 'flyway_schema_history'"
                + " and coalesce(length(col_description(c.oid, a.attnum)), 0) < 10"),
        empty());

    assertThat(
        library.rows(
            "select relname from pg_class c where relnamespace = 'midstream'::regnamespace"
                + " and relkind in ('r', 'v') and relname <> 'flyway_schema_history'"
                + " and coalesce(length(obj_description(c.oid, 'pg_class')), 0) < 20"),
        empty());
  }

  @Test
  void instrumentsAreThe128OfGeneralMidi(TestLibrary library) {
    library.migrated();

    assertThat(
        library.rows(
            "select count(*), count(distinct name), min(program), max(program)"
                + " from midstream.instrument"),
        contains(List.of(128L, 128L, 0, 127)));
    assertThat(
        library.rows(
            "select name from midstream.instrument where program in (0, 32, 40, 56, 127)"
                + " order by program"),
        contains(
            List.of("Acoustic Grand Piano"),
            List.of("Acoustic Bass"),
            List.of("Violin"),
            List.of("Trumpet"),
            List.of("Gunshot")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "null, sha256('a'), 'analyzed', null",
        "'/a', sha256('a'), 'unknown', null",
        "'/a', sha256('a'), null, null",
        "'/a', sha256('a'), 'rejected', null",
        "'/a', sha256('a'), 'analyzed', 'empty'",
        "'/a', null, 'analyzed', null",
        "'/a', '\\x00', 'analyzed', null",
        "'/a', sha256('a'), 'rejected', 'no_reason'",
      })
  void refusesFilesThatCannotBe(
      String uri, String sha256, String status, String reason, TestLibrary library) {
    library.migrated();

    assertRefused(library, FILE_ROW.formatted(uri, sha256, status, reason));
    assertThat(library.count("midstream.file"), is(0L));
  }

  @Test
  void takesFilesAtTheEdgeOfWhatCanBe(TestLibrary library) {
    library.migrated();

    library.execute(FILE_ROW.formatted("'/unreadable'", "null", "'rejected'", "'unreadable'"));
    library.execute(FILE_ROW.formatted("''", "sha256('a')", "'analyzed'", "null"));

    assertThat(library.count("midstream.file"), is(2L));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "bpm, 0",
        "bpm, -1",
        "bpm_confidence, 1.01",
        "bpm_confidence, -0.01",
        "onset_bpm, 0",
        "onset_bpm_confidence, 1.01",
        "key_confidence, 1.01",
        "key_confidence, -0.01",
        "pitch_min, -1",
        "pitch_min, 128",
        "pitch_max, 128",
        "velocity_mean, 0.5",
        "velocity_mean, 127.5",
        "velocity_mean, 'NaN'",
        "bpm, 'NaN'",
        "bpm, 'infinity'",
        "bpm_confidence, 'NaN'",
        "onset_bpm_confidence, 1.01",
        "onset_bpm, 'infinity'",
        "duration_seconds, -0.1",
        "duration_seconds, 'NaN'",
        "key, 'H minor'",
        "key, 'c major'",
        "key, 'G# major'",
        "key, ''",
        "key_meta, 'none'",
        "time_signature, 'common'",
        "time_signature, '4'",
        "time_signature_confidence, 2",
        "grid, 'shuffle'",
        "swing_ratio, 0",
        "`pitch_min, pitch_max`, `61, 60`",
        "polyphony_mean, -1",
        "note_density, -1",
        "music_hash, sha256('a')",
        "transposed_hash, ''",
      })
  void refusesAnalysesThatCannotBe(String column, String value, TestLibrary library) {
    library.migrated();

    assertRefused(library, ANALYSIS_ROW.formatted(", " + column, ", " + value));
    assertRefused(library, ANALYSIS_ROW.formatted("", "").replace("'none'", "'guess'"));
    assertRefused(library, ANALYSIS_ROW.formatted("", "").replace("sha256('a')", "'a'::bytea"));
    assertRefused(library, ANALYSIS_ROW.formatted("", "").replace("0, '{}', 0", "0, '{128}', 0"));
    assertRefused(library, ANALYSIS_ROW.formatted("", "").replace("0, '{}', 0", "0, '{-1}', 0"));
    assertRefused(library, ANALYSIS_ROW.formatted("", "").replace("0, '{}', 0", "0, '{}', 1"));
    assertRefused(library, ANALYSIS_ROW.formatted("", "").replace("'none', '[]'", "'none', '{}'"));
    assertThat(library.count("midstream.analysis"), is(0L));
  }

  /** The closed lists are those of the code, to the last word. */
  @Test
  void takesEveryReasonAndEveryKey(TestLibrary library) {
    library.migrated();
    for (RejectReason reason : RejectReason.values()) {
      String code = "'" + reason.code() + "'";
      library.execute(FILE_ROW.formatted(code, "null", "'rejected'", code));
    }
    int key = 0;
    for (String keys :
        List.of(
            "Cb Gb Db Ab Eb Bb F C G D A E B F# C# major",
            "Ab Eb Bb F C G D A E B F# C# G# D# A# minor")) {
      String mode = keys.substring(keys.lastIndexOf(' '));
      for (String tonic : keys.replace(mode, "").split(" ", -1)) {
        String name = "'" + tonic + mode + "'";
        library.execute(
            ANALYSIS_ROW
                .formatted(", key, key_meta", ", " + name + ", " + name)
                .replace("sha256('a')", "sha256('" + key++ + "')"));
      }
    }

    assertThat(library.count("midstream.rejects"), is((long) RejectReason.values().length));
    assertThat(library.count("(select distinct key from midstream.analysis)"), is(30L));
  }

  @Test
  void checkTellsAnUnreachableServerAndARefusal(TestLibrary library) throws SQLException {
    LibrarySchema.check(library.database());
    Database noServer = new Database("jdbc:postgresql://127.0.0.1:1/none", "postgres", null, 1);
    Database noDatabase =
        new Database(
            library.url().replaceFirst("/[^/]*$", "/no_such_database"), "postgres", null, 1);

    assertThat(
        assertThrows(SQLException.class, () -> LibrarySchema.check(noServer)).getSQLState(),
        equalTo("08001"));
    assertThat(
        assertThrows(SQLException.class, () -> LibrarySchema.check(noDatabase)).getSQLState(),
        equalTo("3D000"));
  }

  private static void assertRefused(TestLibrary library, String sql) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> library.execute(sql));
    assertThat(refused.getMessage(), containsString("violates"));
  }

  private static List<String> columns(TestLibrary library, String table) {
    return library
        .rows(
            "select column_name || ' ' || udt_name"
                + " || case is_nullable when 'NO' then ' not null' else '' end"
                + " from information_schema.columns"
                + " where table_schema = 'midstream' and table_name = ? order by ordinal_position",
            table)
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }
}
