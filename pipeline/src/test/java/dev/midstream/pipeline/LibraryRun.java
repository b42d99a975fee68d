package dev.midstream.pipeline;

import dev.midstream.analysis.Analysis;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.LibrarySchema;
import dev.midstream.postgres.RunLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A run as the command does it. */
final class LibraryRun {
  private LibraryRun() {}

  static RunLog.Totals over(String input, Database database, String... arguments) throws Exception {
    return of(input, database, arguments).totals();
  }

  /** The files of a run whose content was known, and which were not analysed. */
  static long spared(String input, Database database, String... arguments) throws Exception {
    return counter(of(input, database, arguments).result(), "spared");
  }

  private record Ended(RunLog.Totals totals, PipelineResult result) {}

  private static Ended of(String input, Database database, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--input=" + input);
    MidstreamOptions options =
        PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).as(MidstreamOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    LibrarySchema.migrate(database);
    UUID runId = UUID.randomUUID();
    RunLog log = new RunLog(database, runId);
    log.begin(
        "DirectRunner", options.getInput(), "{\"analyzerVersion\": " + Analysis.VERSION + "}");
    Pipeline pipeline = Pipeline.create(options);
    List<String> patterns = LibraryInput.patterns(options.getInput());
    MidstreamPipeline.build(pipeline, options, patterns, database, runId);
    PipelineResult result = pipeline.run();
    if (result.waitUntilFinish() != PipelineResult.State.DONE) {
      throw new AssertionError("the run ended as " + result.getState());
    }
    long missing = log.markMissing(LibraryInput.coverage(patterns));
    RunLog.Totals totals = log.end(RunLog.End.FINISHED, counter(result, "skipped"), missing);
    return new Ended(totals, result);
  }

  private static long counter(PipelineResult result, String name) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named("midstream", name)).build();
    long sum = 0;
    for (var counter : result.metrics().queryMetrics(filter).getCounters()) {
      sum += counter.getCommitted();
    }
    return sum;
  }
}
