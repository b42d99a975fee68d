package dev.midstream.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Writes notes as a MIDI file without a grid: no tempo event, a tick is 1/960 s, so that only the
 * onsets tell its tempo.
 */
final class FlatFile {
  /** Of the 120 quarter notes a minute that hold without a tempo event. */
  static final int TICKS_A_SECOND = 960;

  private static final int DIVISION = TICKS_A_SECOND / 2;

  /**
   * A note.
   *
   * @param tick when it starts
   * @param ticks how long it sounds
   * @param channel 0 … 15
   * @param pitch 0 … 127
   * @param velocity 1 … 127
   */
  record Note(int tick, int ticks, int channel, int pitch, int velocity) {}

  private FlatFile() {}

  /** Format 0, and no events but notes. */
  static byte[] of(List<Note> notes) {
    List<int[]> events = new ArrayList<>();
    for (Note note : notes) {
      events.add(new int[] {note.tick, 0x90 | note.channel, note.pitch, note.velocity});
      events.add(new int[] {note.tick + note.ticks, 0x80 | note.channel, note.pitch, 64});
    }
    events.sort(Comparator.comparingInt(event -> event[0]));
    ByteArrayOutputStream track = new ByteArrayOutputStream();
    int tick = 0;
    for (int[] event : events) {
      int delta = event[0] - tick;
      for (int shift = 21; shift > 0; shift -= 7) {
        if (delta >> shift > 0) {
          track.write(0x80 | ((delta >> shift) & 0x7F));
        }
      }
      track.write(delta & 0x7F);
      Arrays.stream(event, 1, 4).forEach(track::write);
      tick = event[0];
    }
    track.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1});
    file.write(DIVISION >> 8);
    file.write(DIVISION);
    file.writeBytes(new byte[] {'M', 'T', 'r', 'k'});
    for (int shift = 24; shift >= 0; shift -= 8) {
      file.write(track.size() >> shift);
    }
    file.writeBytes(track.toByteArray());
    return file.toByteArray();
  }
}
