package dev.midstream.transforms;

import dev.midstream.source.FolderFileSystem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this JVM has done since {@link #reset}: for the progress line of a run that is started and
 * worked in one JVM, where Beam's metrics come late (Flink) or cost a query (DirectRunner). Counts
 * attempts: a bundle that is tried again counts again. Thread-safe.
 */
public final class Progress {
  private static final LongAdder MATCHED = new LongAdder();
  private static final LongAdder SKIPPED = new LongAdder();
  private static final LongAdder ANALYZED = new LongAdder();
  private static final LongAdder REJECTED = new LongAdder();
  private static final LongAdder BYTES = new LongAdder();
  private static final Map<RunStage, LongAdder> NANOS = new EnumMap<>(RunStage.class);

  static {
    for (RunStage stage : RunStage.values()) {
      NANOS.put(stage, new LongAdder());
    }
  }

  private Progress() {}

  /** Begins at zero, before a run. */
  public static void reset() {
    MATCHED.reset();
    SKIPPED.reset();
    ANALYZED.reset();
    REJECTED.reset();
    BYTES.reset();
    NANOS.values().forEach(LongAdder::reset);
    // Counted where folders are listed, which knows nothing of runs.
    NANOS.get(RunStage.LISTING).add(-FolderFileSystem.nanosSpent());
  }

  static void matched() {
    MATCHED.increment();
  }

  /** Counts files that were known already. */
  public static void skipped(int files) {
    SKIPPED.add(files);
  }

  static void analyzed(int files) {
    ANALYZED.add(files);
  }

  static void rejected(int files) {
    REJECTED.add(files);
  }

  static void bytes(long read) {
    BYTES.add(read);
  }

  /**
   * Adds what one thread has spent in {@code stage} since {@code startNanos}; also to the metric of
   * that stage, for which a cluster is watched.
   */
  public static void spent(RunStage stage, long startNanos) {
    long nanos = System.nanoTime() - startNanos;
    NANOS.get(stage).add(nanos);
    stage.micros().inc(nanos / 1_000);
  }

  /** The counts now. */
  public static Snapshot snapshot() {
    Map<RunStage, Long> nanos = new EnumMap<>(RunStage.class);
    NANOS.forEach((stage, spent) -> nanos.put(stage, spent.sum()));
    nanos.merge(RunStage.LISTING, FolderFileSystem.nanosSpent(), Long::sum);
    return new Snapshot(
        MATCHED.sum(),
        SKIPPED.sum(),
        ANALYZED.sum(),
        REJECTED.sum(),
        BYTES.sum(),
        Collections.unmodifiableMap(nanos));
  }

  /**
   * Counts at one moment.
   *
   * @param matched files listed so far
   * @param skipped files known and unchanged
   * @param analyzed files analysed
   * @param rejected files rejected
   * @param bytes bytes read
   * @param nanos what all threads together have spent in each stage, waiting included
   */
  public record Snapshot(
      long matched,
      long skipped,
      long analyzed,
      long rejected,
      long bytes,
      Map<RunStage, Long> nanos) {
    /** Files that are through. */
    public long done() {
      return skipped + analyzed + rejected;
    }
  }
}
