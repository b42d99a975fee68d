package dev.midstream.benchmarks;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.ReaderChoice;
import java.util.OptionalLong;

/** Our parser, filling columns that are kept from file to file as a DoFn keeps them. */
public final class ColumnsReader implements FileReader {
  private final MidiColumns columns = new MidiColumns();
  private final MidiParser parser;

  /** A reader by the {@link ReaderChoice} of that name. */
  public ColumnsReader(String choice) {
    parser = new MidiParser(columns, ReaderChoice.valueOf(choice));
  }

  MidiColumns columns() {
    return columns;
  }

  @Override
  public boolean read(CorpusFile file) {
    return parser.parse(file.content(), 0, file.content().length) instanceof Parsed;
  }

  @Override
  public int notes() {
    return columns.notes().size();
  }

  @Override
  public OptionalLong digest() {
    NoteColumns notes = columns.notes();
    NoteDigest digest = new NoteDigest();
    for (int i = 0; i < notes.size(); i++) {
      digest.add(
          notes.startTicks()[i],
          notes.durationTicks()[i],
          notes.pitches()[i],
          notes.velocities()[i],
          notes.releases()[i],
          notes.channels()[i]);
    }
    return OptionalLong.of(digest.value());
  }
}
