package dev.midstream.midi;

/** Which of the two readers reads; both give the same columns. */
public enum ReaderChoice {
  /** Plain branches, one event after the other: {@link PlainEvents}. */
  SCALAR,
  /**
   * Two stages over many events at once: {@link StagedEvents}. Dear to warm up
   * (docs/benchmarks.md).
   */
  VECTOR
}
