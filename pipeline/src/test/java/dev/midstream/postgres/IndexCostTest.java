package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.midstream.analysis.Analysis;
import dev.midstream.analysis.Fingerprint;
import dev.midstream.analysis.Fingerprints;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.ContentAnalyzer;
import dev.midstream.transforms.FileOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all indexes cost when a library is loaded, against none but primary keys: {@code
 * -Dmidstream.load=100000} rows of each table, by the statements of a run, with and without in
 * turn. The rows are what is known of the synthetic library, with other tempi and titles, or with
 * {@code -Dmidstream.library=FOLDER} what is known of that one, as it is.
 */
@ExtendWith(TestServer.class)
@Timeout(3600)
@EnabledIfSystemProperty(named = "midstream.load", matches = "\\d+")
class IndexCostTest {
  private static final int FILES = Integer.getInteger("midstream.load", 0);
  private static final int ROUNDS = Integer.getInteger("midstream.load.rounds", 5);
  private static final int BATCH = 1000;
  private static final double MOST = 1.25;

  /** A pattern: with these indexes only. */
  private static final String KEPT = System.getProperty("midstream.load.indexes", ".*");

  /** A library of many files is varied enough. */
  private static final @Nullable String LIBRARY = System.getProperty("midstream.library");

  private final UUID runId = UUID.randomUUID();

  /** The rows of one batch, made anew each time: all of them would be too many to keep. */
  private record Batch(List<ContentAnalysis> analyses, List<FileOutcome> files) {
    static Batch of(List<Analysis> kinds, int from) {
      Random random = new Random(from);
      List<ContentAnalysis> analyses = new ArrayList<>();
      List<FileOutcome> files = new ArrayList<>();
      for (int i = from; i < Math.min(FILES, from + BATCH); i++) {
        Analysis kind = kinds.get(random.nextInt(kinds.size()));
        ContentAnalysis analysis =
            new ContentAnalysis(Samples.id("content " + i), varied(kind, i, random));
        analyses.add(analysis);
        String uri = "/music/%04d/song-%07d.mid".formatted(i / 1000, i);
        files.add(new FileOutcome(new FileEntry(uri, 5000, 1L << 40), analysis.content(), null));
      }
      analyses.sort(Comparator.comparing(ContentAnalysis::content));
      return new Batch(analyses, files);
    }
  }

  @Test
  void theyCostAQuarterAtMost(TestLibrary library) throws Exception {
    List<Analysis> kinds = kinds();
    double[] with = new double[ROUNDS];
    double[] without = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double bare = seconds(library, false, kinds);
      double indexed = seconds(library, true, kinds);
      System.out.printf(
          "%s: %,d files in %.1f s without indexes, %.1f s with all%n",
          round < 0 ? "warm-up" : "round " + round, FILES, bare, indexed);
      if (round >= 0) {
        without[round] = bare;
        with[round] = indexed;
      }
    }
    Arrays.sort(with);
    Arrays.sort(without);
    double ratio = with[ROUNDS / 2] / without[ROUNDS / 2];
    System.out.printf(
        "medians %.2f s without, %.2f s with: %.2f times%n",
        without[ROUNDS / 2], with[ROUNDS / 2], ratio);
    assertThat(ratio, lessThanOrEqualTo(MOST));
  }

  private double seconds(TestLibrary library, boolean indexed, List<Analysis> kinds)
      throws Exception {
    library.execute("drop schema if exists midstream cascade");
    library.migrated();
    for (List<Object> index : library.rows(QueriesTest.INDEXES)) {
      if (!indexed || !((String) index.get(0)).matches(KEPT)) {
        library.execute("drop index midstream." + index.get(0));
      }
    }
    library.execute("checkpoint");
    long nanos = 0;
    BatchUpsert<FileOutcome> fileRows = FileRows.upsert(runId);
    try (Connection connection = DriverManager.getConnection(library.url(), "postgres", null);
        PreparedStatement analysis = connection.prepareStatement(AnalysisRows.UPSERT.sql());
        PreparedStatement file = connection.prepareStatement(fileRows.sql())) {
      for (int from = 0; from < FILES; from += BATCH) {
        Batch batch = Batch.of(kinds, from);
        long start = System.nanoTime();
        AnalysisRows.UPSERT.setParameters(batch.analyses(), analysis, 1);
        analysis.executeUpdate();
        fileRows.setParameters(batch.files(), file, 1);
        file.executeUpdate();
        nanos += System.nanoTime() - start;
      }
    }
    return nanos / 1e9;
  }

  /** What is known of the library. */
  private static List<Analysis> kinds() throws Exception {
    ContentAnalyzer analyzer = new ContentAnalyzer();
    List<Analysis> kinds = new ArrayList<>();
    Path root =
        LIBRARY != null
            ? Path.of(LIBRARY)
            : Path.of(System.getProperty("midstream.testdata"), "library");
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(root)) {
      paths = tree.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path path : paths) {
      byte[] bytes = Files.readAllBytes(path);
      Analysis analysis = analyzer.analyze(bytes, 0, bytes.length).analysis();
      if (analysis != null) {
        kinds.add(analysis);
      }
    }
    return kinds;
  }

  /** Another piece of the same kind: what the indexes hold differs. */
  private static Analysis varied(Analysis kind, int i, Random random) {
    Analysis.Tempo tempo = kind.tempo();
    Analysis.Tempo other =
        new Analysis.Tempo(
            tempo.bpm() == null ? null : tempo.bpm() * (0.8f + 0.4f * random.nextFloat()),
            tempo.confidence(),
            tempo.method(),
            tempo.onsetBpm(),
            tempo.onsetConfidence(),
            tempo.changes(),
            tempo.onsetChanges());
    Analysis.Texts texts =
        new Analysis.Texts(
            random.nextInt(10) < 6 ? random.nextInt(1000) + " song " + i : null,
            kind.texts().trackNames(),
            kind.texts().lyrics(),
            kind.texts().copyright(),
            kind.texts().markers());
    return new Analysis(
        kind.timing(),
        LIBRARY == null ? other : tempo,
        kind.key(),
        kind.meter(),
        kind.groove(),
        kind.notes(),
        new Fingerprints(
            new Fingerprint(random.nextLong(), random.nextLong()),
            new Fingerprint(random.nextLong(), random.nextLong())),
        kind.programs(),
        LIBRARY == null ? texts : kind.texts(),
        kind.warnings());
  }
}
