package dev.midstream.benchmarks;

import java.util.OptionalLong;

/**
 * One way of reading a MIDI file. Keeps what it read last, so that no work is dead and notes can be
 * counted outside of the timed passes. One thread.
 */
public interface FileReader {
  /** Reads {@code file}; false if that could not be done. */
  boolean read(CorpusFile file);

  /** The notes of the file that was read last: note-ons with a velocity above 0. */
  int notes();

  /** A {@link NoteDigest} of the file that was read last, from readers that pair notes. */
  default OptionalLong digest() {
    return OptionalLong.empty();
  }
}
