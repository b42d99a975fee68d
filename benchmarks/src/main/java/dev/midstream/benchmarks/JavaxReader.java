package dev.midstream.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** What the JDK has, called as everybody calls it: an object an event. */
class JavaxReader implements FileReader {
  private Sequence sequence;

  /** The file that was read last. */
  final Sequence sequence() {
    return sequence;
  }

  @Override
  public boolean read(CorpusFile file) {
    try {
      sequence = MidiSystem.getSequence(new ByteArrayInputStream(file.content()));
      return true;
    } catch (InvalidMidiDataException | IOException | RuntimeException unreadable) {
      return false;
    }
  }

  @Override
  public int notes() {
    int notes = 0;
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        notes += isNoteOn(track.get(i).getMessage()) ? 1 : 0;
      }
    }
    return notes;
  }

  static boolean isNoteOn(MidiMessage message) {
    return message instanceof ShortMessage
        && ((ShortMessage) message).getCommand() == ShortMessage.NOTE_ON
        && ((ShortMessage) message).getData2() > 0;
  }
}
