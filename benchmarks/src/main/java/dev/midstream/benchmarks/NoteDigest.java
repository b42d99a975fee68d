package dev.midstream.benchmarks;

/**
 * A number that two readers agree on only if they read the same notes in the same order: of tracks
 * and, within a track, of starts. Used by one thread.
 */
final class NoteDigest {
  private long hash = 1;

  NoteDigest add(int start, int duration, int pitch, int velocity, int release, int channel) {
    long bytes = (long) pitch << 24 | velocity << 16 | release << 8 | channel;
    hash = (hash ^ ((long) start << 32 | duration)) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 29 ^ bytes) * 0xBF58476D1CE4E5B9L;
    return this;
  }

  long value() {
    return hash;
  }
}
