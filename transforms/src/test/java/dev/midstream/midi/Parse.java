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
    List<Control> controllers,
    List<String> texts,
    List<String> warnings,
    int endTick) {

  /** Two copies of a file of millions of notes are more than a test's heap holds. */
  private static final int MOST_BYTES_COMPARED = 1 << 20;

  /** One note of the columns. */
  public record Note(
      int start, int duration, int pitch, int velocity, int release, int channel, int track) {}

  /** One event of a column. */
  public record Event(int tick, int value) {}

  /** One control change. */
  public record Control(int tick, int channel, int controller, int value) {}

  public static Parse of(byte[] file) {
    return of(file, 0, file.length);
  }

  public static Parse of(byte[] data, int offset, int length) {
    MidiColumns columns = new MidiColumns();
    Parse parse = of(new MidiParser(columns, ReaderChoice.SCALAR), columns, data, offset, length);
    if (length > MOST_BYTES_COMPARED) {
      return parse;
    }
    Parse staged = of(new MidiParser(columns, ReaderChoice.VECTOR), columns, data, offset, length);
    // Whatever a test parses, both readers must agree on.
    if (!staged.equals(parse)) {
      throw new AssertionError("the vector reader reads " + staged + ", the scalar one " + parse);
    }
    return parse;
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
        controls(columns.controllers()),
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

  private static List<Control> controls(ControllerColumn column) {
    List<Control> controls = new ArrayList<>();
    for (int i = 0; i < column.size(); i++) {
      controls.add(
          new Control(column.tick(i), column.channel(i), column.controller(i), column.value(i)));
    }
    return controls;
  }
}
