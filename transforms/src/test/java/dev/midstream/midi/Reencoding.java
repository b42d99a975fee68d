package dev.midstream.midi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A file taken apart into its events, to be written again as other bytes with the same music. It
 * reads well-formed files of format 0 and 1 only, with a reader of its own. Immutable.
 */
public final class Reencoding {
  private static final int DRUM_CHANNEL = 9;

  private final int division;
  private final List<List<Event>> tracks;

  /** An event with its status; {@code bytes} begin behind it. */
  private record Event(long tick, int status, byte[] bytes) {
    boolean isChannel() {
      return status < 0xF0;
    }

    boolean isNote() {
      return status < 0xA0;
    }

    boolean isDrum() {
      return (status & 0xF) == DRUM_CHANNEL;
    }

    /** Texts of all kinds: FF 01 to FF 0F. */
    boolean isText() {
      return status == 0xFF && bytes[0] >= 1 && bytes[0] <= 0x0F;
    }

    boolean isEnd() {
      return status == 0xFF && bytes[0] == 0x2F;
    }
  }

  private Reencoding(int division, List<List<Event>> tracks) {
    this.division = division;
    this.tracks = tracks;
  }

  /** Takes {@code file} apart. */
  public static Reencoding of(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    in.position(10);
    int tracks = in.getShort();
    int division = in.getShort();
    List<List<Event>> read = new ArrayList<>();
    for (int i = 0; i < tracks; i++) {
      in.getInt();
      int end = in.getInt() + in.position();
      read.add(readTrack(in));
      in.position(end);
    }
    return new Reencoding(division, read);
  }

  private static List<Event> readTrack(ByteBuffer in) {
    List<Event> events = new ArrayList<>();
    long tick = 0;
    int running = 0;
    while (events.isEmpty() || !events.get(events.size() - 1).isEnd()) {
      tick += variableLength(in);
      int status = in.get(in.position()) & 0xFF;
      if (status < 0x80) {
        status = running;
      } else {
        in.get();
      }
      running = status;
      int from = in.position();
      if (status >= 0xF0) {
        if (status == 0xFF) {
          in.get();
        }
        int length = (int) variableLength(in);
        in.position(in.position() + length);
      } else {
        in.position(from + (status >= 0xC0 && status < 0xE0 ? 1 : 2));
      }
      byte[] bytes = new byte[in.position() - from];
      in.get(from, bytes);
      events.add(new Event(tick, status, bytes));
    }
    return events;
  }

  private static long variableLength(ByteBuffer in) {
    long value = 0;
    byte next;
    do {
      next = in.get();
      value = value << 7 | (next & 0x7F);
    } while (next < 0);
    return value;
  }

  /** The header's division. */
  public int division() {
    return division;
  }

  /** The last tick. */
  public long end() {
    return tracks.stream().flatMap(List::stream).mapToLong(Event::tick).max().orElse(0);
  }

  /** Of {@code by} times the division, which moves no note. */
  public Reencoding redivided(int by) {
    return withTicks(division * by, tick -> tick * by);
  }

  /** Of another division; where ticks do not come out even, they are rounded. */
  public Reencoding roundedTo(int newDivision) {
    return withTicks(
        newDivision, tick -> Math.floorDiv(2 * tick * newDivision + division, 2L * division));
  }

  /** Everything begins later. */
  public Reencoding delayed(int ticks) {
    return withTicks(division, tick -> tick + ticks);
  }

  private Reencoding withTicks(int newDivision, LongUnaryOperator map) {
    return new Reencoding(
        newDivision,
        tracks.stream()
            .map(
                track ->
                    track.stream()
                        .map(e -> new Event(map.applyAsLong(e.tick), e.status, e.bytes))
                        .toList())
            .toList());
  }

  /** Whether no note leaves 0 to 127. */
  public boolean canTranspose(int semitones) {
    return tracks.stream()
        .flatMap(List::stream)
        .filter(e -> e.isNote() && !e.isDrum())
        .allMatch(e -> e.bytes[0] + semitones >= 0 && e.bytes[0] + semitones <= 127);
  }

  private Reencoding mapped(UnaryOperator<Event> change) {
    return new Reencoding(
        division, tracks.stream().map(track -> track.stream().map(change).toList()).toList());
  }

  /** All notes but the drums' move. */
  public Reencoding transposed(int semitones) {
    return mapped(
        e ->
            e.isNote() && !e.isDrum()
                ? new Event(e.tick, e.status, Smf.bytes(e.bytes[0] + semitones, e.bytes[1]))
                : e);
  }

  /** Without any text. */
  public Reencoding withoutTexts() {
    return new Reencoding(
        division, tracks.stream().map(t -> t.stream().filter(e -> !e.isText()).toList()).toList());
  }

  /** All in one track. */
  public Reencoding merged() {
    List<Event> all =
        tracks.stream()
            .flatMap(List::stream)
            .filter(e -> !e.isEnd())
            .sorted(Comparator.comparingLong(Event::tick))
            .collect(Collectors.toCollection(ArrayList::new));
    all.add(new Event(end(), 0xFF, Smf.bytes(0x2F, 0)));
    return new Reencoding(division, List.of(all));
  }

  /** A track for each channel and, where {@code hands}, for the notes above and below middle C. */
  public Reencoding split(boolean hands) {
    List<List<Event>> parts = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      parts.add(new ArrayList<>());
    }
    for (Event e : merged().tracks.get(0)) {
      if (!e.isEnd()) {
        int channel = e.status & 0xF;
        boolean upper = hands && e.isNote() && e.bytes[0] >= 60;
        parts.get(!e.isChannel() ? 0 : upper ? 17 + channel : 1 + channel).add(e);
      }
    }
    parts.removeIf(List::isEmpty);
    parts.forEach(part -> part.add(new Event(end(), 0xFF, Smf.bytes(0x2F, 0))));
    return new Reencoding(division, parts);
  }

  /** The tracks in another order. */
  public Reencoding shuffled(Random random) {
    List<List<Event>> shuffled = new ArrayList<>(tracks);
    Collections.shuffle(shuffled, random);
    return new Reencoding(division, shuffled);
  }

  /** The pitched channels swapped, as {@code channel ^ 1}, but for that of the drums. */
  public Reencoding renumbered() {
    return mapped(
        e ->
            e.isChannel() && (e.status & 0xE) != (DRUM_CHANNEL & 0xE)
                ? new Event(e.tick, e.status ^ 1, e.bytes)
                : e);
  }

  /** Written anew; with {@code runningStatus} a status is left out wherever it may be. */
  public byte[] toBytes(boolean runningStatus) {
    byte[][] chunks = new byte[tracks.size()][];
    for (int t = 0; t < chunks.length; t++) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      long tick = 0;
      int running = 0;
      for (Event e : tracks.get(t)) {
        body.writeBytes(Smf.variableLength((int) (e.tick - tick)));
        tick = e.tick;
        if (!runningStatus || e.status != running) {
          body.write(e.status);
        }
        running = e.isChannel() ? e.status : 0;
        body.writeBytes(e.bytes);
      }
      chunks[t] = Smf.chunk("MTrk", body.size(), body.toByteArray());
    }
    return Smf.file(tracks.size() == 1 ? 0 : 1, division, chunks);
  }
}
