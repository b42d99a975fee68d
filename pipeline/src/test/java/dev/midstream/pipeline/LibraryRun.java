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
    MetricsFilter skipped =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named("midstream", "skipped"))
            .build();
    long known = 0;
    for (var counter : result.metrics().queryMetrics(skipped).getCounters()) {
      known += counter.getCommitted();
    }
    long missing = log.markMissing(LibraryInput.coverage(patterns));
    return log.end(RunLog.End.FINISHED, known, missing);
  }
}
