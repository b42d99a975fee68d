package dev.midstream.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A well-formed track, composed in absolute ticks; at one tick, notes end before others start. */
public final class TestTrack {
  private record Event(int tick, int rank, byte[] bytes) {}

  private final List<Event> events = new ArrayList<>();
  private int end;

  public TestTrack note(int tick, int duration, int channel, int pitch, int velocity) {
    add(tick, 1, Smf.bytes(0x90 | channel, pitch, velocity));
    // A note of no length must not end before it starts.
    return add(tick + duration, duration == 0 ? 2 : 0, Smf.bytes(0x80 | channel, pitch, 0));
  }

  public TestTrack program(int tick, int channel, int program) {
    return add(tick, 0, Smf.bytes(0xC0 | channel, program));
  }

  public TestTrack tempo(int tick, int micros) {
    return meta(tick, 0x51, Smf.bytes(micros >> 16, micros >> 8, micros));
  }

  public TestTrack meter(int tick, int numerator, int denominatorPower) {
    return meta(tick, 0x58, Smf.bytes(numerator, denominatorPower, 24, 8));
  }

  public TestTrack key(int tick, int sharps, boolean minor) {
    return meta(tick, 0x59, Smf.bytes(sharps, minor ? 1 : 0));
  }

  public TestTrack text(int tick, int type, String text) {
    return meta(tick, type, text.getBytes(StandardCharsets.UTF_8));
  }

  public TestTrack meta(int tick, int type, byte[] body) {
    return add(tick, 0, Smf.join(Smf.bytes(0xFF, type), Smf.variableLength(body.length), body));
  }

  /** Puts End of Track at {@code tick}, or behind the last event. */
  public TestTrack endAt(int tick) {
    end = Math.max(end, tick);
    return this;
  }

  private TestTrack add(int tick, int rank, byte[] bytes) {
    events.add(new Event(tick, rank, bytes));
    return endAt(tick);
  }

  public byte[] toChunk() {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingInt(Event::tick).thenComparingInt(Event::rank));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int tick = 0;
    for (Event event : sorted) {
      body.writeBytes(Smf.variableLength(event.tick() - tick));
      body.writeBytes(event.bytes());
      tick = event.tick();
    }
    body.writeBytes(Smf.variableLength(end - tick));
    body.writeBytes(Smf.bytes(0xFF, 0x2F, 0));
    return Smf.chunk("MTrk", body.size(), body.toByteArray());
  }
}
