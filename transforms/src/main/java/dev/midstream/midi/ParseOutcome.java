package dev.midstream.midi;

/** What became of a file's bytes: a value, never an exception. */
public sealed interface ParseOutcome {

  /**
   * The bytes are a MIDI file; the columns hold its notes and events.
   *
   * @param format the header's format as it stands there, 0 to 65535 (section 2.2)
   * @param division the header's division: positive, ticks per quarter note; negative, SMPTE: the
   *     high byte is minus the frames per second, the low byte the ticks per frame; 0, no time
   * @param trackCount the track chunks read
   */
  record Parsed(int format, int division, int trackCount) implements ParseOutcome {}

  /**
   * The bytes hold no music that could be read.
   *
   * @param byteOffset where that was found, counted from the first byte of the file
   * @param detail one line for people
   */
  record Rejected(RejectReason reason, long byteOffset, String detail) implements ParseOutcome {}
}
