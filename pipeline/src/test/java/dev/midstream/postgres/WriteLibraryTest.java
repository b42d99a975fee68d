package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import dev.midstream.analysis.Analysis;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.AnalyzedBatch;
import dev.midstream.transforms.AnalyzedBatchCoder;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.ContentId;
import dev.midstream.transforms.FileOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestServer.class)
@Timeout(180)
class WriteLibraryTest {
  private static final String ANALYSES =
      // The driver has no class for jsonb; its text is canonical.
      "select sha256, analyzer_version, format, track_count, division, duration_seconds,"
          + " duration_ticks, note_count, bpm, bpm_confidence, bpm_method, onset_bpm,"
          + " onset_bpm_confidence, tempo_changes::text, onset_tempo_changes::text, key,"
          + " key_confidence, key_meta, key_changes::text,"
          + " time_signature, time_signature_confidence, time_signature_changes::text, grid,"
          + " swing_ratio, pitch_min, pitch_max, polyphony_max,"
          + " polyphony_mean, note_density, velocity_mean, programs, drum_note_count, music_hash, transposed_hash, title,"
          + " track_names, lyrics, copyright, markers, warnings from midstream.analysis order by sha256";

  private static final String FILES =
      "select uri, size_bytes, modified_at, sha256, status, reject_reason, reject_detail,"
          + " reject_offset, run_id from midstream.file order by uri collate \"C\"";

  private static final UUID RUN = UUID.fromString("00000000-1111-2222-3333-444444444444");

  @Test
  void everyColumnOfAnAnalysisIsWhatItWas(TestLibrary library) {
    Database database = library.migrated();
    List<ContentAnalysis> analyses = analyses(300);

    writeAnalyses(database, false, List.of(analyses));

    List<List<Object>> rows = library.rows(ANALYSES);
    List<List<Object>> expected = rowsOf(analyses);
    for (int i = 0; i < expected.size(); i++) {
      assertThat("row " + i, rows.get(i), is(expected.get(i)));
    }
    assertThat(rows.size(), is(expected.size()));
  }

  @Test
  void everyKindOfTextIsWhatItWas(TestLibrary library) {
    Database database = library.migrated();
    List<ContentAnalysis> analyses = new ArrayList<>();
    for (String text : Samples.TEXTS) {
      Analysis bare = Samples.bare();
      analyses.add(
          new ContentAnalysis(
              Samples.id(text),
              new Analysis(
                  bare.timing(),
                  bare.tempo(),
                  bare.key(),
                  bare.meter(),
                  bare.groove(),
                  bare.notes(),
                  bare.fingerprints(),
                  bare.programs(),
                  new Analysis.Texts(text, List.of(text, text), text, text, List.of(text)),
                  List.of(text))));
    }

    writeAnalyses(database, false, List.of(analyses));

    assertThat(library.rows(ANALYSES), is(rowsOf(analyses)));
  }

  /** The header's sixteen bits are kept, also where a broken one says more than a smallint can. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 17, 32767, 32768, 40000, 65535})
  void anyFormatIsStoredAndCanBeToldFromAnyOther(int format, TestLibrary library) {
    Database database = library.migrated();
    ContentId id = Samples.id("a");

    writeAnalyses(
        database, false, List.of(List.of(new ContentAnalysis(id, Samples.withFormat(format)))));

    assertThat(
        library.rows(
            "select format::int & 65535, track_count, division, duration_ticks"
                + " from midstream.analysis"),
        contains(List.of(format, 65535, -32768, Long.MAX_VALUE)));
    if (format < 32768) {
      assertThat(library.value("select format from midstream.analysis"), is(format));
    }
  }

  /** Digits of the default locale would be no JSON. */
  @Test
  void writesTheSameInEveryLocale(TestLibrary library) {
    Database database = library.migrated();
    Samples samples = Samples.of(WriteLibraryTest.class);
    List<ContentAnalysis> analyses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      analyses.add(new ContentAnalysis(Samples.id("content " + i), samples.analysis()));
    }
    List<List<Object>> expected = rowsOf(analyses);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      writeAnalyses(database, false, List.of(analyses));
    } finally {
      Locale.setDefault(before);
    }

    assertThat(library.rows(ANALYSES), is(expected));
  }

  @Test
  void everyColumnOfAFileIsWhatItWas(TestLibrary library) {
    Database database = library.migrated();
    FileEntry entry = Samples.entry("/music/a.mid");
    FileOutcome analyzed = Samples.analyzed(entry);
    FileOutcome rejected =
        Samples.rejected(Samples.entry("/music/b.mid"), RejectReason.NOT_MIDI, "no \"MThd\"");
    FileOutcome folder = Samples.unreadable(new FileEntry("/music/c.mid", FileEntry.NOT_A_FILE, 0));
    FileOutcome empty = Samples.analyzed(new FileEntry("/music/d.mid", 0, 1));
    FileOutcome old = Samples.analyzed(new FileEntry("/music/e.mid", Long.MAX_VALUE, -1));
    Instant before = Instant.now();

    writeFiles(database, List.of(List.of(analyzed, rejected, folder, empty, old)));

    assertThat(
        library.rows(FILES),
        contains(
            row(
                "/music/a.mid",
                1234L,
                Instant.parse("2001-02-03T04:05:06.789Z"),
                analyzed.content().toString(),
                "analyzed",
                null,
                null,
                null,
                RUN),
            row(
                "/music/b.mid",
                1234L,
                Instant.parse("2001-02-03T04:05:06.789Z"),
                rejected.content().toString(),
                "rejected",
                "not_midi",
                "no \"MThd\"",
                17L,
                RUN),
            row("/music/c.mid", null, null, null, "rejected", "unreadable", "no", 0L, RUN),
            row(
                "/music/d.mid",
                0L,
                Instant.ofEpochMilli(1),
                empty.content().toString(),
                "analyzed",
                null,
                null,
                null,
                RUN),
            row(
                "/music/e.mid",
                Long.MAX_VALUE,
                Instant.ofEpochMilli(-1),
                old.content().toString(),
                "analyzed",
                null,
                null,
                null,
                RUN)));
    for (List<Object> row : library.rows("select processed_at from midstream.file")) {
      Instant processed = (Instant) row.get(0);
      assertThat(processed.toEpochMilli(), greaterThanOrEqualTo(before.toEpochMilli()));
    }
  }

  @Test
  void anyUriIsAKey(TestLibrary library) {
    Database database = library.migrated();
    List<FileOutcome> files = new ArrayList<>();
    for (String text : Samples.TEXTS) {
      files.add(Samples.analyzed(Samples.entry("/" + text + ".mid")));
    }
    files.add(Samples.analyzed(Samples.entry("s3://bucket/it's \"é\" #1?.mid")));

    writeFiles(database, List.of(files));
    writeFiles(database, List.of(files));

    assertThat(
        library.rows("select uri, encode(sha256, 'hex') from midstream.file order by sha256"),
        is(
            files.stream()
                .sorted(Comparator.comparing(FileOutcome::content))
                .map(file -> List.<Object>of(file.entry().uri(), file.content().toString()))
                .toList()));
  }

  @Test
  void aDetailMayHoldAnything(TestLibrary library) {
    Database database = library.migrated();
    FileEntry entry = Samples.entry("/a.mid");

    writeFiles(
        database,
        List.of(
            List.of(
                Samples.rejected(
                    entry, RejectReason.INTERNAL_ERROR, "\0a\u0001b\nc\u007Fd \\ ' \" é \0"))));

    assertThat(
        library.value("select reject_detail from midstream.file"), is(" a b c d \\ ' \" é  "));
  }

  /** Some file systems keep times that no calendar of the database reaches. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800_000L, -62_135_596_800_001L})
  void aTimeOutsideTheYears1To9999IsUnknown(long millis, TestLibrary library) {
    Database database = library.migrated();

    writeFiles(database, List.of(List.of(Samples.analyzed(new FileEntry("/a.mid", 1, millis)))));

    assertThat(
        library.rows("select modified_at from midstream.file"), contains(row((Object) null)));
  }

  @ParameterizedTest
  @ValueSource(longs = {253_402_300_799_999L, -62_135_596_800_000L})
  void theFirstAndTheLastOfTheseYearsAreKept(long millis, TestLibrary library) {
    Database database = library.migrated();

    writeFiles(database, List.of(List.of(Samples.analyzed(new FileEntry("/a.mid", 1, millis)))));

    assertThat(
        library.value("select (extract(epoch from modified_at) * 1000)::int8 from midstream.file"),
        is(millis));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, 5000})
  void aBatchIsOneStatementAndOneCommitWhateverItsSize(int size, TestLibrary library) {
    Database database = library.migrated();
    countStatements(library);
    List<AnalyzedBatch> batches = new ArrayList<>();
    for (int batch = 0; batch < 3; batch++) {
      String name = batch + " %d";
      batches.add(
          new AnalyzedBatch(
              files(size, batch + "/%d.mid"),
              IntStream.range(0, size)
                  .mapToObj(i -> new ContentAnalysis(Samples.id(name.formatted(i)), Samples.bare()))
                  .toList()));
    }

    write(WriteLibrary.to(database, RUN, false), batches);

    assertThat(library.count("midstream.file"), is(3L * size));
    assertThat(library.count("midstream.analysis"), is(3L * size));
    assertThat(
        library.rows(
            "select relation, count(*), count(distinct transaction) from statements"
                + " group by relation order by relation"),
        contains(List.of("analysis", 3L, 3L), List.of("file", 3L, 3L)));
    assertThat(library.value("select count(distinct transaction) from statements"), is(3L));
  }

  @Test
  void ofAKeyTwiceInABatchTheLastIsKept(TestLibrary library) {
    Database database = library.migrated();
    FileEntry first = new FileEntry("/twice.mid", 1, 1000);
    FileEntry last = new FileEntry("/twice.mid", 2, 2000);
    ContentId id = Samples.id("twice");
    Analysis newest = Samples.of(WriteLibraryTest.class).analysis();

    writeFiles(
        database,
        List.of(
            List.of(
                Samples.unreadable(first),
                Samples.analyzed(Samples.entry("/other.mid")),
                Samples.analyzed(last))));
    writeAnalyses(
        database,
        false,
        List.of(List.of(new ContentAnalysis(id, Samples.bare()), new ContentAnalysis(id, newest))));

    assertThat(
        library.rows("select uri, size_bytes, status from midstream.file order by uri"),
        contains(List.of("/other.mid", 1234L, "analyzed"), List.of("/twice.mid", 2L, "analyzed")));
    assertThat(library.rows(ANALYSES), is(rowsOf(List.of(new ContentAnalysis(id, newest)))));
  }

  @Test
  void theSameContentInManyBatchesIsOneRow(TestLibrary library) {
    Database database = library.migrated();
    ContentAnalysis shared =
        new ContentAnalysis(Samples.id("shared"), Samples.of(WriteLibraryTest.class).analysis());
    List<ContentAnalysis> all = new ArrayList<>(List.of(shared));
    List<List<ContentAnalysis>> batches = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ContentAnalysis own = new ContentAnalysis(Samples.id("own " + i), Samples.bare());
      all.add(own);
      batches.add(List.of(own, shared));
    }

    writeAnalyses(database, false, batches);

    assertThat(library.rows(ANALYSES), is(rowsOf(all)));
  }

  /** A run that goes on where another ended writes nothing that is there already. */
  @Test
  void aContentKnownByThisVersionIsLeftAlone(TestLibrary library) {
    Database database = library.migrated();
    ContentId id = Samples.id("a");
    writeAnalyses(database, false, List.of(List.of(new ContentAnalysis(id, Samples.bare()))));
    Object version = library.value("select xmin::text from midstream.analysis");

    writeAnalyses(
        database, false, List.of(List.of(new ContentAnalysis(id, Samples.withFormat(2)))));

    assertThat(library.value("select xmin::text from midstream.analysis"), is(version));
    assertThat(library.value("select format from midstream.analysis"), is(0));
  }

  @Test
  void aContentKnownByThisVersionIsOverwrittenOnDemand(TestLibrary library) {
    Database database = library.migrated();
    ContentId id = Samples.id("a");
    ContentAnalysis again = new ContentAnalysis(id, Samples.of(WriteLibraryTest.class).analysis());
    writeAnalyses(database, false, List.of(List.of(new ContentAnalysis(id, Samples.bare()))));

    writeAnalyses(database, true, List.of(List.of(again)));

    assertThat(library.rows(ANALYSES), is(rowsOf(List.of(again))));
  }

  /** What comes out as it is stored is no new version of its row, whatever stands in it. */
  @Test
  void onDemandOnlyWhatDiffersIsOverwritten(TestLibrary library) {
    Database database = library.migrated();
    List<ContentAnalysis> analyses = analyses(50);
    writeAnalyses(database, false, List.of(analyses));
    String versions =
        "select encode(sha256, 'hex'), ctid::text from midstream.analysis order by sha256";
    List<List<Object>> before = library.rows(versions);
    ContentId changed = analyses.get(7).content();
    analyses.set(7, new ContentAnalysis(changed, Samples.bare()));

    writeAnalyses(database, true, List.of(analyses));

    List<List<Object>> after = library.rows(versions);
    List<Object> rewritten = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (!after.get(i).equals(before.get(i))) {
        rewritten.add(after.get(i).get(0));
      }
    }
    assertThat(rewritten, contains(changed.toString()));
    assertThat(library.rows(ANALYSES), is(rowsOf(analyses)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void aContentOfAnotherVersionIsOverwritten(int difference, TestLibrary library) {
    Database database = library.migrated();
    ContentId id = Samples.id("a");
    ContentAnalysis again = new ContentAnalysis(id, Samples.of(WriteLibraryTest.class).analysis());
    writeAnalyses(database, false, List.of(List.of(new ContentAnalysis(id, Samples.bare()))));
    library.execute(
        "update midstream.analysis set analyzer_version = analyzer_version + " + difference);

    writeAnalyses(database, false, List.of(List.of(again)));

    assertThat(library.rows(ANALYSES), is(rowsOf(List.of(again))));
  }

  @Test
  void aFileIsAlwaysOverwrittenAndTakesItsNewRun(TestLibrary library) {
    Database database = library.migrated();
    FileEntry entry = Samples.entry("/a.mid");
    writeFiles(
        database, List.of(List.of(Samples.rejected(entry, RejectReason.NOT_MIDI, "a picture"))));
    library.execute("update midstream.file set run_id = gen_random_uuid()");

    writeFiles(database, List.of(List.of(Samples.analyzed(entry))));

    assertThat(
        library.rows(
            "select status, reject_reason, reject_detail, reject_offset, run_id"
                + " from midstream.file"),
        contains(row("analyzed", null, null, null, RUN)));
  }

  /**
   * Two runs meet on the same keys in opposite orders. Unsorted, they would wait for each other
   * crosswise; the server counts that, also where the write is tried again and succeeds.
   */
  @Test
  void twoWritersInOppositeOrdersNeitherDeadlockNorMix(TestLibrary library) throws Exception {
    Database database = library.migrated();
    int keys = 2000;
    int batches = 25;
    List<Future<?>> writers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int writer = 0; writer < 2; writer++) {
        List<FileOutcome> ascending = new ArrayList<>();
        List<ContentAnalysis> contents = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
          ascending.add(
              Samples.analyzed(new FileEntry("/%05d.mid".formatted(i), 1 + writer, 1000)));
          contents.add(new ContentAnalysis(Samples.id("" + i), Samples.withFormat(1 + writer)));
        }
        if (writer == 1) {
          Collections.reverse(ascending);
          Collections.reverse(contents);
        }
        writers.add(
            threads.submit(
                () -> {
                  writeFiles(database, Collections.nCopies(batches, ascending));
                  writeAnalyses(database, true, Collections.nCopies(batches, contents));
                }));
      }
      for (Future<?> writer : writers) {
        writer.get(150, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    // The rows are locked in one order: whoever has the first one writes all of them.
    assertThat(
        library.rows("select count(*), count(distinct size_bytes) from midstream.file"),
        contains(List.of((long) keys, 1L)));
    assertThat(
        library.rows("select count(*), count(distinct format) from midstream.analysis"),
        contains(List.of((long) keys, 1L)));
    // Connections report what they counted when they end, at the latest.
    ConnectionPools.closeAll();
    library.awaitConnections(0);
    assertThat(
        library.value("select deadlocks from pg_stat_database where datname = current_database()"),
        is(0L));
  }

  @Test
  void noTransactionIsLeftOpen(TestLibrary library) throws InterruptedException {
    Database database = library.migrated();

    writeFiles(database, List.of(files(10, "/%d.mid")));

    library.awaitConnections(database.poolSize(), "idle");
    assertThat(library.connections(), is((long) database.poolSize()));
  }

  @Test
  void rowsOfABatchAreWrittenInTheOrderOfTheirKeys(TestLibrary library) {
    Database database = library.migrated();
    List<FileOutcome> files = new ArrayList<>(files(500, "/%d.mid"));
    Samples.of(WriteLibraryTest.class).shuffle(files);

    writeFiles(database, List.of(files));

    // A heap that nothing was deleted from keeps the order of the inserts.
    List<Object> uris =
        library.rows("select uri from midstream.file order by ctid").stream()
            .map(row -> row.get(0))
            .toList();
    assertThat(uris, is(uris.stream().sorted().toList()));
  }

  private static List<FileOutcome> files(int number, String uri) {
    return IntStream.range(0, number)
        .mapToObj(i -> Samples.analyzed(Samples.entry(uri.formatted(i))))
        .toList();
  }

  private static void countStatements(TestLibrary library) {
    library.execute(
        """
        create table statements (relation text, transaction text);
        create function counted() returns trigger language plpgsql as $$
        begin
          insert into public.statements values (tg_table_name, pg_current_xact_id()::text);
          return null;
        end $$;
        create trigger counted after insert on midstream.file
          for each statement execute function counted();
        create trigger counted after insert on midstream.analysis
          for each statement execute function counted();
        """);
  }

  private static void writeAnalyses(
      Database database, boolean overwrite, List<List<ContentAnalysis>> batches) {
    write(
        WriteLibrary.to(database, RUN, overwrite),
        batches.stream().map(analyses -> new AnalyzedBatch(List.of(), analyses)).toList());
  }

  private static void writeFiles(Database database, List<List<FileOutcome>> batches) {
    write(
        WriteLibrary.to(database, RUN, false),
        batches.stream().map(files -> new AnalyzedBatch(files, List.of())).toList());
  }

  private static void write(WriteLibrary writing, List<AnalyzedBatch> batches) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(batches).withCoder(AnalyzedBatchCoder.of())).apply(writing);
    pipeline.run().waitUntilFinish();
  }

  /** Of so many contents, a bare one and others at random. */
  private static List<ContentAnalysis> analyses(int count) {
    Samples samples = Samples.of(WriteLibraryTest.class);
    List<ContentAnalysis> analyses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Analysis analysis = i == 0 ? Samples.bare() : samples.analysis();
      analyses.add(new ContentAnalysis(Samples.id("content " + i), analysis));
    }
    return analyses;
  }

  /** By key, as the table is asked. */
  private static List<List<Object>> rowsOf(List<ContentAnalysis> analyses) {
    return analyses.stream()
        .sorted(Comparator.comparing(ContentAnalysis::content))
        .map(Samples::row)
        .toList();
  }

  private static List<Object> row(Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }
}
