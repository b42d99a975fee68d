package dev.midstream.benchmarks;

import dev.atsushieno.ktmidi.Midi1Event;
import dev.atsushieno.ktmidi.Midi1Message;
import dev.atsushieno.ktmidi.Midi1Music;
import dev.atsushieno.ktmidi.Midi1ReaderWriterKt;
import dev.atsushieno.ktmidi.Midi1Track;
import kotlin.collections.ArraysKt;

/**
 * ktmidi, the other reader of the JVM that is kept up to date: events with their deltas, unpaired.
 * It wants a list of bytes and gets a view of the array, which is faster than a copy.
 */
final class KtmidiReader implements FileReader {
  private static final int NOTE_ON = 0x90;

  private Midi1Music music;

  @Override
  public boolean read(CorpusFile file) {
    Midi1Music read = new Midi1Music();
    try {
      Midi1ReaderWriterKt.read(read, ArraysKt.asList(file.content()));
    } catch (Exception unreadable) { // Kotlin declares none
      return false;
    }
    music = read;
    return true;
  }

  @Override
  public int notes() {
    int notes = 0;
    for (Midi1Track track : music.getTracks()) {
      for (Midi1Event event : track.getEvents()) {
        Midi1Message message = event.getMessage();
        boolean noteOn = (message.getStatusCode() & 0xF0) == NOTE_ON && message.getLsb() > 0;
        notes += noteOn ? 1 : 0;
      }
    }
    return notes;
  }
}
