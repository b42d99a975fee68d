package dev.midstream.benchmarks;

import dev.midstream.midi.MidiColumns;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What no corpus of music has, and a library does: a metronome, even eighths, a bass and a chord in
 * turn, a waltz's bass and chords, a drum pattern. Without them a model that only knows music may
 * hear every fourth beat of a metronome as the beat.
 */
final class PlainPulses {
  static final String CORPUS = "pulses";

  private static final int TICKS_A_SECOND = 960;
  private static final int BEATS = 64;
  private static final int PATTERNS = 7;
  private static final int WALTZ = 6;
  private static final double[] TEMPI = {56, 66, 76, 88, 100, 112, 120, 132, 150, 172};

  private record Note(int tick, int ticks, int channel, int pitch, int velocity) {}

  private PlainPulses() {}

  static List<TempoSample> all(MidiColumns columns) {
    List<TempoSample> samples = new ArrayList<>();
    for (double bpm : TEMPI) {
      for (int pattern = 0; pattern < PATTERNS; pattern++) {
        String path = String.format(Locale.ROOT, "pulse-%.0f-%d", bpm, pattern);
        TruthPack.Row row =
            new TruthPack.Row(
                path,
                CORPUS,
                "tempo_flat",
                Double.toString(bpm),
                "",
                "",
                pattern == WALTZ ? "3/4" : "",
                true,
                false);
        samples.add(TempoSample.of(row, file(notes(bpm, pattern)), columns));
      }
    }
    return samples;
  }

  private static List<Note> notes(double bpm, int pattern) {
    List<Note> notes = new ArrayList<>();
    for (int half = 0; half < 2 * BEATS; half++) {
      int tick = (int) Math.round(half * 30 / bpm * TICKS_A_SECOND);
      boolean onBeat = half % 2 == 0;
      int beat = half / 2;
      switch (pattern) {
        case 0 -> add(notes, onBeat, tick, 0, 60, 80);
        case 1 -> add(notes, true, tick, 0, 60 + half % 8, onBeat ? 90 : 70);
        case 2 -> {
          add(notes, onBeat && beat % 2 == 0, tick, 0, 40 + beat % 8, 80);
          for (int tone = 60; tone <= 67; tone += 3) {
            add(notes, onBeat && beat % 2 == 1, tick, 0, tone, 70);
          }
        }
        case 3 -> add(notes, onBeat, tick, 0, 60 + beat % 5, 80);
        case WALTZ -> {
          int ticks = (int) (60 / bpm * TICKS_A_SECOND);
          if (onBeat && beat % 3 == 0) {
            notes.add(new Note(tick, ticks * 7 / 8, 0, 36 + beat / 3 % 4 * 5 % 12, 90));
          } else if (onBeat) {
            for (int tone = 60; tone <= 67; tone += 3) {
              notes.add(new Note(tick, ticks / 2, 0, tone, 60));
            }
          }
        }
        default -> {
          add(notes, onBeat || pattern == 4, tick, 9, 42, 70);
          add(notes, onBeat, tick, 9, beat % 2 == 0 ? 36 : 38, 100);
        }
      }
    }
    return notes;
  }

  private static void add(
      List<Note> notes, boolean sounds, int tick, int channel, int pitch, int velocity) {
    if (sounds) {
      notes.add(new Note(tick, TICKS_A_SECOND / 6, channel, pitch, velocity));
    }
  }

  /** Format 0, 480 ticks a quarter note, no events but notes. */
  private static byte[] file(List<Note> notes) {
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
      if (delta >= 128) {
        track.write(0x80 | delta >> 7);
      }
      track.write(delta & 0x7F);
      Arrays.stream(event, 1, 4).forEach(track::write);
      tick = event[0];
    }
    track.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 1, (byte) 0xE0});
    file.writeBytes(new byte[] {'M', 'T', 'r', 'k', 0, 0});
    file.write(track.size() >> 8);
    file.write(track.size());
    file.writeBytes(track.toByteArray());
    return file.toByteArray();
  }
}
