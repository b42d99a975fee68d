package dev.midstream.transforms;

import dev.midstream.transforms.ContentBatch.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Analyses the contents of each batch. Out come, batch by batch, how each file ended ({@link
 * #FILES}) and what each distinct content of the batch is ({@link #ANALYSES}).
 */
public final class AnalyzeMidi extends PTransform<PCollection<ContentBatch>, PCollectionTuple> {
  /** One outcome for each file of a batch. */
  public static final TupleTag<List<FileOutcome>> FILES = new TupleTag<>("files");

  /** One analysis for each distinct content of a batch that could be analysed. */
  public static final TupleTag<List<ContentAnalysis>> ANALYSES = new TupleTag<>("analyses");

  private AnalyzeMidi() {}

  /** The analysis of batches. */
  public static AnalyzeMidi batches() {
    return new AnalyzeMidi();
  }

  @Override
  public PCollectionTuple expand(PCollection<ContentBatch> batches) {
    PCollectionTuple outcomes =
        batches.apply(
            "Analyze", ParDo.of(new AnalyzeFn()).withOutputTags(FILES, TupleTagList.of(ANALYSES)));
    outcomes.get(FILES).setCoder(ListCoder.of(FileOutcomeCoder.of()));
    outcomes.get(ANALYSES).setCoder(ListCoder.of(ContentAnalysisCoder.of()));
    return outcomes;
  }

  static final class AnalyzeFn extends DoFn<ContentBatch, List<FileOutcome>> {
    private final Counter analyzed = Metrics.counter("midstream", "analyzed");
    private final Counter rejected = Metrics.counter("midstream", "rejected");

    /** The bundle's arena: lives with the instance, is reset a file and trimmed a bundle. */
    private transient ContentAnalyzer analyzer;

    @Setup
    public void setup() {
      analyzer = new ContentAnalyzer();
    }

    @ProcessElement
    public void process(@Element ContentBatch batch, MultiOutputReceiver out) {
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
      out.get(FILES).output(files);
      if (!analyses.isEmpty()) {
        out.get(ANALYSES).output(analyses);
      }
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
