package dev.midstream.runners;

import dev.midstream.analysis.Analysis;
import dev.midstream.buckets.StoreUse;
import dev.midstream.pipeline.LibraryInput;
import dev.midstream.pipeline.MidstreamOptions;
import dev.midstream.pipeline.MidstreamPipeline;
import dev.midstream.pipeline.RunDate;
import dev.midstream.pipeline.UserError;
import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.LibrarySchema;
import dev.midstream.postgres.RunLog;
import dev.midstream.transforms.Progress;
import dev.midstream.transforms.Progress.Snapshot;
import dev.midstream.transforms.StopSignal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * One run from its options to its summary: check everything, then work. What is opened here, the
 * embedded server and the pools, is closed here, however the run ends.
 */
final class Launcher {
  private static final int FAILED_ON_REJECTS = 3;
  private static final int FLINK_CONNECTIONS_A_SLOT = 2;
  private static final long END_MILLIS = 1_500;

  private final MidstreamOptions options;

  Launcher(MidstreamOptions options) {
    this.options = options;
  }

  /** Runs, and returns the exit status. */
  int run() throws Exception {
    if (options.getQuery() != null) {
      return withDatabase(this::query);
    }
    FileSystems.setDefaultPipelineOptions(options);
    options.setInput(RunDate.resolve(options.getInput(), options.getDate(), Clock.systemUTC()));
    List<String> patterns = LibraryInput.patterns(options.getInput());
    if (options.getFailOnRejects() < 0 || options.getFailOnRejects() > 1) {
      throw new UserError("--failOnRejects is a fraction, 0 to 1");
    }
    if (options.getRunner() == FlinkRunner.class
        && options.getPoolSize() > 0
        && options.getPoolSize() < FLINK_CONNECTIONS_A_SLOT) {
      throw new UserError(
          "--poolSize must be at least %d for each slot of a Flink worker"
              .formatted(FLINK_CONNECTIONS_A_SLOT));
    }
    // Composed once without running, so that a wrong option is told before a server is started.
    Pipeline checked = compose(patterns, nowhere(), UUID.randomUUID());
    if (isHere()) {
      WarmUp.begin(checked);
    }
    return withDatabase(database -> work(patterns, database));
  }

  /** What is done while the database is there. */
  private interface Work {
    int with(Database database) throws Exception;
  }

  private int withDatabase(Work work) throws Exception {
    try {
      if (options.getJdbcUrl() != null) {
        return work.with(checked(database(options.getJdbcUrl(), options.getJdbcUser())));
      }
      try (EmbeddedDatabase embedded = EmbeddedDatabase.start(Path.of(options.getDataDir()))) {
        return work.with(checked(database(embedded.url(), embedded.user())));
      }
    } finally {
      ConnectionPools.closeAll();
    }
  }

  private Database checked(Database database) {
    try {
      LibrarySchema.check(database);
      return database;
    } catch (SQLException e) {
      throw new UserError(Failures.describe(database, e), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private Database nowhere() {
    String url = options.getJdbcUrl();
    return database(url == null ? "jdbc:postgresql:" : url, options.getJdbcUser());
  }

  private Database database(String url, String user) {
    try {
      int pool = options.getPoolSize() == 0 && isHere() ? writers() : options.getPoolSize();
      return new Database(url, user, options.getJdbcPasswordFile(), pool);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /**
   * The connections that one JVM can use at once. On Flink the write of a slot holds one to the end
   * of its bundle, which is the partition, while the look-up borrows a second; a thread of the
   * DirectRunner works on one bundle of one step.
   */
  private int writers() {
    return options.getRunner() == FlinkRunner.class
        ? FLINK_CONNECTIONS_A_SLOT * threads()
        : threads();
  }

  /** Whether the work is done in this JVM, and not on a cluster. */
  private boolean isHere() {
    return options.getRunner() != FlinkRunner.class
        || EmbeddedFlink.isMeant(options.as(FlinkPipelineOptions.class));
  }

  /** The slots of Flink, or the threads of the DirectRunner. */
  private int threads() {
    if (options.getRunner() == FlinkRunner.class) {
      int slots = options.as(FlinkPipelineOptions.class).getParallelism();
      return slots > 0 ? slots : Runtime.getRuntime().availableProcessors();
    }
    return options.as(DirectOptions.class).getTargetParallelism();
  }

  private int query(Database database) throws SQLException {
    try {
      QueryPrinter.print(database, options.getQuery(), System.out);
      return 0;
    } catch (SQLException e) {
      throw new UserError("--query: " + Failures.oneLine(e), e);
    }
  }

  private int work(List<String> patterns, Database database) throws Exception {
    boolean isHere = isHere();
    if (options.getRunner() == FlinkRunner.class) {
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      if (isHere) {
        EmbeddedFlink.configure(flink);
      } else {
        RemoteFlink.configure(flink);
        System.out.println("midstream: " + RemoteFlink.describe(flink, database));
      }
    }
    LibrarySchema.migrate(database);
    UUID runId = UUID.randomUUID();
    RunLog log = new RunLog(database, runId);
    Progress.reset();
    StopSignal.reset();
    log.begin(options.getRunner().getSimpleName(), options.getInput(), optionsJson());
    try (Interruption interruption =
        isHere
            ? Interruption.listen(() -> endSoon(log, RunLog.End.INTERRUPTED))
            : Interruption.deaf()) {
      return work(patterns, database, runId, log, interruption);
    }
  }

  private int work(
      List<String> patterns, Database database, UUID runId, RunLog log, Interruption interruption)
      throws Exception {
    Pipeline pipeline = compose(patterns, database, runId);
    Snapshot before = Progress.snapshot();
    long start = System.nanoTime();
    PipelineResult result;
    try {
      result = finish(pipeline);
    } catch (Exception | Error e) {
      RunLog.End end = StopSignal.isGiven() ? RunLog.End.INTERRUPTED : RunLog.End.FAILED;
      // A step that the DirectRunner still sets up would get new threads, and begin to read.
      StopSignal.give();
      StoreUse.abandonAll();
      endSoon(log, end);
      throw e;
    }
    TimeShares shares =
        new TimeShares(before, Progress.snapshot(), System.nanoTime() - start, threads());
    boolean interrupted = StopSignal.isGiven();
    long missing = interrupted ? 0 : log.markMissing(LibraryInput.coverage(patterns));
    RunLog.Totals totals =
        log.end(
            interrupted ? RunLog.End.INTERRUPTED : RunLog.End.FINISHED,
            counted("skipped", result),
            missing);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (interrupted) {
      System.err.println(
          "midstream: interrupted; %d files are written, and the next run goes on behind them"
              .formatted(totals.files()));
      return interruption.status();
    }
    long retries = counted("retries", result);
    Summary.print(database, runId, totals, retries, seconds, shares, options, System.out);
    long tried = totals.analyzed() + totals.rejected();
    if (tried > 0 && (double) totals.rejected() / tried > options.getFailOnRejects()) {
      System.err.println(
          "midstream: %d of %d files rejected, more than --failOnRejects=%s allows"
              .formatted(totals.rejected(), tried, options.getFailOnRejects()));
      return FAILED_ON_REJECTS;
    }
    return 0;
  }

  /**
   * The graph of a run, as its runner is to have it.
   *
   * @throws UserError for an option out of its range
   */
  Pipeline compose(List<String> patterns, Database database, UUID runId) {
    Pipeline pipeline = Pipeline.create(options);
    MidstreamPipeline.build(pipeline, options, patterns, database, runId);
    if (options.getRunner() == DirectRunner.class) {
      pipeline.replaceAll(List.of(DirectDeal.override()));
    }
    return pipeline;
  }

  private PipelineResult finish(Pipeline pipeline) throws Exception {
    try (ProgressLine progress = isHere() ? ProgressLine.start(System.out, threads()) : null) {
      PipelineResult result = pipeline.run();
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException("the run ended as " + state);
      }
      return result;
    } finally {
      if (options.getRunner() == FlinkRunner.class) {
        EmbeddedFlink.awaitEnd();
      }
    }
  }

  /** Records an end that is no good one, if the database is there to take it. */
  private static void endSoon(RunLog log, RunLog.End end) {
    Thread recording =
        new Thread(
            () -> {
              try {
                log.end(end, Progress.snapshot().skipped(), 0);
              } catch (SQLException | RuntimeException e) {
                // What ended the run is told; that this could not be recorded, its row tells.
              }
            },
            "midstream-end");
    recording.setDaemon(true);
    recording.start();
    try {
      recording.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The sum of a counter of our steps. */
  private static long counted(String name, PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named("midstream", name)).build();
    long sum = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }

  /** What the run row keeps: what decides about the result, and no secret. */
  private String optionsJson() {
    return String.format(
        Locale.ROOT,
        "{\"analyzerVersion\": %d, \"readMode\": \"%s\", \"maxFileBytes\": %d,"
            + " \"writeBatchSize\": %d, \"reanalyze\": %b, \"date\": %s}",
        Analysis.VERSION,
        options.getReadMode(),
        options.getMaxFileBytes(),
        options.getWriteBatchSize(),
        options.getReanalyze(),
        options.getDate() == null ? "null" : "\"" + options.getDate().strip() + "\"");
  }
}
