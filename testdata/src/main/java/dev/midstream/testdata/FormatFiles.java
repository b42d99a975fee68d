package dev.midstream.testdata;

import java.util.Locale;

/** Formats, ways of encoding, divisions and the RIFF container. */
final class FormatFiles {
  private FormatFiles() {}

  static void addTo(Catalog catalog) {
    encodings(catalog);
    patterns(catalog);
    divisions(catalog);
    smpte(catalog);
    riff(catalog);
  }

  private static void encodings(Catalog catalog) {
    String[] keys = {
      "C major", "G major", "E minor", "F major", "D minor", "A major", "B minor", "Bb major"
    };
    for (int i = 0; i < 8; i++) {
      boolean running = (i & 1) == 1;
      boolean offAsOn = (i & 2) == 2;
      int format = i >> 2;
      String path =
          String.format(
              Locale.ROOT,
              "formats/format-%d-%s-%s.mid",
              format,
              running ? "running" : "full",
              offAsOn ? "velocity-zero" : "note-off");
      catalog.add(
          path,
          new Recipe(path)
              .key(keys[i])
              .bpm(100 + 3 * i)
              .format(format)
              .runningStatus(running)
              .noteOffAsNoteOn(offAsOn)
              .programs(4, 33, 73)
              .build());
    }
    String path = "formats/one-channel.mid";
    catalog.add(
        path,
        new Recipe(path).key("Eb major").bpm(118).format(0).channels(0, 0, 0).division(96).build());
    path = "formats/one-track-format-1.mid";
    Song single = new Recipe(path).key("Ab major").bpm(91).format(0).build();
    Song song = new Song(1, 480).key(single.key());
    Track track = song.addTrack().addAll(single.track(0).notes()).endAt(single.track(0).end());
    single.track(0).events().forEach(track::add);
    catalog.add(path, song);
    path = "formats/empty-tracks-between.mid";
    song = new Recipe(path).key("C minor").bpm(103).build();
    song.addTrack();
    song.addTrack().endAt(960);
    catalog.add(path, song);
    path = "formats/end-of-track-late.mid";
    Recipe recipe = new Recipe(path).key("G major").bpm(111);
    song = recipe.build();
    song.track(2).endAt(10 * recipe.bar());
    catalog.add(path, song);
    path = "formats/large.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("F# minor")
            .bpm(127)
            .section("4/4", 64)
            .drums()
            .programs(5, 34, 81)
            .build());
    path = "formats/overlapping-same-pitch.mid";
    recipe = new Recipe(path).key("C major").bpm(120);
    song = recipe.build();
    for (int bar = 0; bar < 8; bar += 4) {
      long start = bar * recipe.bar();
      song.track(3)
          .add(new Note(start, 480, 2, 96, 90))
          .add(new Note(start + 240, 720, 2, 96, 70))
          .add(new Note(start + 360, 1080, 2, 96, 50));
    }
    catalog.add(path, song);
  }

  private static void patterns(Catalog catalog) {
    int[] counts = {1, 2, 3, 4, 2, 3};
    String[] keys = {"D major", "A minor", "F major", "E minor", "G minor", "B major"};
    for (int i = 0; i < counts.length; i++) {
      String path = "formats/format-2-" + (i + 1) + ".mid";
      Recipe recipe =
          new Recipe(path)
              .format(2)
              .key(keys[i])
              .bpm(94 + 7 * i)
              .section(i % 2 == 0 ? "4/4" : "3/4", 4)
              .division(i == 2 ? 96 : 480)
              .noteOffAsNoteOn(i % 2 == 0);
      if (i > 1) {
        recipe.programs(i, 32 + i, 70 + i).title("Pattern");
      }
      if (i == 3) {
        recipe.drums();
      }
      catalog.add(path, recipe.buildPatterns(counts[i]));
    }
    String path = "formats/format-2-two-tempi.mid";
    Recipe recipe = new Recipe(path).format(2).key("Db major").bpm(100).section("4/4", 8);
    Song song = recipe.buildPatterns(2);
    Song coda = new Recipe(path).key("Db major").bpm(160).format(0).section("4/4", 4).build();
    Track last = song.addTrack().addAll(coda.track(0).notes()).endAt(coda.track(0).end());
    coda.track(0).events().forEach(last::add);
    catalog.add(path, song);
  }

  private static void divisions(Catalog catalog) {
    int[] divisions = {24, 32, 48, 96, 100, 120, 192, 240, 384, 480, 960, 1024, 15360, 32764};
    for (int i = 0; i < divisions.length; i++) {
      String path = "divisions/" + divisions[i] + ".mid";
      catalog.add(
          path,
          new Recipe(path)
              .key(Key.all().get((11 * i + 4) % 24))
              .bpm(82 + 9 * i)
              .division(divisions[i])
              .section(i % 2 == 0 ? "4/4" : "3/4", 8)
              .format((i + 1) % 2)
              .build());
    }
    String path = "divisions/15360-long-silence.mid";
    Recipe recipe = new Recipe(path).key("A major").bpm(200).division(15360);
    Song song = recipe.build();
    long again = 48 * recipe.bar();
    for (int track = 1; track < 4; track++) {
      for (Note note : song.track(track).notes().toArray(Note[]::new)) {
        song.track(track).add(note.shifted(again));
      }
      song.track(track).endAt(again + 8 * recipe.bar());
    }
    catalog.add(path, song);
  }

  private static void smpte(Catalog catalog) {
    int[][] rates = {
      // frames, subframes, ticks of a quarter at about 120
      {24, 80, 960}, {24, 40, 480}, {25, 40, 500}, {25, 80, 1000},
      {29, 80, 1200}, {29, 100, 1500}, {30, 80, 1200}, {30, 100, 1500}
    };
    String[] keys = {
      "C major", "F major", "D minor", "G major", "A minor", "Bb major", "E minor", "D major"
    };
    for (int i = 0; i < rates.length; i++) {
      int[] rate = rates[i];
      String path = "divisions/smpte-" + rate[0] + "-" + rate[1] + ".mid";
      Recipe recipe =
          new Recipe(path)
              .key(keys[i])
              .division(Song.smpte(rate[0], rate[1]), rate[2])
              .format(i % 2)
              .section("4/4", 8);
      catalog.add(path, (i % 4 == 1 ? recipe.bpm(90) : recipe.withoutTempoEvent()).build());
    }
  }

  private static void riff(Catalog catalog) {
    byte[] info =
        SmfFile.riffChunk(
            "LIST",
            Bytes.concat(
                Bytes.ascii("INFO"), SmfFile.riffChunk("INAM", Bytes.ascii("Container title"))));
    byte[] display = SmfFile.riffChunk("DISP", Bytes.ascii("\1\0\0\0Shown"));
    for (int i = 0; i < 8; i++) {
      String path = "riff/" + (i + 1) + (i == 7 ? ".RMI" : ".rmi");
      Song song =
          new Recipe(path)
              .key(Key.all().get((9 * i + 2) % 24))
              .bpm(101 + 4 * i)
              .format(i % 2)
              // The growing title sees to odd and even lengths.
              .title("R".repeat(1 + i / 2))
              .runningStatus(i % 3 == 0)
              .programs(i, 35, 56)
              .build();
      byte[] data = SmfFile.riffChunk("data", song.encode());
      byte[] file =
          switch (i / 2) {
            case 0 -> SmfFile.rmid(data);
            case 1 -> SmfFile.rmid(info, data);
            case 2 -> SmfFile.rmid(data, info);
            default -> SmfFile.rmid(display, info, data, display);
          };
      catalog.add(path, file, Truth.of(song));
    }
  }
}
