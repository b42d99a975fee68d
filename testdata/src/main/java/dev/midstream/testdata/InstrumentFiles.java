package dev.midstream.testdata;

/** Programs, drums, and files with hardly a note. */
final class InstrumentFiles {
  private InstrumentFiles() {}

  static void addTo(Catalog catalog) {
    programs(catalog);
    drums(catalog);
    fewNotes(catalog);
  }

  private static void programs(Catalog catalog) {
    int[][] bands = {{0, 32, 73}, {48, 43, 40}, {19, 38, 80}, {127, 0, 64}, {24, 24, 25}};
    String[] keys = {"C major", "D minor", "G major", "A minor", "Eb major"};
    for (int i = 0; i < bands.length; i++) {
      String path = "instruments/band-" + (i + 1) + ".mid";
      catalog.add(
          path,
          new Recipe(path)
              .key(keys[i])
              .bpm(98 + 6 * i)
              .format(i % 2)
              .programs(bands[i][0], bands[i][1], bands[i][2])
              .build());
    }
    String path = "instruments/no-program.mid";
    catalog.add(path, new Recipe(path).key("F major").bpm(114).build());

    path = "instruments/program-in-conductor-track.mid";
    Song song = new Recipe(path).key("Bb major").bpm(121).build();
    catalog.add(
        path,
        song.add(new Event.Program(0, 0, 16))
            .add(new Event.Program(0, 1, 36))
            .add(new Event.Program(0, 2, 65)));

    path = "instruments/program-in-last-track.mid";
    Recipe recipe = new Recipe(path).key("E minor").bpm(107).programs(0, 32, 73);
    song = recipe.build();
    song.addTrack().add(new Event.Program(4 * recipe.bar() - 1, 2, 40));
    catalog.add(path, song);

    path = "instruments/program-changes-within-track.mid";
    recipe = new Recipe(path).key("A major").bpm(129).programs(1, 33, 71).format(0);
    catalog.add(
        path,
        recipe
            .build()
            .add(new Event.Program(2 * recipe.bar(), 2, 72))
            .add(new Event.Program(4 * recipe.bar(), 2, 73))
            .add(new Event.Program(6 * recipe.bar(), 0, 1)));

    path = "instruments/program-replaced-before-a-note.mid";
    song = new Recipe(path).key("F# minor").bpm(93).build();
    song.track(1).add(new Event.Program(0, 0, 10)).add(new Event.Program(0, 0, 11));
    catalog.add(path, song);

    path = "instruments/program-on-silent-channel.mid";
    song = new Recipe(path).key("D major").bpm(135).programs(2, 34, 75).build();
    catalog.add(path, song.add(new Event.Program(0, 7, 99)));

    path = "instruments/program-after-last-note.mid";
    recipe = new Recipe(path).key("B minor").bpm(87).programs(3, 35, 76);
    song = recipe.build();
    song.track(3).add(new Event.Program(8 * recipe.bar(), 2, 120));
    catalog.add(path, song);

    path = "instruments/program-on-drum-channel.mid";
    song = new Recipe(path).key("G minor").bpm(131).programs(4, 36, 77).drums().build();
    song.track(4).add(new Event.Program(0, Note.DRUM_CHANNEL, 16));
    catalog.add(path, song);

    path = "instruments/bank-select-and-controllers.mid";
    song = new Recipe(path).key("C# minor").bpm(119).build();
    for (int part = 0; part < 3; part++) {
      song.track(part + 1)
          .add(new Event.Controller(0, part, 0, 8))
          .add(new Event.Controller(0, part, 32, 1))
          .add(new Event.Program(0, part, 50 + part))
          .add(new Event.Controller(0, part, 7, 100))
          .add(new Event.Controller(0, part, 10, 64))
          .add(Event.Raw.of(480, 0xE0 | part, 0x00, 0x50))
          .add(Event.Raw.of(960, 0xE0 | part, 0x00, 0x40))
          .add(Event.Raw.of(960, 0xD0 | part, 0x30))
          .add(new Event.Raw(0, Bytes.sysex(0x7E, 0x7F, 0x09, 0x01)));
    }
    // Polyphonic pressure on a note of the chord at the beginning.
    song.track(1).add(Event.Raw.of(240, 0xA0, 61, 0x20));
    catalog.add(path, song);

    path = "instruments/sixteen-channels.mid";
    Composer composer =
        new Composer(Key.of("C major"), Meter.COMMON, 240, 4, false, path.hashCode());
    song = new Song(1, 240).key(Key.of("C major"));
    song.addTrack()
        .add(Event.Tempo.ofBpm(0, 126))
        .add(new Event.MeterChange(0, Meter.COMMON))
        .endAt(composer.length());
    for (int channel = 0; channel < 16; channel++) {
      Track track = song.addTrack().endAt(composer.length());
      if (channel == Note.DRUM_CHANNEL) {
        track.addAll(composer.drums());
      } else {
        track.add(new Event.Program(0, channel, 8 * channel));
        track.addAll(
            switch (channel % 3) {
              case 0 -> composer.chords(channel);
              case 1 -> composer.bass(channel);
              default -> composer.melody(channel);
            });
      }
    }
    catalog.add(path, song);
  }

  private static void drums(Catalog catalog) {
    String[] keys = {"C major", "E minor", "Ab major", "G major"};
    for (int i = 0; i < keys.length; i++) {
      String path = "drums/with-band-" + (i + 1) + ".mid";
      catalog.add(
          path,
          new Recipe(path)
              .key(keys[i])
              .bpm(106 + 9 * i)
              .drums()
              .format(i % 2)
              .section(i == 2 ? "3/4" : "4/4", 8)
              .noteOffAsNoteOn(i > 1)
              .build());
    }
    catalog.add("drums/only-1.mid", onlyDrums(0, 480, "4/4", 8, 124));
    catalog.add("drums/only-2.mid", onlyDrums(1, 96, "3/4", 12, 88));
    catalog.add("drums/only-3.mid", onlyDrums(1, 192, "7/8", 12, 140));
    catalog.add("drums/only-no-tempo-event.mid", onlyDrums(0, 120, "4/4", 16, 0));
    Song named = onlyDrums(1, 480, "4/4", 12, 174);
    named
        .track(1)
        .add(new Event.Text(0, Event.Text.TRACK_NAME, "Drum kit"))
        .add(new Event.Program(0, Note.DRUM_CHANNEL, 8));
    catalog.add("drums/only-with-program.mid", named);
  }

  /** Drums alone; {@code bpm} 0 leaves the tempo event out. */
  private static Song onlyDrums(int format, int division, String meter, int bars, int bpm) {
    Song song = new Song(format, division).strictBeats(bpm == 0);
    Meter parsed = Meter.of(meter);
    Composer composer = new Composer(new Key(0, false), parsed, division, bars, true, bars);
    Track track = song.addTrack().add(new Event.MeterChange(0, parsed)).endAt(composer.length());
    if (bpm > 0) {
      track.add(Event.Tempo.ofBpm(0, bpm));
    }
    (format == 0 ? track : song.addTrack().endAt(composer.length())).addAll(composer.drums());
    return song;
  }

  private static void fewNotes(Catalog catalog) {
    Song song = new Song(0, 480);
    song.addTrack().add(Event.Tempo.ofBpm(0, 100)).add(new Note(0, 480, 0, 60, 100));
    catalog.add("few-notes/single-note.mid", song);

    song = new Song(1, 96);
    song.addTrack().add(new Note(96, 48, 3, 69, 64)).endAt(192);
    catalog.add("few-notes/single-note-no-tempo-event.mid", song);

    song = new Song(0, 480);
    song.addTrack().add(Event.Tempo.ofBpm(0, 80)).add(new Note(0, 120, 9, 38, 127)).endAt(480);
    catalog.add("few-notes/single-drum.mid", song);

    song = new Song(0, 480);
    Track track = song.addTrack().add(Event.Tempo.ofBpm(0, 110));
    int[] scale = {60, 62, 64, 65, 67, 64, 60};
    for (int i = 0; i < scale.length; i++) {
      track.add(new Note(480L * i, 480, 0, scale[i], 80 + i));
    }
    catalog.add("few-notes/seven-notes.mid", song);

    song = new Song(1, 480);
    song.addTrack()
        .add(new Event.Text(0, Event.Text.TRACK_NAME, "Silence"))
        .add(Event.Tempo.ofBpm(0, 66))
        .add(new Event.MeterChange(0, Meter.of("3/4")))
        .add(new Event.KeySignature(0, Key.of("D major")))
        .endAt(5760);
    song.addTrack().endAt(5760);
    catalog.add("few-notes/no-note.mid", song);

    song = new Song(0, 480);
    song.addTrack()
        .add(new Event.Program(0, 0, 40))
        .add(new Event.Controller(0, 0, 7, 90))
        .add(new Event.Controller(960, 0, 7, 20));
    catalog.add("few-notes/controllers-only.mid", song);

    song = new Song(0, 480);
    song.addTrack();
    catalog.add("few-notes/end-of-track-only.mid", song);

    song = new Song(1, 240);
    song.addTrack();
    song.addTrack().endAt(1000);
    song.addTrack();
    catalog.add("few-notes/end-of-track-only-three-tracks.mid", song);
  }
}
