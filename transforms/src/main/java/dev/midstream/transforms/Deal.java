package dev.midstream.transforms;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/**
 * Deals elements, each of which stands for much work, out to the workers.
 *
 * <p>They are shuffled twice. The first time makes every element a bundle of its own. The second
 * time deals them into a few lanes: the DirectRunner, which otherwise takes every element through
 * one step before it takes any through the next, handles the bundles of a key one after another, so
 * that a lane lets its next element go only when the one before it has been handed on. Then the
 * first batches are written while the last ones wait as lists of names, and the bytes of no more
 * than a few are in memory, whatever the size of the library. Elsewhere a second shuffle of small
 * elements costs next to nothing.
 */
public final class Deal<T> extends PTransform<PCollection<T>, PCollection<T>> {
  /** As many as threads: fewer would leave some idle, more would hold more in memory. */
  private final int lanes = Math.max(3, Runtime.getRuntime().availableProcessors());

  private Deal() {}

  /** Deals elements out to the workers of a runner. */
  public static <T> Deal<T> toWorkers() {
    return new Deal<>();
  }

  /** Into how many lanes elements are dealt. */
  public int lanes() {
    return lanes;
  }

  @Override
  public PCollection<T> expand(PCollection<T> elements) {
    return elements
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Pace", Reshuffle.<T>viaRandomKey().withNumBuckets(lanes));
  }
}
