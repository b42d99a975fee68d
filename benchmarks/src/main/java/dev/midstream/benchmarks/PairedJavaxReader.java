package dev.midstream.benchmarks;

import java.util.Arrays;
import java.util.OptionalLong;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * What the JDK reads, made into the same product as ours: notes with their lengths, paired first in
 * first out for each channel and pitch, in arrays that are kept from file to file.
 */
final class PairedJavaxReader extends JavaxReader {
  private static final int NO_RELEASE = 64;

  private int size;
  private int[] starts = new int[1 << 12];
  private int[] durations = new int[1 << 12];
  private byte[] pitches = new byte[1 << 12];
  private byte[] velocities = new byte[1 << 12];
  private byte[] releases = new byte[1 << 12];
  private byte[] channels = new byte[1 << 12];

  /** For each note the next sounding one of its channel and pitch; for each slot the two ends. */
  private int[] next = new int[1 << 12];

  private final int[] oldest = new int[16 << 7];
  private final int[] newest = new int[16 << 7];

  @Override
  public boolean read(CorpusFile file) {
    if (!super.read(file)) {
      return false;
    }
    size = 0;
    for (Track track : sequence().getTracks()) {
      pair(track);
    }
    return true;
  }

  private void pair(Track track) {
    int first = size;
    Arrays.fill(oldest, -1);
    for (int i = 0; i < track.size(); i++) {
      MidiEvent event = track.get(i);
      MidiMessage message = event.getMessage();
      if (message instanceof ShortMessage) {
        ShortMessage shortMessage = (ShortMessage) message;
        int tick = (int) event.getTick();
        if (isNoteOn(message)) {
          begin(shortMessage, tick);
        } else if (shortMessage.getCommand() == ShortMessage.NOTE_ON) {
          end(shortMessage, tick, NO_RELEASE);
        } else if (shortMessage.getCommand() == ShortMessage.NOTE_OFF) {
          end(shortMessage, tick, shortMessage.getData2());
        }
      }
    }
    int end = (int) track.ticks();
    for (int i = first; i < size; i++) {
      if (durations[i] < 0) {
        durations[i] = end - starts[i];
        releases[i] = NO_RELEASE;
      }
    }
  }

  private void begin(ShortMessage noteOn, int tick) {
    if (size == starts.length) {
      grow();
    }
    starts[size] = tick;
    durations[size] = -1;
    pitches[size] = (byte) noteOn.getData1();
    velocities[size] = (byte) noteOn.getData2();
    channels[size] = (byte) noteOn.getChannel();
    next[size] = -1;
    int slot = noteOn.getChannel() << 7 | noteOn.getData1();
    if (oldest[slot] < 0) {
      oldest[slot] = size;
    } else {
      next[newest[slot]] = size;
    }
    newest[slot] = size++;
  }

  private void end(ShortMessage noteOff, int tick, int release) {
    int slot = noteOff.getChannel() << 7 | noteOff.getData1();
    int note = oldest[slot];
    if (note >= 0) {
      oldest[slot] = next[note];
      durations[note] = tick - starts[note];
      releases[note] = (byte) release;
    }
  }

  private void grow() {
    int capacity = size * 2;
    starts = Arrays.copyOf(starts, capacity);
    durations = Arrays.copyOf(durations, capacity);
    pitches = Arrays.copyOf(pitches, capacity);
    velocities = Arrays.copyOf(velocities, capacity);
    releases = Arrays.copyOf(releases, capacity);
    channels = Arrays.copyOf(channels, capacity);
    next = Arrays.copyOf(next, capacity);
  }

  @Override
  public int notes() {
    return size;
  }

  @Override
  public OptionalLong digest() {
    NoteDigest digest = new NoteDigest();
    for (int i = 0; i < size; i++) {
      digest.add(starts[i], durations[i], pitches[i], velocities[i], releases[i], channels[i]);
    }
    return OptionalLong.of(digest.value());
  }
}
