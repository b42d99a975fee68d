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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all indexes cost when a library is loaded, against none but primary keys: {@code
 * -Dmidstream.load=100000} rows of each table, by the statements of a run, with and without in
 * turn.
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

  private final Random random = new Random(7);
  private final UUID runId = UUID.randomUUID();

  @Test
  void theyCostAQuarterAtMost(TestLibrary library) throws Exception {
    List<Analysis> kinds = kinds();
    List<List<ContentAnalysis>> analyses = new ArrayList<>();
    List<List<FileOutcome>> files = new ArrayList<>();
    for (int from = 0; from < FILES; from += BATCH) {
      List<ContentAnalysis> batch = new ArrayList<>();
      List<FileOutcome> outcomes = new ArrayList<>();
      for (int i = from; i < from + BATCH; i++) {
        Analysis kind = kinds.get(random.nextInt(kinds.size()));
        ContentAnalysis analysis = new ContentAnalysis(Samples.id("content " + i), varied(kind, i));
        batch.add(analysis);
        String uri = "/music/%04d/song-%07d.mid".formatted(i / 1000, i);
        outcomes.add(new FileOutcome(new FileEntry(uri, 5000, 1L << 40), analysis.content(), null));
      }
      batch.sort(Comparator.comparing(ContentAnalysis::content));
      analyses.add(batch);
      files.add(outcomes);
    }

    double[] with = new double[ROUNDS];
    double[] without = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double bare = seconds(library, false, analyses, files);
      double indexed = seconds(library, true, analyses, files);
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

  private double seconds(
      TestLibrary library,
      boolean indexed,
      List<List<ContentAnalysis>> analyses,
      List<List<FileOutcome>> files)
      throws Exception {
    library.execute("drop schema if exists midstream cascade");
    library.migrated();
    for (List<Object> index : library.rows(QueriesTest.INDEXES)) {
      if (!indexed || !((String) index.get(0)).matches(KEPT)) {
        library.execute("drop index midstream." + index.get(0));
      }
    }
    library.execute("checkpoint");
    long start = System.nanoTime();
    BatchUpsert<FileOutcome> fileRows = FileRows.upsert(runId);
    try (Connection connection = DriverManager.getConnection(library.url(), "postgres", null);
        PreparedStatement analysis = connection.prepareStatement(AnalysisRows.UPSERT.sql());
        PreparedStatement file = connection.prepareStatement(fileRows.sql())) {
      for (int batch = 0; batch < analyses.size(); batch++) {
        AnalysisRows.UPSERT.setParameters(analyses.get(batch), analysis, 1);
        analysis.executeUpdate();
        fileRows.setParameters(files.get(batch), file, 1);
        file.executeUpdate();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** What is in the synthetic library. */
  private static List<Analysis> kinds() throws Exception {
    ContentAnalyzer analyzer = new ContentAnalyzer();
    List<Analysis> kinds = new ArrayList<>();
    Path root = Path.of(System.getProperty("midstream.testdata"), "library");
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
  private Analysis varied(Analysis kind, int i) {
    Analysis.Tempo tempo = kind.tempo();
    return new Analysis(
        kind.timing(),
        new Analysis.Tempo(
            tempo.bpm() == null ? null : tempo.bpm() * (0.8f + 0.4f * random.nextFloat()),
            tempo.confidence(),
            tempo.method(),
            tempo.onsetBpm(),
            tempo.onsetConfidence(),
            tempo.changes(),
            tempo.onsetChanges()),
        kind.key(),
        kind.meter(),
        kind.groove(),
        kind.notes(),
        new Fingerprints(
            new Fingerprint(random.nextLong(), random.nextLong()),
            new Fingerprint(random.nextLong(), random.nextLong())),
        kind.programs(),
        new Analysis.Texts(
            random.nextInt(10) < 6 ? random.nextInt(1000) + " song " + i : null,
            kind.texts().trackNames(),
            kind.texts().lyrics(),
            kind.texts().copyright(),
            kind.texts().markers()),
        kind.warnings());
  }
}
