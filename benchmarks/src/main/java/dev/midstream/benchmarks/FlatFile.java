package dev.midstream.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;

/**
 * Writes notes as a MIDI file without a grid: no tempo event, a tick is 1/960 s, so that only the
 * onsets tell its tempo.
 */
final class FlatFile {
  /** Of the 120 quarter notes a minute that hold without a tempo event. */
  static final int TICKS_A_SECOND = 960;

  private static final int OFF_VELOCITY = 64;

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
    try {
      List<MidiEvent> events = new ArrayList<>();
      for (Note note : notes) {
        events.add(event(note, ShortMessage.NOTE_ON, note.tick, note.velocity));
        events.add(event(note, ShortMessage.NOTE_OFF, note.tick + note.ticks, OFF_VELOCITY));
      }
      // A track takes long to find the place of what comes out of order.
      events.sort(Comparator.comparingLong(MidiEvent::getTick));
      Sequence sequence = new Sequence(Sequence.PPQ, TICKS_A_SECOND / 2);
      events.forEach(sequence.createTrack()::add);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      MidiSystem.write(sequence, 0, file);
      return file.toByteArray();
    } catch (InvalidMidiDataException | IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static MidiEvent event(Note note, int command, int tick, int velocity)
      throws InvalidMidiDataException {
    return new MidiEvent(new ShortMessage(command, note.channel, note.pitch, velocity), tick);
  }
}
