package dev.midstream.midi;

import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.simd.Kernels;
import dev.midstream.simd.VectorPayoff;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Standard MIDI File: finds the header, walks the chunks, and lets {@link TrackParser} read
 * each track. Tolerant: what can be repaired is, with a {@link Warning}; what cannot is a {@link
 * Rejected}. Never throws on content, never reads outside the given range. Not thread-safe.
 */
public final class MidiParser {
  /** How far into the file the header is searched for. */
  public static final int HEADER_SEARCH_BYTES = 64 * 1024;

  private static final int MTHD = 0x4D546864;
  private static final int MTRK = 0x4D54726B;
  private static final int RIFF = 0x52494646;
  private static final int RMID = 0x524D4944;
  private static final int DATA = 0x64617461;
  private static final int HEADER_BYTES = 14;
  private static final int CHUNK_HEADER_BYTES = 8;

  /**
   * Of this JVM: the vector reader costs three quarters of a second, so it is for those who have
   * read half a million files, or fifteen seconds long.
   */
  private static final VectorPayoff READING = new VectorPayoff(5L << 30);

  private final MidiColumns columns;
  private TrackParser trackParser;

  /** Null once the reader is not to change any more. */
  private @Nullable VectorPayoff payoff;

  /** A parser that fills {@code columns}, which it shares with their reader. */
  public MidiParser(MidiColumns columns) {
    this(columns, ReaderChoice.WHEN_IT_PAYS);
  }

  /** A parser that reads as {@code choice} says; the columns are the same whatever it is. */
  public MidiParser(MidiColumns columns, ReaderChoice choice) {
    this(
        columns,
        choice == ReaderChoice.VECTOR,
        choice == ReaderChoice.WHEN_IT_PAYS ? READING : null);
  }

  MidiParser(MidiColumns columns, boolean vectors, @Nullable VectorPayoff payoff) {
    this.columns = columns;
    this.trackParser = new TrackParser(columns, vectors);
    this.payoff = payoff;
  }

  /**
   * Parses {@code data[offset … offset+length-1]} into the columns, which lose what they held. The
   * columns refer to {@code data} until the next parse or trim.
   */
  public ParseOutcome parse(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (payoff != null && payoff.isReachedWith(length)) {
      trackParser = new TrackParser(columns, Kernels.haveVectorsForEvents());
      payoff = null;
    }
    trackParser.reset();
    columns.reset(data);
    if (length == 0) {
      return new Rejected(RejectReason.EMPTY, 0, "the file has no bytes");
    }
    int end = offset + length;
    int start = offset;
    if (isRiffMidi(data, offset, end)) {
      long body = riffBody(data, offset, end);
      if (body < 0) {
        return new Rejected(RejectReason.NOT_MIDI, 12, "a RIFF RMID file without a data chunk");
      }
      start = (int) (body >>> 32);
      end = (int) body;
    }
    int header = findHeader(data, start, Math.min(end, start + HEADER_SEARCH_BYTES));
    if (header < 0) {
      return new Rejected(
          RejectReason.NOT_MIDI,
          start - offset,
          "no MThd header; it begins " + show(data, start, end));
    }
    if (header > start) {
      columns.warnings().add(Warning.JUNK_BEFORE_HEADER);
    }
    if (header + HEADER_BYTES > end) {
      return new Rejected(
          RejectReason.TRUNCATED_HEADER,
          end - offset,
          "the file ends " + (end - header) + " bytes into its header of " + HEADER_BYTES);
    }
    return parseChunks(data, offset, header, end);
  }

  /** Gives back, when a bundle ends, what a giant file made grow. */
  public void trim() {
    columns.trim();
    trackParser.trim();
  }

  private ParseOutcome parseChunks(byte[] data, int fileStart, int header, int end) {
    int format = uint16(data, header + 8);
    int announcedTracks = uint16(data, header + 10);
    int division = (short) uint16(data, header + 12);
    if (format > 2) {
      columns.warnings().add(Warning.UNKNOWN_FORMAT);
    }
    if (division == 0) {
      columns.warnings().add(Warning.DIVISION_ZERO);
    }

    int tracks = 0;
    boolean hasEvents = false;
    int baseTick = 0;
    int at = firstChunk(data, header, end);
    int firstTrack = -1;
    while (at + CHUNK_HEADER_BYTES <= end) {
      int id = int32(data, at);
      if (!startsChunk(data, at, end)) {
        int next = find(data, at, end, MTRK);
        if (next < 0 && !isChunkId(id)) {
          break;
        }
        columns.warnings().add(Warning.UNKNOWN_CHUNK);
        at = next < 0 ? end : next;
        continue;
      }
      int body = at + CHUNK_HEADER_BYTES;
      long announcedEnd = body + uint32(data, at + 4);
      if (id != MTRK) {
        columns.warnings().add(Warning.UNKNOWN_CHUNK);
        at = (int) announcedEnd;
        continue;
      }
      if (firstTrack < 0) {
        firstTrack = body;
      }
      boolean mayBeLast = tracks + 1 >= announcedTracks;
      int bodyEnd = trackEnd(data, body, announcedEnd, end, mayBeLast);
      // Format 2 holds independent patterns (section 2.2): they are laid one after another.
      hasEvents |= trackParser.parse(data, body, bodyEnd, baseTick);
      tracks++;
      if (format == 2) {
        baseTick = columns.endTick();
      }
      if (columns.isFull()) {
        return new Rejected(
            RejectReason.TOO_MANY_EVENTS,
            body - fileStart,
            "more than " + MidiColumns.MAX_EVENTS + " notes or events");
      }
      at = bodyEnd;
      int swallowed = find(data, trackParser.stop(), bodyEnd, MTRK);
      if (swallowed >= 0) {
        columns.warnings().add(Warning.CHUNK_OVERRUN);
        at = swallowed;
      }
    }
    if (tracks == 0) {
      return new Rejected(RejectReason.NO_TRACKS, at - fileStart, "a header, but no track chunk");
    }
    if (!hasEvents) {
      return new Rejected(
          RejectReason.NO_EVENTS,
          firstTrack - fileStart,
          "no event in " + tracks + " track chunks");
    }
    if (at < end) {
      columns.warnings().add(Warning.TRAILING_BYTES);
    }
    if (tracks != announcedTracks) {
      columns.warnings().add(Warning.TRACK_COUNT_MISMATCH);
    }
    columns.sortEvents();
    return new Parsed(format, division, tracks);
  }

  /**
   * Where the events of a track chunk end at the latest. What its header announces is believed if
   * another chunk begins there, or if it may be the last one and the file ends.
   */
  private int trackEnd(byte[] data, int body, long announced, int end, boolean mayBeLast) {
    boolean believable =
        announced == end ? mayBeLast : announced < end && startsChunk(data, (int) announced, end);
    if (believable) {
      return (int) announced;
    }
    int next = find(data, body, end, MTRK);
    int limit = next < 0 ? end : next;
    if (announced > limit) {
      columns.warnings().add(Warning.CHUNK_OVERRUN);
      return limit;
    }
    int stop = TrackScan.end(data, body, limit);
    if (stop > announced && !isPadding(data, (int) announced, limit)) {
      columns.warnings().add(Warning.CHUNK_UNDERRUN);
      return stop;
    }
    return (int) announced;
  }

  /**
   * Whether there are but zeros, which might be taken for events without notes. Fewer than such an
   * event has may end another one.
   */
  private static boolean isPadding(byte[] data, int from, int to) {
    int at = from;
    while (at < to && data[at] == 0) {
      at++;
    }
    return at == to && to - from >= 3;
  }

  /** Whether a track begins here, or another chunk that the file has room for. */
  private static boolean startsChunk(byte[] data, int at, int end) {
    if (at + CHUNK_HEADER_BYTES > end) {
      return false;
    }
    int id = int32(data, at);
    boolean fits = at + CHUNK_HEADER_BYTES + uint32(data, at + 4) <= end;
    return id == MTRK || (isChunkId(id) && fits);
  }

  /** Where the chunks behind the header begin, whatever the header says of its own length. */
  private int firstChunk(byte[] data, int header, int end) {
    long announced = uint32(data, header + 4);
    if (announced == 6) {
      return header + HEADER_BYTES;
    }
    columns.warnings().add(Warning.HEADER_LENGTH);
    long at = header + CHUNK_HEADER_BYTES + announced;
    boolean plausible = at + 4 <= end && (announced > 6 || int32(data, (int) at) == MTRK);
    boolean trackRightBehind =
        header + HEADER_BYTES + 4 <= end && int32(data, header + HEADER_BYTES) == MTRK;
    return plausible && !trackRightBehind ? (int) at : header + HEADER_BYTES;
  }

  private static boolean isRiffMidi(byte[] data, int start, int end) {
    return end - start >= 12 && int32(data, start) == RIFF && int32(data, start + 8) == RMID;
  }

  /** Begin and end of the RIFF data chunk, packed as {@code begin << 32 | end}; −1 for none. */
  private static long riffBody(byte[] data, int start, int end) {
    long at = start + 12L;
    while (at + CHUNK_HEADER_BYTES <= end) {
      long length = Integer.toUnsignedLong(Integer.reverseBytes(int32(data, (int) at + 4)));
      long body = at + CHUNK_HEADER_BYTES;
      if (int32(data, (int) at) == DATA) {
        return body << 32 | Math.min(body + length, end);
      }
      at = body + length + (length & 1); // RIFF chunks are padded to even lengths
    }
    return -1;
  }

  /**
   * The header, −1 for none. Behind junk, which may spell its name as well, the first whose length
   * is as it should be, if there is one.
   */
  private static int findHeader(byte[] data, int from, int to) {
    int first = find(data, from, to, MTHD);
    int at = first;
    while (at > from && (at + CHUNK_HEADER_BYTES > to || uint32(data, at + 4) != 6)) {
      at = find(data, at + 4, to, MTHD);
    }
    return at < 0 ? first : at;
  }

  private static int find(byte[] data, int from, int to, int id) {
    for (int i = from; i + 4 <= to; i++) {
      if (data[i] == (byte) (id >>> 24) && int32(data, i) == id) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isChunkId(int id) {
    for (int shift = 0; shift < 32; shift += 8) {
      int c = id >>> shift & 0xFF;
      if (c < 0x20 || c > 0x7E) {
        return false;
      }
    }
    return true;
  }

  private static String show(byte[] data, int start, int end) {
    int shown = Math.min(8, end - start);
    StringBuilder text = new StringBuilder();
    for (int i = start; i < start + shown; i++) {
      text.append(String.format("%02X ", data[i]));
    }
    String printable =
        new String(data, start, shown, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    return text + "(" + printable + ")";
  }

  private static int uint16(byte[] data, int at) {
    return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
  }

  private static int int32(byte[] data, int at) {
    return uint16(data, at) << 16 | uint16(data, at + 2);
  }

  private static long uint32(byte[] data, int at) {
    return Integer.toUnsignedLong(int32(data, at));
  }
}
