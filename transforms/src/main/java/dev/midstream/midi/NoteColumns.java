package dev.midstream.midi;

import java.util.Arrays;

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
  private short[] tracks;

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
    tracks = new short[capacity];
  }

  private void grow() {
    int capacity = size * 2;
    startTicks = Arrays.copyOf(startTicks, capacity);
    durationTicks = Arrays.copyOf(durationTicks, capacity);
    pitches = Arrays.copyOf(pitches, capacity);
    velocities = Arrays.copyOf(velocities, capacity);
    releases = Arrays.copyOf(releases, capacity);
    channels = Arrays.copyOf(channels, capacity);
    tracks = Arrays.copyOf(tracks, capacity);
  }

  void reset() {
    size = 0;
  }

  void trim(int keep) {
    if (startTicks.length > keep) {
      allocate(INITIAL);
      size = 0;
    }
  }

  /** Adds a note that still sounds, and returns its index. */
  int open(int tick, int pitch, int velocity, int channel, int track) {
    int i = size;
    if (i == startTicks.length) {
      grow();
    }
    startTicks[i] = tick;
    durationTicks[i] = -1;
    pitches[i] = (byte) pitch;
    velocities[i] = (byte) velocity;
    channels[i] = (byte) channel;
    tracks[i] = (short) track;
    size = i + 1;
    return i;
  }

  void close(int index, int tick, int release) {
    durationTicks[index] = tick - startTicks[index];
    releases[index] = (byte) release;
  }

  boolean isOpen(int index) {
    return durationTicks[index] < 0;
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

  /** Track of each note, counted from 0 in the order of the file, as an unsigned short. */
  public short[] tracks() {
    return tracks;
  }
}
