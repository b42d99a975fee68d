package dev.midstream.transforms;

import dev.midstream.midi.RejectReason;
import dev.midstream.transforms.ContentBatch.Content;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Analyses the contents of each batch, each distinct content of a batch once, and what is known
 * already not at all where asking is cheaper than analysing.
 */
public final class AnalyzeMidi
    extends PTransform<PCollection<ContentBatch>, PCollection<AnalyzedBatch>> {
  private final KnownContents known;

  private AnalyzeMidi(KnownContents known) {
    this.known = known;
  }

  /** The analysis of batches, of all that they hold. */
  public static AnalyzeMidi batches() {
    return new AnalyzeMidi(KnownContents.none());
  }

  /** The same without what is {@code known}: its files end as analysed, without an analysis. */
  public AnalyzeMidi sparing(KnownContents known) {
    return new AnalyzeMidi(known);
  }

  @Override
  public PCollection<AnalyzedBatch> expand(PCollection<ContentBatch> batches) {
    return batches
        .apply("Analyze", ParDo.of(new AnalyzeFn(known)))
        .setCoder(AnalyzedBatchCoder.of());
  }

  static final class AnalyzeFn extends DoFn<ContentBatch, AnalyzedBatch> {
    private final Counter analyzed = Metrics.counter("midstream", "analyzed");
    private final Counter rejected = Metrics.counter("midstream", "rejected");
    private final Counter spared = Metrics.counter("midstream", "spared");
    private final KnownContents known;

    /** The bundle's arena: lives with the instance, is reset a file and trimmed a bundle. */
    private transient ContentAnalyzer analyzer;

    private transient Sparing sparing;

    AnalyzeFn(KnownContents known) {
      this.known = known;
    }

    @Setup
    public void setup() {
      analyzer = new ContentAnalyzer();
      sparing = new Sparing();
      known.open();
    }

    @Teardown
    public void teardown() {
      known.close();
    }

    @ProcessElement
    public void process(@Element ContentBatch batch, OutputReceiver<AnalyzedBatch> out)
        throws Exception {
      long begin = System.nanoTime();
      List<@Nullable ContentId> ids = identify(batch);
      Progress.spent(RunStage.ANALYSIS, begin);
      // What became of each content; of a known one, that it could be analysed.
      Map<ContentId, FileOutcome> outcomes = new HashMap<>();
      Set<ContentId> stored = askFor(ids);
      List<FileOutcome> files = new ArrayList<>(ids.size());
      List<ContentAnalysis> analyses = new ArrayList<>(ids.size());
      Map<RejectReason, Integer> rejects = new EnumMap<>(RejectReason.class);
      int copies = 0;
      long start = System.nanoTime();
      for (int i = 0; i < ids.size(); i++) {
        Content content = batch.contents().get(i);
        ContentId id = ids.get(i);
        FileOutcome outcome;
        if (id == null) {
          outcome = new FileOutcome(content.entry(), null, content.rejected());
        } else if (stored.contains(id)) {
          outcome = new FileOutcome(content.entry(), id, null);
          copies++;
        } else {
          FileOutcome first =
              outcomes.computeIfAbsent(id, unseen -> analyze(batch, content, unseen, analyses));
          outcome = new FileOutcome(content.entry(), id, first.rejected());
        }
        files.add(outcome);
        if (outcome.rejected() != null) {
          rejects.merge(outcome.rejected().reason(), 1, Integer::sum);
        }
      }
      sparing.analyzed(outcomes.size(), System.nanoTime() - start);
      int rejectedFiles = rejects.values().stream().mapToInt(Integer::intValue).sum();
      analyzed.inc(files.size() - rejectedFiles);
      rejected.inc(rejectedFiles);
      rejects.forEach((reason, number) -> rejectedFor(reason).inc(number));
      spared.inc(copies);
      Progress.analyzed(files.size() - rejectedFiles);
      Progress.rejected(rejectedFiles);
      Progress.spent(RunStage.ANALYSIS, start);
      out.output(new AnalyzedBatch(files, analyses));
    }

    private static Counter rejectedFor(RejectReason reason) {
      return Metrics.counter("midstream", "rejected_" + reason.code());
    }

    /** The identities of the contents; null where there is none to be had. */
    private List<@Nullable ContentId> identify(ContentBatch batch) {
      List<@Nullable ContentId> ids = new ArrayList<>(batch.contents().size());
      for (Content content : batch.contents()) {
        ids.add(
            content.rejected() == null
                ? analyzer.identify(batch.bytes(), content.offset(), content.length())
                : null);
      }
      return ids;
    }

    private Set<ContentId> askFor(List<@Nullable ContentId> ids) throws Exception {
      if (!sparing.isWorthAsking()) {
        sparing.unasked();
        return Set.of();
      }
      long start = System.nanoTime();
      Set<ContentId> contents = new HashSet<>(ids);
      contents.remove(null);
      Set<ContentId> stored = contents.isEmpty() ? Set.of() : known.among(contents);
      sparing.asked(contents.size(), stored.size(), System.nanoTime() - start);
      Progress.spent(RunStage.LOOK_UP, start);
      return stored;
    }

    private FileOutcome analyze(
        ContentBatch batch, Content content, ContentId id, List<ContentAnalysis> analyses) {
      ContentAnalyzer.Result result =
          analyzer.analyze(batch.bytes(), content.offset(), content.length());
      if (result.analysis() != null) {
        analyses.add(new ContentAnalysis(id, result.analysis()));
      }
      return new FileOutcome(content.entry(), id, result.rejected());
    }

    @FinishBundle
    public void finishBundle() {
      analyzer.trim();
    }
  }
}
