package dev.midstream.transforms;

import dev.midstream.transforms.ContentBatch.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Analyses the contents of each batch, each distinct content of a batch once. */
public final class AnalyzeMidi
    extends PTransform<PCollection<ContentBatch>, PCollection<AnalyzedBatch>> {

  private AnalyzeMidi() {}

  /** The analysis of batches. */
  public static AnalyzeMidi batches() {
    return new AnalyzeMidi();
  }

  @Override
  public PCollection<AnalyzedBatch> expand(PCollection<ContentBatch> batches) {
    return batches.apply("Analyze", ParDo.of(new AnalyzeFn())).setCoder(AnalyzedBatchCoder.of());
  }

  static final class AnalyzeFn extends DoFn<ContentBatch, AnalyzedBatch> {
    private final Counter analyzed = Metrics.counter("midstream", "analyzed");
    private final Counter rejected = Metrics.counter("midstream", "rejected");

    /** The bundle's arena: lives with the instance, is reset a file and trimmed a bundle. */
    private transient ContentAnalyzer analyzer;

    @Setup
    public void setup() {
      analyzer = new ContentAnalyzer();
    }

    @ProcessElement
    public void process(@Element ContentBatch batch, OutputReceiver<AnalyzedBatch> out) {
      List<FileOutcome> files = new ArrayList<>(batch.contents().size());
      List<ContentAnalysis> analyses = new ArrayList<>(batch.contents().size());
      Map<ContentId, FileOutcome> seen = new HashMap<>();
      int rejects = 0;
      for (Content content : batch.contents()) {
        FileOutcome outcome = outcome(batch, content, seen, analyses);
        files.add(outcome);
        rejects += outcome.rejected() == null ? 0 : 1;
      }
      analyzed.inc(files.size() - rejects);
      rejected.inc(rejects);
      Progress.analyzed(files.size() - rejects);
      Progress.rejected(rejects);
      out.output(new AnalyzedBatch(files, analyses));
    }

    private FileOutcome outcome(
        ContentBatch batch,
        Content content,
        Map<ContentId, FileOutcome> seen,
        List<ContentAnalysis> analyses) {
      if (content.rejected() != null) {
        return new FileOutcome(content.entry(), null, content.rejected());
      }
      ContentId id = analyzer.identify(batch.bytes(), content.offset(), content.length());
      FileOutcome twin = seen.get(id);
      if (twin != null) {
        return new FileOutcome(content.entry(), id, twin.rejected());
      }
      ContentAnalyzer.Result result =
          analyzer.analyze(batch.bytes(), content.offset(), content.length());
      if (result.analysis() != null) {
        analyses.add(new ContentAnalysis(id, result.analysis()));
      }
      FileOutcome outcome = new FileOutcome(content.entry(), id, result.rejected());
      seen.put(id, outcome);
      return outcome;
    }

    @FinishBundle
    public void finishBundle() {
      analyzer.trim();
    }
  }
}
