package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** One track of a {@link Song}: notes, other events, and how it ends. */
final class Track {
  private static final byte[] END_OF_TRACK = Bytes.meta(0x2F);

  private final List<Event> events = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private long declaredEnd;
  private byte[] tail;

  Track add(Event event) {
    events.add(event);
    return this;
  }

  Track addAll(Collection<Note> more) {
    notes.addAll(more);
    return this;
  }

  Track add(Note note) {
    notes.add(note);
    return this;
  }

  /** Puts End of Track at {@code tick}, unless something happens later. */
  Track endAt(long tick) {
    declaredEnd = tick;
    return this;
  }

  /** Ends the track with these bytes in place of an End of Track event. */
  Track endRaw(int... bytes) {
    tail = Bytes.of(bytes);
    return this;
  }

  List<Event> events() {
    return events;
  }

  List<Note> notes() {
    return notes;
  }

  /** The tick of the last event. */
  long end() {
    long end = tail == null ? declaredEnd : 0;
    for (Event event : events) {
      end = Math.max(end, event.tick());
    }
    for (Note note : notes) {
      if (tail != null && !note.closed()) {
        throw new IllegalStateException("who says when this note ends?");
      }
      end = Math.max(end, note.end());
    }
    return end;
  }

  byte[] encode(Song song) {
    record Timed(long tick, int rank, Event event, byte[] message) {}
    List<Timed> all = new ArrayList<>();
    for (Event event : events) {
      boolean channel = event instanceof Event.Program || event instanceof Event.Controller;
      all.add(new Timed(event.tick(), channel ? 2 : 1, event, event.message()));
    }
    for (Note note : notes) {
      int channel = note.channel();
      byte[] on = Bytes.of(0x90 | channel, note.pitch(), note.velocity());
      all.add(new Timed(note.tick(), 3, null, on));
      if (note.closed()) {
        byte[] off =
            song.noteOffAsNoteOn()
                ? Bytes.of(0x90 | channel, note.pitch(), 0)
                : Bytes.of(0x80 | channel, note.pitch(), 64);
        all.add(new Timed(note.end(), 0, null, off));
      }
    }
    // Stable: what has the same tick and rank stays in the order in which it was added.
    all.sort(Comparator.comparingLong(Timed::tick).thenComparingInt(Timed::rank));

    TrackWriter writer = new TrackWriter(song.runningStatus(), song.statusSurvivesMeta());
    for (Timed timed : all) {
      if (timed.event() instanceof Event.Orphans) {
        writer.orphans(timed.tick(), timed.message());
      } else {
        writer.event(timed.tick(), timed.message());
      }
    }
    if (tail == null) {
      writer.event(end(), END_OF_TRACK);
    } else {
      writer.raw(tail);
    }
    return writer.toBytes();
  }
}
