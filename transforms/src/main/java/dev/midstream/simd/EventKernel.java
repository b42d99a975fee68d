package dev.midstream.simd;

/**
 * The two stages of reading MIDI channel events many at a time. A plain event here has a delta of
 * one or two bytes, a status of its own with two data bytes (80 to BF, E0 to EF) or none, and two
 * data bytes: three to five bytes. Implementations have no state.
 */
public interface EventKernel {
  /** The length of what is no plain event; sums of lengths that hold one are not less. */
  byte NO_EVENT = 0x20;

  /** The most bytes of a plain event. */
  int LONGEST_EVENT = 5;

  /** The longest delta of a plain event, in ticks. */
  int LONGEST_DELTA = (1 << 14) - 1;

  /** How much longer than what is to be in them columns of notes must be. */
  int COLUMN_PADDING = 8;

  /** Stage one: tells how long the plain event is that would begin at each position. */
  void measure(EventWindow window);

  /**
   * Tells, from the lengths, how far four events reach, so that a walk needs to wait for one
   * look-up in four events.
   */
  void reach(EventWindow window);

  /** Stage two: takes the gathered events of a block apart and sorts them by what they are. */
  void sort(EventBlock block);

  /**
   * Writes the note-ons of a sorted block to columns, from index {@code at} on: ticks, pitches,
   * velocities and channels. May write up to {@link #COLUMN_PADDING} entries more than there are.
   */
  void notes(
      EventBlock block, int[] ticks, byte[] pitches, byte[] velocities, byte[] channels, int at);

  /**
   * Writes the columns that the sorted note-offs tell, {@code ends[i]} that of note {@code i}, for
   * all {@code i} in {@code [from, to)}: durations and release velocities. May write up to {@link
   * #COLUMN_PADDING} entries more.
   */
  void ends(long[] ends, int[] startTicks, int[] durationTicks, byte[] releases, int from, int to);
}
