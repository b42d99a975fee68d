package dev.midstream.benchmarks;

import dev.midstream.analysis.Analysis;
import dev.midstream.transforms.ContentAnalyzer;
import dev.midstream.transforms.ContentId;

/** All that is done to a content: SHA-256, parse and every analysis. */
public final class AnalysisReader implements FileReader {
  private final ContentAnalyzer analyzer = new ContentAnalyzer();
  private ContentId id;
  private Analysis analysis;

  /** A reader of no file yet. */
  public AnalysisReader() {}

  @Override
  public boolean read(CorpusFile file) {
    return read(file.content(), 0, file.content().length);
  }

  boolean read(byte[] data, int offset, int length) {
    id = analyzer.identify(data, offset, length);
    analysis = analyzer.analyze(data, offset, length).analysis();
    return analysis != null;
  }

  /** The identity of what was read last. */
  ContentId id() {
    return id;
  }

  @Override
  public int notes() {
    return analysis.notes().noteCount();
  }
}
