package dev.midstream.benchmarks;

import dev.midstream.benchmarks.FlatFile.Note;
import dev.midstream.midi.MidiColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What no corpus of music has, and a library does: a metronome, even eighths, a bass and a chord in
 * turn, a waltz's bass and chords, a drum pattern. Without them a model that only knows music may
 * hear every fourth beat of a metronome as the beat.
 */
final class PlainPulses {
  static final String CORPUS = "pulses";

  private static final int BEATS = 64;
  private static final int PATTERNS = 7;
  private static final int WALTZ = 6;
  private static final double[] TEMPI = {56, 66, 76, 88, 100, 112, 120, 132, 150, 172};

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
        samples.add(TempoSample.of(row, FlatFile.of(notes(bpm, pattern)), columns));
      }
    }
    return samples;
  }

  private static List<Note> notes(double bpm, int pattern) {
    List<Note> notes = new ArrayList<>();
    for (int half = 0; half < 2 * BEATS; half++) {
      int tick = (int) Math.round(half * 30 / bpm * FlatFile.TICKS_A_SECOND);
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
          int ticks = (int) (60 / bpm * FlatFile.TICKS_A_SECOND);
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
      notes.add(new Note(tick, FlatFile.TICKS_A_SECOND / 6, channel, pitch, velocity));
    }
  }
}
