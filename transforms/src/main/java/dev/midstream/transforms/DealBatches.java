package dev.midstream.transforms;

import dev.midstream.source.FileEntry;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/**
 * Deals batches out to the workers.
 *
 * <p>They are shuffled twice. The first time makes every batch a bundle of its own. The second time
 * deals them into a few lanes: the DirectRunner, which otherwise takes every batch through one step
 * before it takes any through the next, handles the bundles of a key one after another, so that a
 * lane lets its next batch go only when the one before it has been handed on. Then the first
 * batches are written while the last ones wait as lists of names, and the bytes of no more than a
 * few are in memory, whatever the size of the library. Elsewhere a second shuffle of small elements
 * costs next to nothing.
 */
public final class DealBatches
    extends PTransform<PCollection<List<FileEntry>>, PCollection<List<FileEntry>>> {
  /** As many as threads: fewer would leave some idle, more would hold more batches in memory. */
  private final int lanes = Math.max(3, Runtime.getRuntime().availableProcessors());

  private DealBatches() {}

  /** Deals batches out to the workers of a runner. */
  public static DealBatches toWorkers() {
    return new DealBatches();
  }

  @Override
  public PCollection<List<FileEntry>> expand(PCollection<List<FileEntry>> batches) {
    return batches
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Pace", Reshuffle.<List<FileEntry>>viaRandomKey().withNumBuckets(lanes));
  }
}
