package dev.midstream.midi;

/**
 * Where the reading of a track stands: what the ways of reading its events hand on to each other.
 * Fields, not accessors: the readers keep them in locals and write them back. One thread.
 */
final class TrackCursor {
  /** The next byte to read. */
  int at;

  /** Ticks from the beginning of the file to the last event read. */
  int tick;

  /** The status that data bytes without one of their own belong to; 0: none yet. */
  int running;

  /** Whether a meta or sysex event has cancelled the running status (section 3.1). */
  boolean cancelled;

  /** Whether any event was read. */
  boolean hasEvents;

  void reset(int start, int baseTick) {
    at = start;
    tick = baseTick;
    running = 0;
    cancelled = false;
    hasEvents = false;
  }

  /** The status that an event without one may use undisputed; 0: none. */
  int undisputedStatus() {
    return cancelled ? 0 : running;
  }

  /** Moves on over channel events, if to another place, the last of them under {@code status}. */
  void moveTo(int newAt, int newTick, int status) {
    if (newAt > at) {
      running = status;
      cancelled = false;
      hasEvents = true;
    }
    at = newAt;
    tick = newTick;
  }
}
