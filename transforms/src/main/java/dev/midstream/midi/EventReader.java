package dev.midstream.midi;

/** Reads the events that nearly all music consists of, and leaves the others. One thread. */
interface EventReader {
  /** Forgets what it knows of another track. */
  void beginTrack();

  /**
   * Reads channel events of at most two bytes of delta, under a status that is there or runs, up to
   * {@code stop}; false where it met something else, which it leaves unread.
   *
   * @param end where the data of the track ends, not before {@code stop}
   */
  boolean read(TrackCursor cursor, byte[] data, int stop, int end);
}
