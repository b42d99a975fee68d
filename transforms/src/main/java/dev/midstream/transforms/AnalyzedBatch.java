package dev.midstream.transforms;

import java.util.List;

/**
 * What became of one batch of files, which is written as one. Immutable.
 *
 * @param files one outcome for each file
 * @param analyses one analysis for each distinct content of theirs that could be analysed
 */
public record AnalyzedBatch(List<FileOutcome> files, List<ContentAnalysis> analyses) {
  /** A batch whose lists nobody changes any more. */
  public AnalyzedBatch {
    files = List.copyOf(files);
    analyses = List.copyOf(analyses);
  }
}
