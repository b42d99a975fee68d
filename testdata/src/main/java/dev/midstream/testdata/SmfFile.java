package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.List;

/** The chunks of a Standard MIDI File, with the places where a file can be wrong. */
final class SmfFile {
  private final Song song;
  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] before = {};
  private byte[] headerExtra = {};
  private byte[] after = {};
  private int declaredTracks;

  SmfFile(Song song) {
    this.song = song;
    for (Track track : song.tracks()) {
      chunks.add(Bytes.chunk("MTrk", track.encode(song)));
    }
    declaredTracks = song.tracks().size();
  }

  static byte[] header(int format, int tracks, int division) {
    return Bytes.concat(
        Bytes.ascii("MThd"),
        Bytes.int32(6),
        Bytes.int16(format),
        Bytes.int16(tracks),
        Bytes.int16(division));
  }

  /** A RIFF container of form {@code RMID}; chunks are padded to even lengths. */
  static byte[] rmid(byte[]... chunks) {
    byte[] body = Bytes.concat(Bytes.ascii("RMID"), Bytes.concat(chunks));
    return Bytes.concat(Bytes.ascii("RIFF"), Bytes.littleEndian32(body.length), body);
  }

  static byte[] riffChunk(String type, byte[] data) {
    byte[] pad = new byte[data.length % 2];
    return Bytes.concat(Bytes.ascii(type), Bytes.littleEndian32(data.length), data, pad);
  }

  SmfFile before(byte[] junk) {
    before = junk;
    return this;
  }

  SmfFile headerExtra(int... bytes) {
    headerExtra = Bytes.of(bytes);
    return this;
  }

  SmfFile declaredTracks(int count) {
    declaredTracks = count;
    return this;
  }

  /** Adds a chunk before the chunk that now has this index. */
  SmfFile insert(int index, String type, byte[] data) {
    chunks.add(index, Bytes.chunk(type, data));
    return this;
  }

  /** Gives the last track another length than it has. */
  SmfFile declaredLengthOfLast(long length) {
    byte[] field = Bytes.int32(length);
    System.arraycopy(field, 0, chunks.get(chunks.size() - 1), 4, 4);
    return this;
  }

  int lengthOfLast() {
    return chunks.get(chunks.size() - 1).length - 8;
  }

  SmfFile after(byte[] bytes) {
    after = bytes;
    return this;
  }

  byte[] toBytes() {
    byte[] header = header(song.format(), declaredTracks, song.division());
    header[7] = (byte) (6 + headerExtra.length);
    return Bytes.concat(
        before, header, headerExtra, Bytes.concat(chunks.toArray(byte[][]::new)), after);
  }
}
