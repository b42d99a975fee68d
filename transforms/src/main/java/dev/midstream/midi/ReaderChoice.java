package dev.midstream.midi;

/** Which reader reads; all give the same columns. */
public enum ReaderChoice {
  /** Plain branches, one event after the other: {@link PlainEvents}. */
  SCALAR,
  /** Two stages over many events at once: {@link StagedEvents}. Faster once it is warm. */
  VECTOR,
  /**
   * {@link #SCALAR} until this JVM has read so much that {@link #VECTOR} pays for its warm-up, if
   * it is there at all and the CPU's vectors are wide enough ({@link dev.midstream.simd.Kernels}).
   */
  WHEN_IT_PAYS
}
