package dev.midstream.midi;

import dev.midstream.simd.EventKernel;
import java.util.Arrays;
import java.util.Objects;

/**
 * The notes of one file, a column each, in the order of tracks and, within a track, of their
 * starts. Entries {@code 0 … size()-1} of each array are valid; the arrays belong to this object,
 * are read only for others, and are replaced when they grow. Reused from file to file; one thread.
 */
public final class NoteColumns {
  private static final int INITIAL = 1 << 12;

  private int size;
  private int[] startTicks;
  private int[] durationTicks;
  private byte[] pitches;
  private byte[] velocities;
  private byte[] releases;
  private byte[] channels;
  private int tracks;
  private int[] trackStarts = new int[16];

  NoteColumns() {
    allocate(INITIAL);
  }

  private void allocate(int capacity) {
    startTicks = new int[capacity];
    durationTicks = new int[capacity];
    pitches = new byte[capacity];
    velocities = new byte[capacity];
    releases = new byte[capacity];
    channels = new byte[capacity];
  }

  /** Makes room for {@code more} notes; the arrays may be new ones after it. */
  void reserve(int more) {
    if (size + more > startTicks.length - EventKernel.COLUMN_PADDING) {
      int capacity = Math.max(size + more + EventKernel.COLUMN_PADDING, startTicks.length * 2);
      startTicks = Arrays.copyOf(startTicks, capacity);
      durationTicks = Arrays.copyOf(durationTicks, capacity);
      pitches = Arrays.copyOf(pitches, capacity);
      velocities = Arrays.copyOf(velocities, capacity);
      releases = Arrays.copyOf(releases, capacity);
      channels = Arrays.copyOf(channels, capacity);
    }
  }

  /** The number of notes that there is room for. */
  int capacity() {
    return startTicks.length;
  }

  void reset() {
    size = 0;
    tracks = 0;
  }

  /** The notes from here on belong to the next track. */
  void beginTrack() {
    if (tracks == trackStarts.length) {
      trackStarts = Arrays.copyOf(trackStarts, tracks * 2);
    }
    trackStarts[tracks++] = size;
  }

  /** The track whose notes are being added, from 0. */
  int currentTrack() {
    return tracks - 1;
  }

  void setSize(int newSize) {
    size = newSize;
  }

  void trim(int keep) {
    if (startTicks.length > keep) {
      allocate(INITIAL);
      size = 0;
    }
    if (trackStarts.length > keep) {
      trackStarts = new int[16];
      tracks = 0;
    }
  }

  /** The number of notes. */
  public int size() {
    return size;
  }

  /** Start of each note in ticks from the beginning of the file, not negative. */
  public int[] startTicks() {
    return startTicks;
  }

  /** Length of each note in ticks, not negative. */
  public int[] durationTicks() {
    return durationTicks;
  }

  /** MIDI note numbers, 0 … 127, middle C = 60. */
  public byte[] pitches() {
    return pitches;
  }

  /** Note-on velocities, 1 … 127. */
  public byte[] velocities() {
    return velocities;
  }

  /** Note-off velocities, 0 … 127; 64 where the file gives none. */
  public byte[] releases() {
    return releases;
  }

  /** Channels, 0 … 15; drums are {@link MidiColumns#DRUM_CHANNEL}. */
  public byte[] channels() {
    return channels;
  }

  /** The track of note {@code index}, counted from 0 in the order of the file. */
  public int trackOf(int index) {
    Objects.checkIndex(index, size);
    int found = Arrays.binarySearch(trackStarts, 0, tracks, index);
    if (found < 0) {
      return -found - 2;
    }
    // Tracks without notes share their start with the track behind them.
    while (found + 1 < tracks && trackStarts[found + 1] == index) {
      found++;
    }
    return found;
  }
}
