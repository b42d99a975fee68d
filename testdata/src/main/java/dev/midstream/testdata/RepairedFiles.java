package dev.midstream.testdata;

import java.util.Arrays;

/** Damaged files that are still read: one defect each, so that its warnings are certain. */
final class RepairedFiles {
  private static final String[] KEYS = {
    "C major", "A minor", "G major", "D minor", "F major", "E minor", "D major", "B minor"
  };

  private final Catalog catalog;
  private int made;

  private RepairedFiles(Catalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(Catalog catalog) {
    RepairedFiles files = new RepairedFiles(catalog);
    files.headers();
    files.chunks();
    files.trackEnds();
    files.strayBytes();
    files.badValues();
    files.hangingNotes();
  }

  private void headers() {
    byte[] macBinary = new byte[128];
    macBinary[1] = 8;
    System.arraycopy(Bytes.ascii("SONG.MIDMidi"), 0, macBinary, 2, 12);
    junk("junk-macbinary.mid", macBinary);
    junk("junk-one-byte.mid", Bytes.of(0x00));
    byte[] blanks = new byte[5000];
    Arrays.fill(blanks, (byte) ' ');
    junk("junk-5000-blanks.mid", blanks);

    Recipe recipe = next("header-8-bytes.mid").format(1);
    Song song = recipe.build();
    add("header-8-bytes.mid", new SmfFile(song).headerExtra(0, 0), song, "header_length:1");
    song = next("header-12-bytes.mid").format(0).build();
    add(
        "header-12-bytes.mid",
        new SmfFile(song).headerExtra(1, 2, 3, 4, 5, 6),
        song,
        "header_length:1");

    song = next("format-3.mid").format(3).build();
    add("format-3.mid", new SmfFile(song), song, "unknown_format:1");
    song = next("format-17.mid").format(17).build();
    add("format-17.mid", new SmfFile(song), song, "unknown_format:1");

    song = next("track-count-high.mid").format(1).build();
    add(
        "track-count-high.mid",
        new SmfFile(song).declaredTracks(7),
        song,
        "track_count_mismatch:1");
    song = next("track-count-low.mid").format(1).build();
    add("track-count-low.mid", new SmfFile(song).declaredTracks(2), song, "track_count_mismatch:1");

    song = next("division-zero.mid").division(0, 480).build();
    add("division-zero.mid", new SmfFile(song), song, "division_zero:1");
    song = next("division-zero-format-1.mid").format(1).division(0, 96).build();
    add("division-zero-format-1.mid", new SmfFile(song), song, "division_zero:1");
  }

  private void junk(String name, byte[] junk) {
    Song song = next(name).build();
    add(name, new SmfFile(song).before(junk), song, "junk_before_header:1");
  }

  private void chunks() {
    Song song = next("unknown-chunk.mid").format(1).build();
    add(
        "unknown-chunk.mid",
        new SmfFile(song).insert(0, "XFIH", Bytes.ascii("made up")),
        song,
        "unknown_chunk:1");
    song = next("unknown-chunks.mid").format(1).build();
    add(
        "unknown-chunks.mid",
        new SmfFile(song)
            .insert(4, "XFKM", Bytes.of(0, 0xFF, 0x2F, 0))
            .insert(2, "JUNK", new byte[33])
            .insert(0, "abcd", new byte[0]),
        song,
        "unknown_chunk:3");

    song = next("trailing-1.mid").build();
    add("trailing-1.mid", new SmfFile(song).after(Bytes.of(0x1A)), song, "trailing_bytes:1");
    song = next("trailing-7.mid").format(1).build();
    add("trailing-7.mid", new SmfFile(song).after(new byte[7]), song, "trailing_bytes:1");

    song = next("overrun.mid").build();
    SmfFile file = new SmfFile(song);
    add(
        "overrun.mid",
        file.declaredLengthOfLast(file.lengthOfLast() + 100),
        song,
        "chunk_overrun:1");
    song = next("overrun-format-1.mid").format(1).build();
    file = new SmfFile(song);
    add(
        "overrun-format-1.mid",
        file.declaredLengthOfLast(file.lengthOfLast() + 1),
        song,
        "chunk_overrun:1");
    song = next("overrun-unsigned.mid").build();
    add(
        "overrun-unsigned.mid",
        new SmfFile(song).declaredLengthOfLast(0xFFFF_FFFFL),
        song,
        "chunk_overrun:1");
  }

  private void trackEnds() {
    Song song = next("no-end-of-track.mid").build();
    song.track(0).endRaw();
    add("no-end-of-track.mid", new SmfFile(song), song, "missing_end_of_track:1");
    song = next("no-end-of-track-twice.mid").format(1).build();
    song.track(1).endRaw();
    song.track(3).endRaw();
    add("no-end-of-track-twice.mid", new SmfFile(song), song, "missing_end_of_track:2");

    // The torn event has delta 0, so that the tick at which the track ends is beyond dispute.
    truncated("truncated-in-note.mid", 0x00, 0x90, 0x3C);
    truncated("truncated-in-delta.mid", 0x80);
    truncated("truncated-in-marker.mid", 0x00, 0xFF, 0x06, 0x14, 'C', 'u', 't');
    truncated("truncated-in-sysex.mid", 0x00, 0xF0, 0x0A, 0x41, 0x10);
    song = next("truncated-twice.mid").format(1).build();
    song.track(2).endRaw(0x00, 0x91);
    song.track(3).endRaw(0x00, 0xFF, 0x01);
    add("truncated-twice.mid", new SmfFile(song), song, "truncated_track:2");

    song = next("torn-in-event.mid").build();
    song.track(0).endRaw(0x00, 0xB0, 0x07);
    SmfFile file = new SmfFile(song);
    add(
        "torn-in-event.mid",
        file.declaredLengthOfLast(file.lengthOfLast() + 500),
        song,
        "chunk_overrun:1,truncated_track:1");
    song = next("torn-between-events.mid").format(1).build();
    song.track(3).endRaw();
    file = new SmfFile(song);
    add(
        "torn-between-events.mid",
        file.declaredLengthOfLast(file.lengthOfLast() + 500),
        song,
        "chunk_overrun:1,missing_end_of_track:1");
  }

  private void truncated(String name, int... lastBytes) {
    Song song = next(name).build();
    song.track(0).endRaw(lastBytes);
    add(name, new SmfFile(song), song, "truncated_track:1");
  }

  private void strayBytes() {
    // All events of the track's only channel are note-ons: whatever follows a meta event lacks
    // its status byte.
    Recipe recipe = next("running-status-after-meta.mid").channels(0, 0, 0).noteOffAsNoteOn(true);
    Song song = recipe.build().letStatusSurviveMeta();
    for (int bar = 1; bar <= 3; bar++) {
      song.add(new Event.Text(bar * recipe.bar(), Event.Text.MARKER, "Bar " + (bar + 1)));
    }
    add("running-status-after-meta.mid", new SmfFile(song), song, "running_status_after_meta:3");
    recipe = next("running-status-after-sysex.mid").channels(4, 4, 4).noteOffAsNoteOn(true);
    song = recipe.build().letStatusSurviveMeta();
    song.add(new Event.Raw(2 * recipe.bar(), Bytes.sysex(0x7E, 0x7F, 0x09, 0x01)));
    song.add(new Event.Raw(5 * recipe.bar(), Bytes.sysex(0x7D, 0x01)));
    // Two meta events in a row are followed by one event without status.
    song.add(new Event.Text(6 * recipe.bar(), Event.Text.TEXT, "one"));
    song.add(new Event.Text(6 * recipe.bar(), Event.Text.TEXT, "two"));
    add("running-status-after-sysex.mid", new SmfFile(song), song, "running_status_after_meta:3");

    song = next("orphan-data-byte.mid").build();
    song.track(0).events().add(0, new Event.Orphans(0, Bytes.of(0x40)));
    add("orphan-data-byte.mid", new SmfFile(song), song, "orphan_data_byte:1");
    song = next("orphan-data-bytes.mid").build();
    song.track(0).events().add(1, new Event.Orphans(0, Bytes.of(0x3C, 0x00, 0x7F)));
    add("orphan-data-bytes.mid", new SmfFile(song), song, "orphan_data_byte:3");

    recipe = next("system-common.mid");
    song = recipe.build();
    song.add(Event.Raw.of(0, 0xF6))
        .add(Event.Raw.of(recipe.bar(), 0xF2, 0x10, 0x02))
        .add(Event.Raw.of(2 * recipe.bar(), 0xF3, 0x05))
        .add(Event.Raw.of(3 * recipe.bar() + 60, 0xF1, 0x23));
    add("system-common.mid", new SmfFile(song), song, "system_common:4");
    recipe = next("system-common-one.mid").format(1);
    song = recipe.build();
    song.track(2).add(Event.Raw.of(4 * recipe.bar(), 0xF2, 0x00, 0x00));
    add("system-common-one.mid", new SmfFile(song), song, "system_common:1");

    recipe = next("realtime.mid");
    song = recipe.build();
    song.add(Event.Raw.of(0, 0xFA))
        .add(Event.Raw.of(recipe.bar(), 0xF8))
        .add(Event.Raw.of(recipe.bar() + 20, 0xF8))
        .add(Event.Raw.of(2 * recipe.bar(), 0xFE))
        .add(Event.Raw.of(7 * recipe.bar(), 0xFC));
    add("realtime.mid", new SmfFile(song), song, "realtime:5");
  }

  private void badValues() {
    Recipe recipe = next("tempo-zero.mid");
    Song song = recipe.build();
    song.add(new Event.Raw(4 * recipe.bar(), Bytes.meta(0x51, 0, 0, 0)));
    add("tempo-zero.mid", new SmfFile(song), song, "tempo_zero:1");
    song = next("tempo-zero-only.mid").withoutTempoEvent().build();
    song.add(new Event.Raw(0, Bytes.meta(0x51, 0, 0, 0)));
    add("tempo-zero-only.mid", new SmfFile(song), song, "tempo_zero:1");

    recipe = next("meter-numerator-zero.mid").section("3/4", 8);
    song = recipe.build();
    song.add(new Event.Raw(2 * recipe.bar(), Bytes.meta(0x58, 0, 2, 24, 8)));
    add("meter-numerator-zero.mid", new SmfFile(song), song, "meter_invalid:1");
    recipe = next("meter-denominator.mid").withoutMeterEvent();
    song = recipe.build();
    song.add(new Event.Raw(0, Bytes.meta(0x58, 4, 7, 24, 8)));
    song.add(new Event.Raw(4 * recipe.bar(), Bytes.meta(0x58, 3, 200, 24, 8)));
    add("meter-denominator.mid", new SmfFile(song), song, "meter_invalid:2");

    song = next("key-sharps.mid").build();
    song.add(new Event.Raw(0, Bytes.meta(0x59, 8, 0)));
    add("key-sharps.mid", new SmfFile(song), song, "key_invalid:1");
    song = next("key-flats-and-mode.mid").build();
    song.add(new Event.Raw(0, Bytes.meta(0x59, -8, 0)));
    song.add(new Event.Raw(0, Bytes.meta(0x59, 0, 2)));
    song.add(new Event.KeySignature(480, song.key()));
    add("key-flats-and-mode.mid", new SmfFile(song), song, "key_invalid:2");

    recipe = next("meta-length-tempo.mid");
    song = recipe.build();
    song.add(new Event.Raw(recipe.bar(), Bytes.meta(0x51, 0x07, 0xA1)));
    song.add(new Event.Raw(2 * recipe.bar(), Bytes.meta(0x51, 0x00, 0x03, 0xD0, 0x90)));
    add("meta-length-tempo.mid", new SmfFile(song), song, "meta_length:2");
    recipe = next("meta-length-meter.mid");
    song = recipe.build();
    song.add(new Event.Raw(recipe.bar(), Bytes.meta(0x58, 3)));
    add("meta-length-meter.mid", new SmfFile(song), song, "meta_length:1");
    song = next("meta-length-key.mid").format(1).build();
    song.add(new Event.Raw(0, Bytes.meta(0x59, 3)));
    song.add(new Event.Raw(0, Bytes.meta(0x59, 3, 0, 0)));
    song.add(new Event.Raw(0, Bytes.meta(0x59)));
    add("meta-length-key.mid", new SmfFile(song), song, "meta_length:3");
  }

  private void hangingNotes() {
    Recipe recipe = next("hanging-note.mid");
    Song song = recipe.build();
    hang(song, song.track(0), 6 * recipe.bar(), 3, 96, 8 * recipe.bar());
    add("hanging-note.mid", new SmfFile(song), song, "hanging_note:1");

    recipe = next("hanging-notes.mid").format(1);
    song = recipe.build();
    long end = 8 * recipe.bar();
    hang(song, song.track(1), 4 * recipe.bar(), 0, 96, end);
    hang(song, song.track(1), 5 * recipe.bar(), 0, 103, end);
    // This track ends later than the others; its note is closed there.
    song.track(3).endAt(9 * recipe.bar());
    hang(song, song.track(3), 7 * recipe.bar(), 2, 108, 9 * recipe.bar());
    add("hanging-notes.mid", new SmfFile(song), song, "hanging_note:3");
  }

  /** Adds a note without note-off; {@code pitch} counts from a tonic of C. */
  private static void hang(Song song, Track track, long tick, int channel, int pitch, long end) {
    track.add(new Note(tick, end - tick, channel, pitch + song.key().tonic(), 60, false));
  }

  /** The next recipe: format 0, a tempo event, another key each time. */
  private Recipe next(String name) {
    made++;
    return new Recipe(name).key(KEYS[made % KEYS.length]).bpm(90 + made).format(0);
  }

  private void add(String name, SmfFile file, Song song, String warnings) {
    catalog.addRepaired(name, file.toBytes(), song, warnings);
  }
}
