package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.List;

/** What a file shall be like; {@link #build} composes and arranges it. */
final class Recipe {
  private record Section(Meter meter, int bars) {}

  private final long seed;
  private final List<Section> sections = new ArrayList<>();
  private Key key = new Key(0, false);
  private Key signature;
  private double bpm = 120;
  private boolean tempoEvent = true;
  private boolean meterEvent = true;
  private int format = 1;
  private int division = 480;
  private int quarter = 480;
  private boolean runningStatus = true;
  private boolean noteOffAsNoteOn;
  private boolean drums;
  private boolean strictBeats;
  private int[] channels = {0, 1, 2};
  private int[] programs = {};
  private String title = "";

  /** A recipe whose music is seeded by {@code name}; by default C major, 4/4, 120, format 1. */
  Recipe(String name) {
    seed = name.hashCode();
  }

  Recipe key(Key value) {
    key = value;
    return this;
  }

  Recipe key(String name) {
    return key(Key.of(name));
  }

  /** Adds a key signature event, whether true or not. */
  Recipe signature(Key value) {
    signature = value;
    return this;
  }

  Recipe bpm(double value) {
    bpm = value;
    return this;
  }

  /** No tempo event; the music then keeps strictly to the beat. */
  Recipe withoutTempoEvent() {
    tempoEvent = false;
    strictBeats = true;
    return this;
  }

  Recipe withoutMeterEvent() {
    meterEvent = false;
    return this;
  }

  /** Appends a section; without any there are eight bars of 4/4. */
  Recipe section(String meter, int bars) {
    sections.add(new Section(Meter.of(meter), bars));
    return this;
  }

  Recipe format(int value) {
    format = value;
    return this;
  }

  Recipe division(int ticksPerQuarter) {
    division = ticksPerQuarter;
    quarter = ticksPerQuarter;
    return this;
  }

  /** A header value that is no number of ticks per quarter, and the quarter as it is written. */
  Recipe division(int headerValue, int ticksOfQuarter) {
    division = headerValue;
    quarter = ticksOfQuarter;
    return this;
  }

  Recipe runningStatus(boolean value) {
    runningStatus = value;
    return this;
  }

  Recipe noteOffAsNoteOn(boolean value) {
    noteOffAsNoteOn = value;
    return this;
  }

  Recipe drums() {
    drums = true;
    return this;
  }

  /** The channels of chords, bass and melody. */
  Recipe channels(int chords, int bass, int melody) {
    channels = new int[] {chords, bass, melody};
    return this;
  }

  /** The programs of chords, bass and melody; without them there are no program changes. */
  Recipe programs(int chords, int bass, int melody) {
    programs = new int[] {chords, bass, melody};
    return this;
  }

  Recipe title(String value) {
    title = value;
    return this;
  }

  int quarter() {
    return quarter;
  }

  /** Ticks of a bar of the first section. */
  long bar() {
    return firstSection().meter().barTicks(quarter);
  }

  Song build() {
    if (format == 2) {
      throw new IllegalStateException("format 2 needs its number of patterns");
    }
    Song song = song();
    Track first = song.addTrack();
    head(first);
    List<List<Note>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Note> drumPart = new ArrayList<>();
    long length = 0;
    for (Section section : orDefault()) {
      if (meterEvent) {
        first.add(new Event.MeterChange(length, section.meter()));
      }
      length = compose(section, length, seed + length, parts, drumPart);
    }
    first.endAt(length);
    for (int part = 0; part < 3; part++) {
      Track track = format == 0 ? first : song.addTrack().endAt(length);
      addProgram(track, part);
      track.addAll(parts.get(part));
    }
    if (drums) {
      (format == 0 ? first : song.addTrack().endAt(length)).addAll(drumPart);
    }
    return song;
  }

  /** Format 2: patterns that follow one another, each a track with the events of its own. */
  Song buildPatterns(int count) {
    Song song = song();
    for (int pattern = 0; pattern < count; pattern++) {
      Track track = song.addTrack();
      head(track);
      if (meterEvent) {
        track.add(new Event.MeterChange(0, firstSection().meter()));
      }
      List<List<Note>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      List<Note> drumPart = new ArrayList<>();
      track.endAt(compose(firstSection(), 0, seed + pattern, parts, drumPart));
      for (int part = 0; part < 3; part++) {
        addProgram(track, part);
        track.addAll(parts.get(part));
      }
      if (drums) {
        track.addAll(drumPart);
      }
    }
    return song;
  }

  private Song song() {
    return new Song(format, division)
        .key(key)
        .runningStatus(runningStatus)
        .noteOffAsNoteOn(noteOffAsNoteOn)
        .strictBeats(strictBeats);
  }

  private void head(Track track) {
    if (!title.isEmpty()) {
      track.add(new Event.Text(0, Event.Text.TRACK_NAME, title));
    }
    if (tempoEvent) {
      track.add(Event.Tempo.ofBpm(0, bpm));
    }
    if (signature != null) {
      track.add(new Event.KeySignature(0, signature));
    }
  }

  private void addProgram(Track track, int part) {
    if (programs.length > 0) {
      track.add(new Event.Program(0, channels[part], programs[part]));
    }
  }

  private long compose(
      Section section, long start, long sectionSeed, List<List<Note>> parts, List<Note> drumPart) {
    Composer composer =
        new Composer(key, section.meter(), quarter, section.bars(), strictBeats, sectionSeed);
    shift(composer.chords(channels[0]), start, parts.get(0));
    shift(composer.bass(channels[1]), start, parts.get(1));
    shift(composer.melody(channels[2]), start, parts.get(2));
    if (drums) {
      shift(composer.drums(), start, drumPart);
    }
    return start + composer.length();
  }

  private static void shift(List<Note> notes, long ticks, List<Note> into) {
    notes.forEach(note -> into.add(note.shifted(ticks)));
  }

  private List<Section> orDefault() {
    return sections.isEmpty() ? List.of(new Section(Meter.COMMON, 8)) : sections;
  }

  private Section firstSection() {
    return orDefault().get(0);
  }
}
