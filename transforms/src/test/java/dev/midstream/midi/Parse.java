package dev.midstream.midi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All that one parse tells, copied out of the columns, so that a test compares whole files.
 *
 * @param texts {@code type:text}
 */
public record Parse(
    ParseOutcome outcome,
    List<Note> notes,
    List<Event> tempos,
    List<Event> meters,
    List<Event> keys,
    List<Event> programs,
    List<String> texts,
    List<String> warnings,
    int endTick) {

  /** One note of the columns. */
  public record Note(
      int start, int duration, int pitch, int velocity, int release, int channel, int track) {}

  /** One event of a column. */
  public record Event(int tick, int value) {}

  public static Parse of(byte[] file) {
    return of(file, 0, file.length);
  }

  public static Parse of(byte[] data, int offset, int length) {
    MidiColumns columns = new MidiColumns();
    return of(new MidiParser(columns), columns, data, offset, length);
  }

  public static Parse of(
      MidiParser parser, MidiColumns columns, byte[] data, int offset, int length) {
    ParseOutcome outcome = parser.parse(data, offset, length);
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < columns.notes().size(); i++) {
      notes.add(
          new Note(
              columns.notes().startTicks()[i],
              columns.notes().durationTicks()[i],
              columns.notes().pitches()[i],
              columns.notes().velocities()[i],
              columns.notes().releases()[i],
              columns.notes().channels()[i],
              columns.notes().trackOf(i)));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columns.texts().size(); i++) {
      texts.add(
          columns.texts().kind(i)
              + ":"
              + new String(
                  columns.data(),
                  columns.texts().offset(i),
                  columns.texts().length(i),
                  StandardCharsets.ISO_8859_1));
    }
    return new Parse(
        outcome,
        notes,
        events(columns.tempos()),
        events(columns.meters()),
        events(columns.keys()),
        events(columns.programs()),
        texts,
        columns.warnings().toStrings(),
        columns.endTick());
  }

  /** The columns of a file that must be readable. */
  public static MidiColumns columnsOf(byte[] file) {
    MidiColumns columns = new MidiColumns();
    ParseOutcome outcome = new MidiParser(columns).parse(file, 0, file.length);
    if (!(outcome instanceof ParseOutcome.Parsed)) {
      throw new AssertionError(outcome);
    }
    return columns;
  }

  private static List<Event> events(EventColumn column) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < column.size(); i++) {
      events.add(new Event(column.ticks()[i], column.values()[i]));
    }
    return events;
  }
}
