package dev.midstream.testdata;

import java.util.List;
import java.util.Locale;

/** Keys, tempi and metres. */
final class MusicFiles {
  private static final String[] EXTENSIONS = {".mid", ".mid", ".midi", ".mid", ".MID", ".smf"};
  private static final double[] TEMPI = {
    40, 45, 50, 56, 60, 63, 66, 70, 72.5, 75, 80, 84, 88, 90, 92, 97, 100, 104, 108, 110, 112.4,
    115, 120, 124, 126, 128, 130, 133.3, 136, 140, 144, 150, 155, 160, 166.6, 172, 174, 180, 187.5,
    190, 200, 210, 220, 230, 240
  };
  private static final String[] METERS = {
    "2/4", "3/4", "4/4", "5/4", "6/4", "7/4", "2/2", "3/2", "3/8", "5/8", "6/8", "7/8", "9/8",
    "10/8", "11/8", "12/8", "15/16"
  };

  private MusicFiles() {}

  static void addTo(Catalog catalog) {
    keys(catalog);
    tempi(catalog);
    tempoChanges(catalog);
    onsets(catalog);
    meters(catalog);
  }

  private static void keys(Catalog catalog) {
    double[] bpms = {120, 97, 76, 133.3, 104, 168, 60, 142, 88, 112};
    String[] meters = {"4/4", "3/4", "6/8", "2/4", "5/4", "7/8"};
    int[] divisions = {480, 96, 192, 120, 384, 240, 960};
    List<Key> keys = Key.all();
    for (int i = 0; i < keys.size(); i++) {
      for (int variant = 0; variant < 4; variant++) {
        int n = 5 * i + variant;
        String meter = meters[(i + 2 * variant) % meters.length];
        Key key = keys.get(i);
        String path =
            "keys/" + key.slug() + "-" + (variant + 1) + EXTENSIONS[n % EXTENSIONS.length];
        Recipe recipe =
            new Recipe(path)
                .key(key)
                .bpm(bpms[n % bpms.length])
                .section(meter, meter.equals("2/4") || n % 5 == 0 ? 16 : 8)
                .division(divisions[n % divisions.length])
                .format((i + variant) % 2)
                .runningStatus(n % 3 > 0)
                .noteOffAsNoteOn(n % 4 < 2);
        if (variant % 2 == 0) {
          recipe.signature(key);
        }
        if (variant == 3) {
          recipe.drums();
        }
        if (variant != 1) {
          recipe.programs(n % 8, 32 + n % 8, 64 + n % 16);
        }
        catalog.add(path, recipe.build());
      }
    }
    String[] otherSpellings = {
      "Gb major", "D# minor", "C# major", "Cb major", "Ab minor", "A# minor"
    };
    for (String name : otherSpellings) {
      Key key = Key.of(name);
      String path = "keys/spelled-as-" + key.slug() + ".mid";
      catalog.add(path, new Recipe(path).key(key).signature(key).bpm(108).build());
    }
    wrongSignature(catalog, "Eb major", "C major");
    wrongSignature(catalog, "B minor", "C major");
    wrongSignature(catalog, "A minor", "C major");
    wrongSignature(catalog, "E major", "Db major");
    String path = "keys/signature-twice.mid";
    Recipe twice = new Recipe(path).key("G major").signature(Key.of("G major")).bpm(95);
    catalog.add(
        path, twice.build().add(new Event.KeySignature(4 * twice.bar(), Key.of("D major"))));
  }

  private static void wrongSignature(Catalog catalog, String played, String signed) {
    Key key = Key.of(played);
    Key signature = Key.of(signed);
    String path = "keys/" + key.slug() + "-signed-" + signature.slug() + ".mid";
    catalog.add(path, new Recipe(path).key(key).signature(signature).bpm(116).build());
  }

  private static void tempi(Catalog catalog) {
    List<Key> keys = Key.all();
    for (int i = 0; i < TEMPI.length; i++) {
      String bpm =
          TEMPI[i] % 1 == 0
              ? String.format(Locale.ROOT, "%03d", (int) TEMPI[i])
              : String.format(Locale.ROOT, "%05.1f", TEMPI[i]);
      String path = "tempo/bpm-" + bpm + EXTENSIONS[i % EXTENSIONS.length];
      Recipe recipe =
          new Recipe(path)
              .bpm(TEMPI[i])
              .key(keys.get(7 * i % 24))
              .format(i % 2)
              .section(i % 3 == 1 ? "3/4" : "4/4", i % 7 == 0 ? 12 : 8)
              .noteOffAsNoteOn(i % 3 == 0)
              .programs(i % 24, 33, 40 + i % 40);
      if (i % 3 == 0) {
        recipe.drums();
      }
      catalog.add(path, recipe.build());
    }
  }

  private static void tempoChanges(Catalog catalog) {
    String path = "tempo/change-late-first-event.mid";
    Recipe recipe = new Recipe(path).key("G minor").withoutTempoEvent().section("4/4", 16);
    catalog.add(path, recipe.build().add(Event.Tempo.ofBpm(recipe.bar(), 90)));

    path = "tempo/change-ritardando.mid";
    recipe = new Recipe(path).key("Ab major").bpm(132).section("4/4", 12);
    Song song = recipe.build();
    for (int beat = 0; beat < 4; beat++) {
      long tick = 11 * recipe.bar() + (long) beat * recipe.quarter();
      song.add(Event.Tempo.ofBpm(tick, 120 - 12 * beat));
    }
    catalog.add(path, song);

    path = "tempo/change-accelerando.mid";
    recipe = new Recipe(path).key("D minor").bpm(70).section("3/4", 16).format(0);
    song = recipe.build();
    for (int beat = 1; beat <= 6; beat++) {
      song.add(Event.Tempo.ofBpm((long) beat * recipe.quarter(), 70 + 10 * beat));
    }
    catalog.add(path, song);

    path = "tempo/change-there-and-back.mid";
    recipe = new Recipe(path).key("F major").bpm(100).section("4/4", 16);
    catalog.add(
        path,
        recipe
            .build()
            .add(Event.Tempo.ofBpm(10 * recipe.bar(), 140))
            .add(Event.Tempo.ofBpm(13 * recipe.bar(), 100)));

    path = "tempo/change-once.mid";
    recipe = new Recipe(path).key("B minor").bpm(150).section("4/4", 16).drums();
    catalog.add(path, recipe.build().add(Event.Tempo.ofBpm(14 * recipe.bar(), 75)));

    path = "tempo/change-within-a-beat.mid";
    recipe = new Recipe(path).key("E major").bpm(110).section("4/4", 12);
    catalog.add(path, recipe.build().add(Event.Tempo.ofBpm(10 * recipe.bar() + 77, 163)));

    path = "tempo/same-tempo-each-bar.mid";
    recipe = new Recipe(path).key("C minor").bpm(122);
    song = recipe.build();
    for (int bar = 1; bar < 8; bar++) {
      song.add(Event.Tempo.ofBpm(bar * recipe.bar(), 122));
    }
    catalog.add(path, song);

    path = "tempo/event-in-second-track.mid";
    recipe = new Recipe(path).key("Eb major").withoutTempoEvent();
    song = recipe.build();
    song.track(1).add(Event.Tempo.ofBpm(0, 138));
    catalog.add(path, song);
  }

  private static void onsets(Catalog catalog) {
    String[] keys = {
      "C major", "A minor", "D major", "G minor", "Bb major", "F# minor", "E minor", "Ab major"
    };
    int[] divisions = {480, 96, 120, 960, 192, 384, 240, 480};
    for (int i = 0; i < keys.length; i++) {
      String path = "tempo/no-event-" + (i + 1) + (i % 4 == 3 ? ".MID" : ".mid");
      Recipe recipe =
          new Recipe(path)
              .key(keys[i])
              .withoutTempoEvent()
              .section(i % 4 == 2 ? "3/4" : "4/4", 12 + i % 2 * 4)
              .division(divisions[i])
              .format(i % 2)
              .programs(0, 32, 11);
      if (i % 3 == 1) {
        recipe.drums();
      }
      if (i == 6) {
        recipe.withoutMeterEvent();
      }
      catalog.add(path, recipe.build());
    }
  }

  private static void meters(Catalog catalog) {
    List<Key> keys = Key.all();
    for (int i = 0; i < METERS.length; i++) {
      String path = "meters/" + METERS[i].replace('/', '-') + ".mid";
      catalog.add(
          path,
          new Recipe(path)
              .key(keys.get((5 * i + 3) % 24))
              .bpm(84 + 5 * i)
              .section(METERS[i], METERS[i].endsWith("8") ? 12 : 8)
              .format(i % 2)
              .build());
    }
    String path = "meters/none.mid";
    catalog.add(path, new Recipe(path).key("A major").bpm(125).withoutMeterEvent().build());
    path = "meters/none-in-three.midi";
    catalog.add(
        path,
        new Recipe(path).key("F minor").bpm(90).section("3/4", 12).withoutMeterEvent().build());
    path = "meters/change-to-3-4.mid";
    catalog.add(
        path,
        new Recipe(path).key("D major").bpm(105).section("4/4", 12).section("3/4", 4).build());
    path = "meters/change-from-short-4-4.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("E minor")
            .bpm(96)
            .format(0)
            .section("4/4", 4)
            .section("6/8", 16)
            .build());
    path = "meters/change-and-back.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("Bb major")
            .bpm(117)
            .section("3/4", 8)
            .section("2/4", 4)
            .section("3/4", 8)
            .build());
    path = "meters/repeated-event.mid";
    Recipe recipe = new Recipe(path).key("C# minor").bpm(99).section("5/4", 8);
    catalog.add(path, recipe.build().add(new Event.MeterChange(4 * recipe.bar(), new Meter(5, 4))));
  }
}
