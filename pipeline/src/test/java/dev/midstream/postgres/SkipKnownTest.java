package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.analysis.Analysis;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.AnalyzedBatch;
import dev.midstream.transforms.AnalyzedBatchCoder;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.FileEntryCoder;
import dev.midstream.transforms.FileOutcome;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestServer.class)
@Timeout(120)
class SkipKnownTest {
  private static final FileEntry FILE = Samples.entry("/music/it's \uD83C\uDFB9.mid");

  /** The run that looks up. */
  private static final UUID MEETING = UUID.fromString("00000000-1111-2222-3333-555555555555");

  private TestLibrary library;
  private Database database;

  @BeforeEach
  void migrate(TestLibrary fresh) {
    library = fresh;
    database = library.migrated();
  }

  @Test
  void anEmptyLibraryKnowsNothing() {
    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  @Test
  void whatIsAnalyzedAndUnchangedIsSkippedAndAnEmptyBatchIsNotHandedOn() throws SQLException {
    store(Samples.analyzed(FILE));

    assertPasses(List.of(List.of(FILE)), List.of());
  }

  @Test
  void anotherSizeIsAnotherFile() throws SQLException {
    store(Samples.analyzed(FILE));
    FileEntry larger = new FileEntry(FILE.uri(), FILE.sizeBytes() + 1, FILE.modifiedMillis());

    assertPasses(List.of(List.of(larger)), List.of(List.of(larger)));
  }

  @Test
  void anotherTimeIsAnotherFileBeItByAMillisecondOrIntoThePast() throws SQLException {
    store(Samples.analyzed(FILE));
    FileEntry later = new FileEntry(FILE.uri(), FILE.sizeBytes(), FILE.modifiedMillis() + 1);
    FileEntry earlier = new FileEntry(FILE.uri(), FILE.sizeBytes(), FILE.modifiedMillis() - 1);

    assertPasses(
        List.of(List.of(later), List.of(earlier)), List.of(List.of(later), List.of(earlier)));
  }

  /** Without a time there is no telling whether it is the same. */
  @Test
  void aFileWithoutATimeIsNeverSkipped() throws SQLException {
    FileEntry timeless = new FileEntry("s3://bucket/a.mid", 1234, 0);
    store(Samples.analyzed(timeless));

    assertPasses(List.of(List.of(timeless)), List.of(List.of(timeless)));
  }

  /** As archives give it to what they unpack. */
  @Test
  void aLocalFileOf1970IsAFileLikeAnyOther() throws SQLException {
    FileEntry unpacked = new FileEntry("/music/a.mid", 1234, 0);
    store(Samples.analyzed(unpacked));

    assertPasses(List.of(List.of(unpacked)), List.of());
  }

  @Test
  void whatAnotherVersionAnalyzedIsTriedAgain() throws SQLException {
    store(Samples.analyzed(FILE));
    library.execute("update midstream.analysis set analyzer_version = analyzer_version - 1");

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  /** The two writes commit apart; a run can be killed between them. */
  @Test
  void aFileWhoseAnalysisIsMissingIsTriedAgain() throws SQLException {
    store(Samples.analyzed(FILE));
    library.execute("delete from midstream.analysis");

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  @Test
  void whatThisVersionRejectedForItsContentIsSkipped() throws SQLException {
    store(Samples.rejected(FILE, RejectReason.NOT_MIDI, "a picture"));

    assertPasses(List.of(List.of(FILE)), List.of());
  }

  @Test
  void whatAnotherVersionRejectedIsTriedAgain() throws SQLException {
    store(Samples.rejected(FILE, RejectReason.NOT_MIDI, "a picture"));
    library.execute("update midstream.run set options = '{\"analyzerVersion\": 0}'");

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  @Test
  void whatARunOfAnUnknownVersionRejectedIsTriedAgain() throws SQLException {
    store(Samples.rejected(FILE, RejectReason.NOT_MIDI, "a picture"));
    library.execute("update midstream.run set options = '{}'");

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  /** The content of a file that an analysis of this version calls music, but that was rejected. */
  @Test
  void aRejectIsNotSettledByAnAnalysisOfItsContent() throws SQLException {
    store(Samples.rejected(FILE, RejectReason.INTERNAL_ERROR, "a defect"));
    library.execute("update midstream.run set options = '{\"analyzerVersion\": 0}'");
    write(
        UUID.randomUUID(),
        new AnalyzedBatch(
            List.of(), List.of(new ContentAnalysis(Samples.id(FILE.uri()), Samples.bare()))));

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  @Test
  void whatCouldNotBeReadIsTriedAgain() throws SQLException {
    store(Samples.unreadable(FILE));

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));
  }

  @Test
  void aFolderUnderTheNameOfAFileIsTriedAgain() throws SQLException {
    FileEntry folder = new FileEntry("/music/folder.mid", FileEntry.NOT_A_FILE, 1000);
    store(Samples.unreadable(folder));

    assertPasses(List.of(List.of(folder)), List.of(List.of(folder)));
  }

  /** Also if it is the same as ever: its row has to tell that it is back. */
  @Test
  void whatWasMissingIsTriedAgain() throws SQLException {
    store(Samples.analyzed(FILE));
    library.execute("update midstream.file set missing_since = now()");

    assertPasses(List.of(List.of(FILE)), List.of(List.of(FILE)));

    store(Samples.analyzed(FILE));
    assertThat(library.count("midstream.file where missing_since is null"), is(1L));
  }

  @Test
  void onlyTheKnownOnesOfABatchAreTakenOutAndTheOthersKeepTheirOrder() throws SQLException {
    FileEntry known = Samples.entry("/music/known.mid");
    store(Samples.analyzed(FILE), Samples.analyzed(known));
    FileEntry first = Samples.entry("/music/z.mid");
    FileEntry second = Samples.entry("/music/a.mid");

    assertPasses(
        List.of(List.of(known, first, FILE, second), List.of(known)),
        List.of(List.of(first, second)));
  }

  /** Counted by the server: the table becomes a view that draws a number for each query. */
  @Test
  void aBatchIsLookedUpAtOnce() throws SQLException {
    List<FileEntry> files =
        IntStream.range(0, 3000).mapToObj(i -> Samples.entry("/%d.mid".formatted(i))).toList();
    store(files.stream().limit(1500).map(Samples::analyzed).toArray(FileOutcome[]::new));
    library.execute(
        """
        create sequence lookups;
        alter table midstream.file rename to file_rows;
        create view midstream.file as
          select * from midstream.file_rows where (select nextval('public.lookups')) > 0;
        """);

    assertPasses(
        List.of(files.subList(0, 1000), files.subList(1000, 2000), files.subList(2000, 3000)),
        List.of(files.subList(1500, 2000), files.subList(2000, 3000)));

    assertThat(library.value("select last_value from lookups"), is(3L));
  }

  /** As a run of this version leaves it. */
  private void store(FileOutcome... files) throws SQLException {
    UUID run = UUID.randomUUID();
    new RunLog(database, run)
        .begin("DirectRunner", "/music", "{\"analyzerVersion\": " + Analysis.VERSION + "}");
    List<ContentAnalysis> analyses =
        List.of(files).stream()
            .filter(file -> file.rejected() == null)
            .map(file -> new ContentAnalysis(file.content(), Samples.bare()))
            .toList();
    write(run, new AnalyzedBatch(List.of(files), analyses));
  }

  private void write(UUID run, AnalyzedBatch batch) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(List.of(batch)).withCoder(AnalyzedBatchCoder.of()))
        .apply(WriteLibrary.to(database, run, false));
    pipeline.run().waitUntilFinish();
  }

  private void assertPasses(List<List<FileEntry>> batches, List<List<FileEntry>> expected) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<List<FileEntry>> passed =
        pipeline
            .apply(Create.of(batches).withCoder(ListCoder.of(FileEntryCoder.of())))
            .apply(SkipKnown.in(database, MEETING));
    PAssert.that(passed).containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    MetricsFilter skipped =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named("midstream", "skipped"))
            .build();
    long counted = 0;
    for (var counter : result.metrics().queryMetrics(skipped).getCounters()) {
      counted += counter.getCommitted();
    }
    assertThat("counted as skipped", counted, is(files(batches) - files(expected)));
  }

  private static long files(List<List<FileEntry>> batches) {
    return batches.stream().mapToLong(List::size).sum();
  }
}
