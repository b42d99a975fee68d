package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.transforms.AnalyzedBatch;
import dev.midstream.transforms.AnalyzedBatchCoder;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.FileOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database can do to a run that writes to it. */
@ExtendWith(TestServer.class)
@Timeout(120)
class FaultsTest {
  private static final UUID RUN = UUID.fromString("00000000-1111-2222-3333-444444444444");

  private TestLibrary library;
  private Database database;

  @BeforeEach
  void migrate(TestLibrary fresh) {
    library = fresh;
    database = library.migrated();
  }

  /** A value that no content brings about, and how the server says that. */
  enum Poison {
    NUL("title", "text", null, "a\0b", "invalid byte sequence for encoding \"UTF8\": 0x00"),
    CONSTRAINT("bpm", "float4", null, -1f, "violates check constraint"),
    NUMBER("note_count", "text", "int4", "9876543210", "out of range for type integer"),
    JSON("tempo_changes", "text", "jsonb", "[{", "invalid input syntax for type json"),
    ARRAY("programs", "text", "smallint[]", "{1,2,99999}", "out of range for type smallint"),
    NULL("track_count", "int4", null, null, "violates not-null constraint");

    private final String column;
    private final String type;
    private final String cast;
    private final Object value;
    private final String message;

    Poison(String column, String type, String cast, Object value, String message) {
      this.column = column;
      this.type = type;
      this.cast = cast;
      this.value = value;
      this.message = message;
    }
  }

  /** Puts the poison into the rows of some contents. */
  private static final class PoisonedWriter extends BatchWriter {
    private static final long serialVersionUID = 1;
    private final Poison poison;
    private final HashSet<String> contents;

    PoisonedWriter(Poison poison, Set<String> contents) {
      super(RUN, false);
      this.poison = poison;
      this.contents = new HashSet<>(contents);
    }

    @Override
    BatchUpsert<ContentAnalysis> analyses() {
      return super.analyses()
          .with(
              poison.column,
              column ->
                  new Column<>(
                      column.name(),
                      poison.type,
                      poison.cast,
                      row ->
                          contents.contains(row.content().toString())
                              ? poison.value
                              : harmless(column.value().apply(row))));
    }

    private Object harmless(Object value) {
      return value == null || !poison.type.equals("text") ? value : String.valueOf(value);
    }
  }

  @ParameterizedTest
  @EnumSource(Poison.class)
  void aRowThatTheServerRefusesCostsOneRejectedRowAndNothingElse(Poison poison) {
    int files = 200;
    List<FileOutcome> outcomes = new ArrayList<>();
    List<ContentAnalysis> analyses = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      FileOutcome file = Samples.analyzed(Samples.entry("/%03d.mid".formatted(i)));
      outcomes.add(file);
      analyses.add(new ContentAnalysis(file.content(), Samples.bare()));
    }
    Set<String> poisoned = new TreeSet<>();
    for (int i : new int[] {0, 77, 78, files - 1}) {
      poisoned.add(outcomes.get(i).content().toString());
    }

    write(
        new PoisonedWriter(poison, poisoned),
        new AnalyzedBatch(outcomes, analyses),
        new AnalyzedBatch(List.of(Samples.analyzed(Samples.entry("/next.mid"))), List.of()));

    assertThat(
        library.rows(
            "select uri, reject_reason, sha256 is not null from midstream.file"
                + " where status = 'rejected' order by uri"),
        contains(
            List.of("/000.mid", "refused_by_database", true),
            List.of("/077.mid", "refused_by_database", true),
            List.of("/078.mid", "refused_by_database", true),
            List.of("/199.mid", "refused_by_database", true)));
    assertThat(
        (String) library.value("select min(reject_detail) from midstream.file"),
        containsString(poison.message));
    assertThat(library.count("midstream.file"), is(files + 1L));
    assertThat(library.count("midstream.analysis"), is(files - 4L));
    assertThat(
        library.count("midstream.library where status = 'analyzed' and analyzer_version is null"),
        is(1L));
  }

  /** Every path of a content that cannot be a row is rejected. */
  @Test
  void twinsOfARefusedContentAreAllRejected() {
    FileOutcome one = Samples.analyzed(Samples.entry("/one.mid"));
    FileOutcome twin = new FileOutcome(Samples.entry("/twin.mid"), one.content(), null);
    FileOutcome other = Samples.analyzed(Samples.entry("/other.mid"));
    List<ContentAnalysis> analyses =
        List.of(
            new ContentAnalysis(one.content(), Samples.bare()),
            new ContentAnalysis(other.content(), Samples.bare()));

    write(
        new PoisonedWriter(Poison.NUL, Set.of(one.content().toString())),
        new AnalyzedBatch(List.of(one, other, twin), analyses));

    assertThat(
        library.rows("select uri, status from midstream.file order by uri"),
        contains(
            List.of("/one.mid", "rejected"),
            List.of("/other.mid", "analyzed"),
            List.of("/twin.mid", "rejected")));
    assertThat(library.count("midstream.analysis"), is(1L));
  }

  /** It has a row all the same, by a key of its own that stays the same; the others are as ever. */
  @Test
  void aPathThatIsTooLongForAKeyIsRejectedByAShorterOne() {
    Samples samples = Samples.of(FaultsTest.class);
    String folder = "/music/";
    // Two that begin alike, and one whose characters end where no cut may be.
    String one = folder + samples.letters(9000);
    String other = one + "z";
    String wide = folder + "Ж".repeat(1000) + samples.letters(9000);
    List<FileOutcome> files = new ArrayList<>();
    for (String uri : List.of("/a.mid", one, other, wide, "/music/b.mid")) {
      files.add(Samples.analyzed(Samples.entry(uri)));
    }

    write(new BatchWriter(RUN, false), new AnalyzedBatch(files, List.of()));
    write(new BatchWriter(RUN, false), new AnalyzedBatch(files, List.of()));

    assertThat(
        library.rows(
            "select uri, status from midstream.file where status = 'analyzed' order by uri"),
        contains(List.of("/a.mid", "analyzed"), List.of("/music/b.mid", "analyzed")));
    List<List<Object>> rejected =
        library.rows(
            "select uri, reject_reason, reject_detail from midstream.file"
                + " where status = 'rejected' order by reject_detail");
    assertThat(rejected.size(), is(3));
    for (List<Object> row : rejected) {
      String key = (String) row.get(0);
      String detail = (String) row.get(2);
      String path = detail.substring(detail.indexOf("the whole path: ") + 16);
      assertThat(List.of(one, other, wide), hasItem(path));
      assertThat(row.get(1), is("refused_by_database"));
      assertThat(path, startsWith(key.substring(0, key.indexOf('…'))));
      assertThat(key, startsWith(folder));
      assertThat(key.getBytes(StandardCharsets.UTF_8).length, lessThan(2704));
    }
    assertThat(library.count("midstream.file"), is(5L));
  }

  /** As a deadlock, a serialization failure or a server that goes down does. */
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "57P01", "57P02", "57P03", "08006", "53300"})
  void whatMaySucceedAnotherTimeIsTriedAgain(String state) {
    failTimes(2, state);

    write(new BatchWriter(RUN, false), batch("/a.mid"));

    assertThat(library.count("midstream.file"), is(1L));
    assertThat(library.value("select last_value from failures"), is(3L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"53100", "42501", "P0001", "XX000"})
  void whatNeverSucceedsEndsTheRunAndLeavesWhatIsCommitted(String state) {
    write(new BatchWriter(RUN, false), batch("/a.mid"));
    failTimes(1000, state);

    Exception thrown =
        assertThrows(Exception.class, () -> write(new BatchWriter(RUN, false), batch("/b.mid")));

    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertThat(root.getMessage(), containsString("the server fails"));
    assertThat(library.value("select last_value from failures"), is(1L));
    assertThat(library.rows("select uri from midstream.file"), contains(List.of("/a.mid")));
  }

  /** All connections are cut while a statement is under way, as a restart does. */
  @Test
  void aConnectionThatIsCutIsReplaced() throws Exception {
    library.execute(
        """
        create sequence cuts;
        create function cut() returns trigger language plpgsql as $$
        begin
          if nextval('public.cuts') <= 2 then
            perform pg_terminate_backend(pg_backend_pid());
            perform pg_sleep(5);
          end if;
          return null;
        end $$;
        create trigger cut before insert on midstream.file
          for each statement execute function cut();
        """);

    write(new BatchWriter(RUN, false), batch("/a.mid"), batch("/b.mid"), batch("/c.mid"));

    assertThat(library.count("midstream.file"), is(3L));
  }

  /** Sequences do not roll back: so the server counts its failures. */
  private void failTimes(int times, String state) {
    library.execute(
        """
        create sequence failures;
        create function fail() returns trigger language plpgsql as $$
        begin
          if nextval('public.failures') <= %d then
            raise exception 'the server fails' using errcode = '%s';
          end if;
          return null;
        end $$;
        create trigger fail before insert on midstream.file
          for each statement execute function fail();
        """
            .formatted(times, state));
  }

  private static AnalyzedBatch batch(String uri) {
    FileOutcome file = Samples.analyzed(Samples.entry(uri));
    return new AnalyzedBatch(
        List.of(file), List.of(new ContentAnalysis(file.content(), Samples.bare())));
  }

  private void write(BatchWriter writer, AnalyzedBatch... batches) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(List.of(batches)).withCoder(AnalyzedBatchCoder.of()))
        .apply(WriteLibrary.to(database, writer));
    pipeline.run().waitUntilFinish();
  }
}
