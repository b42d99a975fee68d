package dev.midstream.testdata;

import dev.midstream.testdata.Event.Text;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Karaoke, lyrics, names, copyright and other text. */
final class TextFiles {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Lyrics MORNING =
      new Lyrics(
          "Morn-ing light is on the hill",
          "riv-er runs and leaves are still",
          "",
          "Call the an-swer down the lane",
          "turn the wheel and call a-gain");
  private static final Lyrics EVENING =
      new Lyrics("Eve-ning comes with qui-et feet", "lamps are wak-ing down the street");
  private static final Lyrics GERMAN =
      new Lyrics("Ü-ber Hü-gel weht der Wind", "grü-ßend schläft das müd-e Kind");
  private static final Lyrics JAPANESE = new Lyrics("あ-さ-の ひ-か-り", "か-わ-の お-と");

  private TextFiles() {}

  static void addTo(Catalog catalog) {
    karaoke(catalog);
    lyricEvents(catalog);
    names(catalog);
    otherText(catalog);
  }

  private static void karaoke(Catalog catalog) {
    karaoke(catalog, "karaoke/morning.kar", "C major", MORNING, StandardCharsets.UTF_8, false);
    karaoke(catalog, "karaoke/evening.kar", "A minor", EVENING, StandardCharsets.UTF_8, false);
    karaoke(catalog, "karaoke/morning-opens.kar", "G major", MORNING, StandardCharsets.UTF_8, true);
    karaoke(catalog, "karaoke/evening-opens.KAR", "D minor", EVENING, WINDOWS_1252, true);
    karaoke(catalog, "karaoke/wind-utf-8.kar", "F major", GERMAN, StandardCharsets.UTF_8, false);
    karaoke(catalog, "karaoke/wind-1252.kar", "E minor", GERMAN, WINDOWS_1252, false);
    karaoke(catalog, "karaoke/asa.kar", "Bb major", JAPANESE, StandardCharsets.UTF_8, true);

    String path = "karaoke/one-track.kar";
    Recipe recipe = new Recipe(path).key("D major").bpm(102).format(0);
    Song song = recipe.build();
    song.add(new Text(0, Text.TEXT, "@KMIDI KARAOKE FILE"))
        .add(new Text(0, Text.TEXT, "@LENGL"))
        .add(new Text(0, Text.TEXT, "@TEvening"));
    sing(song.track(0), Text.TEXT, EVENING.syllables("/", "\\"), recipe.quarter(), null);
    catalog.add(path, song.lyrics(EVENING.text()));
  }

  private static void karaoke(
      Catalog catalog, String path, String key, Lyrics lyrics, Charset charset, boolean opens) {
    Recipe recipe =
        new Recipe(path).key(key).bpm(96).section("4/4", 12).title("Soft karaoke").division(120);
    Song song = recipe.build();
    song.add(new Text(0, Text.TEXT, "@KMIDI KARAOKE FILE"))
        .add(new Text(0, Text.TEXT, "@V0100"))
        .add(new Text(0, Text.TEXT, "@IMade for testing"));
    Track words = song.addTrack();
    words
        .add(new Text(0, Text.TRACK_NAME, "Words"))
        .add(new Text(0, Text.TEXT, "@LENGL"))
        .add(new Text(0, Text.TEXT, "@TA title"))
        .add(new Text(0, Text.TEXT, "@TA composer"));
    List<String> syllables = lyrics.syllables("/", "\\");
    if (opens) {
      // Usual in the wild: the first line, too, begins with a mark.
      syllables.set(0, "\\" + syllables.get(0));
    }
    sing(words, Text.TEXT, syllables, recipe.quarter(), charset);
    catalog.add(path, song.lyrics(lyrics.text()));
  }

  private static void lyricEvents(Catalog catalog) {
    String path = "karaoke/lyric-events.mid";
    Recipe recipe = new Recipe(path).key("Eb major").bpm(112).section("4/4", 12);
    Song song = recipe.build();
    sing(song.track(3), Text.LYRIC, MORNING.syllables("\n", "\n\n"), recipe.quarter(), null);
    catalog.add(path, song.lyrics(MORNING.text()));

    path = "karaoke/lyric-events-one-track.midi";
    recipe = new Recipe(path).key("B minor").bpm(85).format(0);
    song = recipe.build();
    sing(song.track(0), Text.LYRIC, EVENING.syllables("\n", "\n\n"), recipe.quarter(), null);
    catalog.add(path, song.lyrics(EVENING.text()));

    path = "karaoke/lyric-events-1252.mid";
    recipe = new Recipe(path).key("A major").bpm(92);
    song = recipe.build();
    sing(song.track(3), Text.LYRIC, GERMAN.syllables("\n", "\n\n"), recipe.quarter(), WINDOWS_1252);
    catalog.add(path, song.lyrics(GERMAN.text()));

    path = "karaoke/lyric-events-one-line.mid";
    Lyrics line = new Lyrics("Hum-ming all the way");
    recipe = new Recipe(path).key("G minor").bpm(78).title("Tune");
    song = recipe.build();
    sing(song.track(3), Text.LYRIC, line.syllables("\n", "\n\n"), recipe.quarter(), null);
    catalog.add(path, song.lyrics(line.text()));
  }

  /** Puts a syllable on every quarter. */
  private static void sing(
      Track track, int type, List<String> syllables, int quarter, Charset charset) {
    for (int i = 0; i < syllables.size(); i++) {
      Charset encoding = charset == null ? StandardCharsets.UTF_8 : charset;
      track.add(new Text((long) i * quarter, type, syllables.get(i), encoding));
    }
  }

  private static void names(Catalog catalog) {
    named(catalog, "text/names.mid", StandardCharsets.UTF_8, "A song", "Piano", "Bass", "Flute");
    named(
        catalog,
        "text/names-utf-8.mid",
        StandardCharsets.UTF_8,
        "Ständchen",
        "ピアノ",
        "Басс",
        "Flûte");
    named(
        catalog, "text/names-1252.mid", WINDOWS_1252, "Ständchen", "Flügel", "Kontrabaß", "Flûte");
    named(
        catalog, "text/names-1252-quotes.mid", WINDOWS_1252, "“Étude”", "Trio – live", "Bass", "€");
    named(catalog, "text/names-some-empty.mid", StandardCharsets.UTF_8, "", "Piano", "", "Oboe");
    named(
        catalog,
        "text/names-backslash.mid",
        StandardCharsets.UTF_8,
        "C:\\SONGS\\A",
        "L\\R",
        "B",
        "n");
    named(
        catalog,
        "text/names-long.mid",
        StandardCharsets.UTF_8,
        "Long ".repeat(40) + "name",
        "A",
        "B",
        "C");
    named(
        catalog,
        "text/My Song (final) 2.mid",
        StandardCharsets.UTF_8,
        "My Song",
        "One",
        "Two",
        "Three");
  }

  private static void named(Catalog catalog, String path, Charset charset, String... names) {
    Recipe recipe = new Recipe(path).key(Key.all().get(names[0].length() % 24)).bpm(113);
    Song song = recipe.build();
    for (int i = 0; i < names.length; i++) {
      song.track(i).add(new Text(0, Text.TRACK_NAME, names[i], charset));
    }
    catalog.add(path, song);
  }

  private static void otherText(Catalog catalog) {
    String path = "text/copyright.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("C major")
            .bpm(123)
            .build()
            .add(new Text(0, Text.COPYRIGHT, "(C) 1999 Nobody")));

    path = "text/copyright-utf-8.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("F minor")
            .bpm(89)
            .build()
            .add(new Text(0, Text.COPYRIGHT, "© 2001 Müller & Söhne")));

    path = "text/copyright-1252.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("D minor")
            .bpm(98)
            .format(0)
            .build()
            .add(new Text(0, Text.COPYRIGHT, "© 2001 Müller & Söhne", WINDOWS_1252)));

    path = "text/copyright-twice.mid";
    catalog.add(
        path,
        new Recipe(path)
            .key("E major")
            .bpm(109)
            .build()
            .add(new Text(0, Text.COPYRIGHT, "Words by Nobody"))
            .add(new Text(0, Text.COPYRIGHT, "Music by Nobody Else")));

    path = "text/markers.mid";
    Recipe recipe = new Recipe(path).key("G major").bpm(127);
    Song song = recipe.build();
    String[] markers = {"Intro", "Verse", "Chorus", "End"};
    for (int i = 0; i < markers.length; i++) {
      song.add(new Text(2L * i * recipe.bar(), Text.MARKER, markers[i]));
    }
    catalog.add(path, song);

    path = "text/long-text.mid";
    song = new Recipe(path).key("B major").bpm(101).title("Notes").build();
    song.add(new Text(0, Text.TEXT, "This text is long, it needs two length bytes. ".repeat(12)));
    catalog.add(path, song);

    path = "text/all-meta-events.mid";
    recipe = new Recipe(path).key("A minor").signature(Key.of("A minor")).bpm(106).format(0);
    song = recipe.title("Everything").build();
    song.add(new Event.Raw(0, Bytes.meta(0x00, 0, 1)))
        .add(new Text(0, Text.TEXT, "A text"))
        .add(new Text(0, Text.COPYRIGHT, "No rights"))
        .add(new Text(0, Text.INSTRUMENT_NAME, "Instrument"))
        .add(new Text(480, Text.MARKER, "A"))
        .add(new Text(960, Text.CUE_POINT, "Curtain"))
        .add(new Event.Raw(0, Bytes.meta(0x08, Bytes.ascii("Program name"))))
        .add(new Event.Raw(0, Bytes.meta(0x09, Bytes.ascii("Device name"))))
        .add(new Event.Raw(0, Bytes.meta(0x20, 0)))
        .add(new Event.Raw(0, Bytes.meta(0x21, 0)))
        .add(new Event.Raw(0, Bytes.meta(0x54, 0x60, 0, 0, 0, 0)))
        .add(new Event.Raw(0, Bytes.meta(0x7F, 0x43, 0x7B, 0x00)))
        .add(new Event.Raw(1920, Bytes.meta(0x4B, 1, 2, 3)))
        .add(new Event.Raw(1920, Bytes.meta(0x60)))
        .add(new Event.Raw(0, Bytes.sysex(0x41, 0x10, 0x42, 0x12, 0x40, 0x00, 0x7F, 0x00, 0x41)))
        // A sysex in two packets, and an escape that sends a song select.
        .add(Event.Raw.of(2400, 0xF0, 0x03, 0x43, 0x12, 0x00))
        .add(Event.Raw.of(2410, 0xF7, 0x03, 0x43, 0x12, 0xF7))
        .add(Event.Raw.of(2880, 0xF7, 0x02, 0xF3, 0x01));
    catalog.add(path, song);
  }
}
