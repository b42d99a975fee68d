package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.FileEntry;
import dev.midstream.source.FileMapping;
import dev.midstream.source.FolderFileSystem;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.ReadMode;
import dev.midstream.source.Systems;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The transforms on the DirectRunner, which checks that no element is changed and that each goes
 * through its coder.
 */
class TransformsTest {
  private static final Path LIBRARY = Path.of(System.getProperty("midstream.testdata"), "library");

  @TempDir private Path folder;

  private final Pipeline pipeline = Pipeline.create(options());

  private static DirectOptions options() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setEnforceEncodability(true);
    options.setEnforceImmutability(true);
    options.setTargetParallelism(2);
    return options;
  }

  /** What must come out: every file of the library, analysed one by one without Beam. */
  private static List<FileOutcome> outcomesOfLibrary(Map<ContentId, ContentAnalysis> analyses)
      throws IOException {
    ContentAnalyzer analyzer = new ContentAnalyzer();
    List<FileOutcome> outcomes = new ArrayList<>();
    for (FileEntry entry : filesOf(LIBRARY)) {
      byte[] bytes = Files.readAllBytes(Path.of(entry.uri()));
      ContentId id = analyzer.identify(bytes, 0, bytes.length);
      ContentAnalyzer.Result result = analyzer.analyze(bytes, 0, bytes.length);
      outcomes.add(new FileOutcome(entry, id, result.rejected()));
      if (result.analysis() != null) {
        analyses.put(id, new ContentAnalysis(id, result.analysis()));
      }
    }
    return outcomes;
  }

  private static List<FileEntry> filesOf(Path root) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        entries.add(entryOf(path));
      }
    }
    return entries;
  }

  private static FileEntry entryOf(Path path) throws IOException {
    return new FileEntry(
        LocalPaths.uriOf(path), Files.size(path), Files.getLastModifiedTime(path).toMillis());
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void everyFileHasOneOutcomeAndEveryContentOfABatchOneAnalysis(ReadMode mode) throws IOException {
    Map<ContentId, ContentAnalysis> analyses = new LinkedHashMap<>();
    List<FileOutcome> outcomes = outcomesOfLibrary(analyses);
    PCollection<AnalyzedBatch> result =
        pipeline
            // One batch for all: so that duplicates meet.
            .apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(LIBRARY))))
            .apply(ReadMidi.batches().withMode(mode))
            .apply(AnalyzeMidi.batches());
    PAssert.that(files(result).apply("All files", Flatten.iterables()))
        .containsInAnyOrder(outcomes);
    PAssert.that(analyses(result).apply("All analyses", Flatten.iterables()))
        .containsInAnyOrder(analyses.values());
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();

    long rejected = outcomes.stream().filter(outcome -> outcome.rejected() != null).count();
    assertThat(counter(run, "rejected"), is(rejected));
    assertThat(counter(run, "analyzed"), is(outcomes.size() - rejected));
    assertThat(FileMapping.live(), is(0));
  }

  @Test
  void whatIsKnownIsAnOutcomeWithoutAnAnalysis() throws IOException {
    Map<ContentId, ContentAnalysis> analyses = new LinkedHashMap<>();
    List<FileOutcome> outcomes = outcomesOfLibrary(analyses);
    // As text: what a pipeline takes along must be serializable.
    Set<String> known =
        analyses.keySet().stream()
            .map(ContentId::toString)
            .filter(id -> id.charAt(0) < '8')
            .collect(Collectors.toSet());
    PCollection<AnalyzedBatch> result =
        pipeline
            .apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(LIBRARY))))
            .apply(ReadMidi.batches())
            .apply(
                AnalyzeMidi.batches()
                    .sparing(
                        contents ->
                            contents.stream()
                                .filter(id -> known.contains(id.toString()))
                                .collect(Collectors.toSet())));
    PAssert.that(files(result).apply("All files", Flatten.iterables()))
        .containsInAnyOrder(outcomes);
    PAssert.that(analyses(result).apply("All analyses", Flatten.iterables()))
        .containsInAnyOrder(
            analyses.values().stream()
                .filter(analysis -> !known.contains(analysis.content().toString()))
                .toList());
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    assertThat(
        counter(run, "spared"),
        is(
            outcomes.stream()
                .filter(outcome -> outcome.content() != null)
                .filter(outcome -> known.contains(outcome.content().toString()))
                .count()));
  }

  private static PCollection<List<FileOutcome>> files(PCollection<AnalyzedBatch> batches) {
    return batches
        .apply(
            "Files",
            MapElements.into(TypeDescriptors.lists(TypeDescriptor.of(FileOutcome.class)))
                .via(AnalyzedBatch::files))
        .setCoder(ListCoder.of(FileOutcomeCoder.of()));
  }

  private static PCollection<List<ContentAnalysis>> analyses(PCollection<AnalyzedBatch> batches) {
    return batches
        .apply(
            "Analyses",
            MapElements.into(TypeDescriptors.lists(TypeDescriptor.of(ContentAnalysis.class)))
                .via(AnalyzedBatch::analyses))
        .setCoder(ListCoder.of(ContentAnalysisCoder.of()));
  }

  private static long counter(PipelineResult run, String name) {
    MetricQueryResults metrics = run.metrics().queryMetrics(MetricsFilter.builder().build());
    for (MetricResult<Long> counter : metrics.getCounters()) {
      if (counter.getName().getNamespace().equals("midstream")
          && counter.getName().getName().equals(name)) {
        return counter.getAttempted();
      }
    }
    throw new AssertionError("no counter " + name);
  }

  @Test
  void smallBatchesChangeNothingForTheFiles() throws IOException {
    Map<ContentId, ContentAnalysis> expected = new LinkedHashMap<>();
    List<FileOutcome> outcomes = outcomesOfLibrary(expected);
    PCollection<AnalyzedBatch> result =
        pipeline
            .apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(LIBRARY))).withBatchFiles(7))
            .apply(ReadMidi.batches())
            .apply(AnalyzeMidi.batches());
    PAssert.that(files(result).apply("All files", Flatten.iterables()))
        .containsInAnyOrder(outcomes);
    // Digests as text: what an assertion holds must be serializable.
    Set<String> contents =
        expected.keySet().stream().map(ContentId::toString).collect(Collectors.toSet());
    PAssert.that(analyses(result))
        .satisfies(
            batches -> {
              Set<String> all = new TreeSet<>();
              for (List<ContentAnalysis> batch : batches) {
                Set<String> ofBatch = new TreeSet<>();
                batch.forEach(analysis -> ofBatch.add(analysis.content().toString()));
                // Duplicates may fall into two batches, but not twice into one.
                if (ofBatch.size() != batch.size()) {
                  throw new AssertionError("a content twice in a batch");
                }
                all.addAll(ofBatch);
              }
              if (!all.equals(contents)) {
                throw new AssertionError("other contents than expected");
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void batchesHaveTheFilesThatAreAllowed() throws IOException {
    int files = filesOf(LIBRARY).size();
    PCollection<Integer> sizes =
        pipeline
            .apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(LIBRARY))).withBatchFiles(7))
            .apply(MapElements.into(TypeDescriptors.integers()).via(List::size))
            .setCoder(VarIntCoder.of());
    List<Integer> expected = new ArrayList<>();
    for (int left = files; left > 0; left -= 7) {
      expected.add(Math.min(7, left));
    }
    PAssert.that(sizes).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void batchesHaveTheBytesThatAreAllowed() throws IOException {
    long most = MatchMidi.BATCH_BYTES;
    // Sparse files: sizes without bytes.
    List<Long> sizes =
        List.of(most, most + 1, 20 * most, most / 2, most / 2, most / 2, 1L, 0L, most - 1);
    for (int i = 0; i < sizes.size(); i++) {
      try (RandomAccessFile file =
          new RandomAccessFile(folder.resolve(i + ".mid").toFile(), "rw")) {
        file.setLength(sizes.get(i));
      }
    }
    PCollection<List<FileEntry>> batches =
        pipeline.apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(folder))));
    PAssert.that(batches.apply(Flatten.iterables())).containsInAnyOrder(filesOf(folder));
    PAssert.that(
            batches
                .apply(
                    MapElements.into(TypeDescriptors.longs())
                        .via(TransformsTest::bytesBeyondOneFile))
                .setCoder(VarLongCoder.of()))
        .satisfies(
            sums -> {
              for (long sum : sums) {
                if (sum > MatchMidi.BATCH_BYTES) {
                  throw new AssertionError("a batch of several files has " + sum + " bytes");
                }
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static long bytesBeyondOneFile(List<FileEntry> batch) {
    return batch.size() == 1 ? 0 : batch.stream().mapToLong(FileEntry::sizeBytes).sum();
  }

  @Test
  void severalPatternsAreMatchedGlobsAndMissingOnesIncluded() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(folder.resolve("b/c"));
    Path first = Files.write(folder.resolve("a/1.mid"), new byte[1]);
    Path second = Files.write(folder.resolve("b/c/2.mid"), new byte[2]);
    Files.write(folder.resolve("b/3.mid"), new byte[3]);
    PCollection<FileEntry> files =
        pipeline
            .apply(
                MatchMidi.patterns(
                    List.of(
                        FolderFileSystem.specOf(folder.resolve("a")),
                        folder + "/b/*/*.mid",
                        folder + "/none/*.mid",
                        FolderFileSystem.specOf(folder.resolve("none")))))
            .apply(Flatten.iterables());
    PAssert.that(files).containsInAnyOrder(entryOf(first), entryOf(second));
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aBatchWithUnreadableFilesStillHasTheOthers(ReadMode mode) throws IOException {
    byte[] good = Files.readAllBytes(LIBRARY.resolve("keys/d-major-2.mid"));
    FileEntry first = entryOf(Files.write(folder.resolve("1.mid"), good));
    FileEntry last = entryOf(Files.write(folder.resolve("9.mid"), good));
    FileEntry large = entryOf(Files.write(folder.resolve("large.mid"), new byte[100_000]));
    Systems.makePipe(folder.resolve("pipe.mid"));
    FileEntry pipe = entryOf(folder.resolve("pipe.mid"));
    FileEntry gone = new FileEntry(folder + "/gone.mid", 5, 7);
    FileEntry noFile =
        new FileEntry(
            LocalPaths.uriOf(Files.createDirectory(folder.resolve("folder.mid"))),
            FileEntry.NOT_A_FILE,
            7);
    ContentAnalyzer analyzer = new ContentAnalyzer();
    ContentId id = analyzer.identify(good, 0, good.length);
    ContentAnalysis analysis =
        new ContentAnalysis(id, analyzer.analyze(good, 0, good.length).analysis());

    PCollection<AnalyzedBatch> result =
        pipeline
            .apply(
                Create.of(List.of(List.of(first, gone, noFile, large, pipe, last)))
                    .withCoder(ListCoder.of(FileEntryCoder.of())))
            .apply(ReadMidi.batches().withMode(mode).withMaxFileBytes(50_000))
            .apply(AnalyzeMidi.batches());
    // In the order of the batch.
    PAssert.that(files(result))
        .containsInAnyOrder(
            List.of(
                List.of(
                    new FileOutcome(first, id, null),
                    new FileOutcome(
                        gone,
                        null,
                        new Rejected(
                            RejectReason.VANISHED, 0, "listed, but not there when it was read")),
                    new FileOutcome(
                        noFile, null, new Rejected(RejectReason.NOT_A_FILE, 0, "a folder")),
                    new FileOutcome(
                        large,
                        null,
                        new Rejected(
                            RejectReason.TOO_LARGE,
                            50_000,
                            "100000 bytes or more; --maxFileBytes allows 50000")),
                    new FileOutcome(
                        pipe,
                        null,
                        new Rejected(RejectReason.NOT_A_FILE, 0, "a pipe, a socket or a device")),
                    new FileOutcome(last, id, null))));
    PAssert.that(analyses(result)).containsInAnyOrder(List.of(List.of(analysis)));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aBatchOfRejectsHasNoAnalyses() throws IOException {
    FileEntry empty = entryOf(Files.write(folder.resolve("empty.mid"), new byte[0]));
    FileEntry twin = entryOf(Files.write(folder.resolve("twin.mid"), new byte[0]));
    Rejected rejected = new Rejected(RejectReason.EMPTY, 0, "the file has no bytes");
    ContentId id = new ContentAnalyzer().identify(new byte[0], 0, 0);
    PCollection<AnalyzedBatch> result =
        pipeline
            .apply(
                Create.of(List.of(List.of(empty, twin)))
                    .withCoder(ListCoder.of(FileEntryCoder.of())))
            .apply(ReadMidi.batches())
            .apply(AnalyzeMidi.batches());
    PAssert.that(files(result))
        .containsInAnyOrder(
            List.of(
                List.of(
                    new FileOutcome(empty, id, rejected), new FileOutcome(twin, id, rejected))));
    PAssert.that(analyses(result)).containsInAnyOrder(List.of(List.of()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void moreFilesThanMappingsGoThroughOneBatch() throws IOException {
    byte[] good = Files.readAllBytes(LIBRARY.resolve("keys/d-major-2.mid"));
    int files = FileMapping.MOST_LIVE_MAPPINGS + 44;
    for (int i = 0; i < files; i++) {
      Files.write(folder.resolve(i + ".mid"), good);
    }
    ContentId id = new ContentAnalyzer().identify(good, 0, good.length);
    List<FileOutcome> expected =
        filesOf(folder).stream().map(entry -> new FileOutcome(entry, id, null)).toList();
    PCollection<AnalyzedBatch> result =
        pipeline
            .apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(folder))))
            .apply(ReadMidi.batches().withMode(ReadMode.MMAP))
            .apply(AnalyzeMidi.batches());
    PAssert.that(files(result).apply(Flatten.iterables())).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
    assertThat(FileMapping.live(), is(0));
  }

  @Test
  void progressCountsWhatWasDone() throws IOException {
    Map<ContentId, ContentAnalysis> analyses = new LinkedHashMap<>();
    List<FileOutcome> outcomes = outcomesOfLibrary(analyses);
    long bytes = outcomes.stream().mapToLong(outcome -> outcome.entry().sizeBytes()).sum();
    long rejected = outcomes.stream().filter(outcome -> outcome.rejected() != null).count();
    Progress.reset();
    pipeline
        .apply(MatchMidi.patterns(List.of(FolderFileSystem.specOf(LIBRARY))))
        .apply(ReadMidi.batches())
        .apply(AnalyzeMidi.batches());
    pipeline.run().waitUntilFinish();
    Progress.skipped(3);
    Progress.Snapshot done = Progress.snapshot();
    assertThat(
        done,
        is(
            new Progress.Snapshot(
                outcomes.size(), 3, outcomes.size() - rejected, rejected, bytes, done.nanos())));
    for (RunStage here : List.of(RunStage.LISTING, RunStage.READING, RunStage.ANALYSIS)) {
      assertThat(here.label(), done.nanos().get(here), greaterThan(0L));
    }
    assertThat(done.nanos().get(RunStage.WRITING), is(0L));
    assertThat(done.done(), is(outcomes.size() + 3L));
  }

  @Test
  void settingsAreCheckedAndShown() {
    MatchMidi match = MatchMidi.patterns(List.of("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> match.withBatchFiles(0));
    ReadMidi read = ReadMidi.batches();
    assertThrows(IllegalArgumentException.class, () -> read.withMaxFileBytes(0));
    assertThrows(IllegalArgumentException.class, () -> read.withMaxFileBytes((1L << 30) + 1));
    assertThrows(IllegalArgumentException.class, () -> read.withRemoteReads(0));
    assertThrows(IllegalArgumentException.class, () -> read.withRemoteReads(1001));
    assertThat(shown(match.withBatchFiles(9)), is("batchFiles=9 patterns=a,b"));
    assertThat(
        shown(read.withMode(ReadMode.READ).withMaxFileBytes(1L << 30).withRemoteReads(7)),
        is("maxFileBytes=1073741824 readMode=READ remoteReads=7"));
  }

  private static String shown(org.apache.beam.sdk.transforms.display.HasDisplayData transform) {
    return DisplayData.from(transform).items().stream()
        .map(item -> item.getKey() + "=" + item.getValue())
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" "));
  }
}
