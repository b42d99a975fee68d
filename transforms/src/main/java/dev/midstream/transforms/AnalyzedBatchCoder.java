package dev.midstream.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ListCoder;

/** Encodes an {@link AnalyzedBatch}. */
public final class AnalyzedBatchCoder extends AtomicCoder<AnalyzedBatch> {
  private static final AnalyzedBatchCoder INSTANCE = new AnalyzedBatchCoder();
  private static final ListCoder<FileOutcome> FILES = ListCoder.of(FileOutcomeCoder.of());
  private static final ListCoder<ContentAnalysis> ANALYSES =
      ListCoder.of(ContentAnalysisCoder.of());

  private AnalyzedBatchCoder() {}

  /** The coder. */
  public static AnalyzedBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(AnalyzedBatch batch, OutputStream out) throws IOException {
    FILES.encode(batch.files(), out);
    ANALYSES.encode(batch.analyses(), out);
  }

  @Override
  public AnalyzedBatch decode(InputStream in) throws IOException {
    return new AnalyzedBatch(FILES.decode(in), ANALYSES.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
