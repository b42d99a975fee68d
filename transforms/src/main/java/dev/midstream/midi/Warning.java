package dev.midstream.midi;

import java.util.Locale;

/** A repair that reading a file took: a closed list, stored by {@link #code()} with its count. */
public enum Warning {
  /** Bytes before {@code MThd}: MacBinary, mail headers, anything. */
  JUNK_BEFORE_HEADER,
  /** A header chunk whose length is not 6. */
  HEADER_LENGTH,
  /** A format above 2; read as format 1. */
  UNKNOWN_FORMAT,
  /** The header announces another number of tracks than there are. */
  TRACK_COUNT_MISMATCH,
  /** A chunk that is neither header nor track; skipped, as section 2 asks. */
  UNKNOWN_CHUNK,
  /** A track chunk that claims to reach past the end of the file, or into the next track. */
  CHUNK_OVERRUN,
  /** A track chunk whose events go on past the length that it announces; all are read. */
  CHUNK_UNDERRUN,
  /** A track whose data ends in the middle of an event. */
  TRUNCATED_TRACK,
  /** A track that ends without End of Track. */
  MISSING_END_OF_TRACK,
  /** Running status used although a meta or sysex event had cancelled it. */
  RUNNING_STATUS_AFTER_META,
  /** A data byte where a status byte must stand and none was seen before; skipped. */
  ORPHAN_DATA_BYTE,
  /** A channel event whose data byte has its high bit set; the event is dropped. */
  DATA_BYTE_HIGH,
  /** A system common message (F1 to F6), which has no place in a file; skipped. */
  SYSTEM_COMMON,
  /** A real-time message (F8 to FE), which has no place in a file; skipped. */
  REALTIME,
  /** A variable-length quantity of more than four bytes; its low 28 bits are used. */
  VLQ_TOO_LONG,
  /** The track runs past tick 2³¹−1; ticks stay there. */
  TICK_OVERFLOW,
  /** A division of 0: ticks have no time. */
  DIVISION_ZERO,
  /** A tempo of 0 µs per quarter note; ignored. */
  TEMPO_ZERO,
  /** A time signature that names no metre; ignored. */
  METER_INVALID,
  /** A key signature beyond seven accidentals or of an unknown mode; ignored. */
  KEY_INVALID,
  /** A tempo, time or key signature event of another length than the specification's; ignored. */
  META_LENGTH,
  /** A note without note-off; closed at the end of its track. */
  HANGING_NOTE,
  /** Bytes after the last chunk. */
  TRAILING_BYTES;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The warning as it stands in {@code analysis.warnings}, for instance {@code hanging_note}. */
  public String code() {
    return code;
  }
}
