package dev.midstream.testdata;

/**
 * One note of a track, in ticks of that track.
 *
 * <p>A note that is not {@code closed} gets no note-off; its {@code duration} then reaches to the
 * end of its track, where a reader has to close it.
 */
record Note(long tick, long duration, int channel, int pitch, int velocity, boolean closed) {
  /** MIDI channel 10, counted from zero. */
  static final int DRUM_CHANNEL = 9;

  Note {
    if (tick < 0 || duration <= 0) {
      throw new IllegalArgumentException("note at " + tick + " lasting " + duration);
    }
    if ((channel & ~15) != 0 || (pitch & ~127) != 0 || velocity < 1 || velocity > 127) {
      throw new IllegalArgumentException("channel " + channel + " pitch " + pitch + " " + velocity);
    }
  }

  Note(long tick, long duration, int channel, int pitch, int velocity) {
    this(tick, duration, channel, pitch, velocity, true);
  }

  long end() {
    return tick + duration;
  }

  boolean drum() {
    return channel == DRUM_CHANNEL;
  }

  Note shifted(long ticks) {
    return new Note(tick + ticks, duration, channel, pitch, velocity, closed);
  }

  Note onChannel(int other) {
    return new Note(tick, duration, other, pitch, velocity, closed);
  }
}
