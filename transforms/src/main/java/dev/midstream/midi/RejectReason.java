package dev.midstream.midi;

import java.util.Locale;

/** Why a file has no analysis: a closed list, stored by {@link #code()}. */
public enum RejectReason {
  /** The file has no bytes. */
  EMPTY,
  /** No {@code MThd} in the first {@value MidiParser#HEADER_SEARCH_BYTES} bytes. */
  NOT_MIDI,
  /** The file ends inside the header chunk. */
  TRUNCATED_HEADER,
  /** A header, but not one track chunk. */
  NO_TRACKS,
  /** Track chunks, but not one event in them. */
  NO_EVENTS,
  /** More events than {@value MidiColumns#MAX_EVENTS}. */
  TOO_MANY_EVENTS,
  /** Larger than {@code --maxFileBytes}. */
  TOO_LARGE,
  /** Gone between the listing and the reading. */
  VANISHED,
  /** Cut short, or otherwise another file, while it was read. */
  CHANGED_WHILE_READ,
  /** A folder, a pipe, a device, or a link that leads nowhere, under the name of a MIDI file. */
  NOT_A_FILE,
  /** The file system refused to open or to read it. */
  UNREADABLE,
  /** The database took no row of it; the detail is what the server says. */
  REFUSED_BY_DATABASE,
  /** A defect of Midstream met on this file; the detail names it, and the run goes on. */
  INTERNAL_ERROR;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The reason as it stands in {@code file.reject_reason}, for instance {@code not_midi}. */
  public String code() {
    return code;
  }
}
