package dev.midstream.midi;

import java.util.Arrays;

/**
 * The text events of one file (meta types 1 to 7, section 3.2) as places in the parsed array, in
 * the order of the file. Reused from file to file; one thread.
 */
public final class TextColumn {
  /** Meta event type of plain text. */
  public static final int TEXT = 1;

  /** Meta event type of a copyright notice. */
  public static final int COPYRIGHT = 2;

  /** Meta event type of a sequence or track name. */
  public static final int TRACK_NAME = 3;

  /** Meta event type of a lyric. */
  public static final int LYRIC = 5;

  /** Meta event type of a marker. */
  public static final int MARKER = 6;

  private static final int INITIAL = 64;

  private int size;
  private byte[] kinds = new byte[INITIAL];
  private int[] offsets = new int[INITIAL];
  private int[] lengths = new int[INITIAL];
  private int[] tracks = new int[INITIAL];

  TextColumn() {}

  void reset() {
    size = 0;
  }

  void trim(int keep) {
    if (kinds.length > keep) {
      kinds = new byte[INITIAL];
      offsets = new int[INITIAL];
      lengths = new int[INITIAL];
      tracks = new int[INITIAL];
      size = 0;
    }
  }

  void add(int kind, int offset, int length, int track) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      offsets = Arrays.copyOf(offsets, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
      tracks = Arrays.copyOf(tracks, size * 2);
    }
    kinds[size] = (byte) kind;
    offsets[size] = offset;
    lengths[size] = length;
    tracks[size++] = track;
  }

  /** The number of text events. */
  public int size() {
    return size;
  }

  /** The meta event type of text {@code index}, 1 … 7. */
  public int kind(int index) {
    return kinds[index];
  }

  /** Where text {@code index} begins in {@link MidiColumns#data()}. */
  public int offset(int index) {
    return offsets[index];
  }

  /** Length of text {@code index} in bytes. */
  public int length(int index) {
    return lengths[index];
  }

  /** The track of text {@code index}, counted from 0 in the order of the file. */
  public int track(int index) {
    return tracks[index];
  }
}
