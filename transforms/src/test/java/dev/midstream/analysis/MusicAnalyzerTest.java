package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.midstream.analysis.Analysis.Meter;
import dev.midstream.analysis.Analysis.MeterChange;
import dev.midstream.analysis.Analysis.NoteStatistics;
import dev.midstream.analysis.Analysis.Texts;
import dev.midstream.analysis.Analysis.Timing;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts, metres, instruments and texts, from composed tracks to the analysis. */
class MusicAnalyzerTest {
  @Test
  void notesAreCountedAndMeasured() {
    Analysis analysis =
        Music.analyze(
            new TestTrack().note(0, 96, 0, 60, 10).note(0, 96, 0, 72, 20).endAt(384),
            new TestTrack().note(96, 48, 9, 10, 120).note(96, 48, 3, 40, 30));
    assertThat(analysis.timing(), equalTo(new Timing(1, 2, 96, 2.0, 384)));
    // Two notes at a time throughout; the drum's pitch is no pitch.
    assertThat(analysis.notes(), equalTo(new NoteStatistics(4, 1, 40, 72, 2, 2.0f, 2.0f, 45.0f)));
    assertThat(analysis.warnings(), is(empty()));
  }

  @Test
  void aFileWithoutNotesSaysNothingOfThem() {
    Analysis analysis = Music.analyze(new TestTrack().program(0, 0, 5).endAt(96));
    assertThat(
        analysis.notes(), equalTo(new NoteStatistics(0, 0, null, null, 0, null, null, null)));
    assertThat(analysis.programs(), is(empty()));
    assertThat(analysis.meter(), equalTo(new Meter(null, null, List.of())));
    assertThat(analysis.key(), equalTo(new Analysis.Key(null, null, null, List.of())));
    assertThat(analysis.texts(), equalTo(new Texts(null, List.of(), null, null, List.of())));
    assertThat(analysis.timing().durationSeconds(), is(0.5));
  }

  @Test
  void drumsAloneHaveNoPitch() {
    assertThat(
        Music.analyze(new TestTrack().note(0, 96, 9, 35, 64)).notes(),
        equalTo(new NoteStatistics(1, 1, null, null, 1, 1.0f, 2.0f, 64.0f)));
  }

  @Test
  void theMetreInForceForMostTicksIsTheMetre() {
    Meter meter =
        Music.analyze(
                new TestTrack()
                    .meter(0, 3, 2)
                    .meter(960, 4, 2)
                    .meter(1440, 3, 2)
                    .meter(1920, 6, 3)
                    .endAt(3000))
            .meter();
    // 3/4 for 960 and 480 ticks, 6/8 for 1080 in one piece.
    assertThat(
        meter,
        equalTo(
            new Meter(
                "3/4",
                null,
                List.of(
                    new MeterChange(0, 0.0, "3/4"),
                    new MeterChange(960, 5.0, "4/4"),
                    new MeterChange(1440, 7.5, "3/4"),
                    new MeterChange(1920, 10.0, "6/8")))));
  }

  @Test
  void equalMetresAreOneChangeAndTheLastOfATickHolds() {
    TestTrack conductor = new TestTrack().meter(0, 2, 2).meter(0, 4, 2).meter(384, 4, 2);
    Meter meter = Music.analyze(conductor.meter(768, 15, 4), new TestTrack().endAt(800)).meter();
    assertThat(
        meter,
        equalTo(
            new Meter(
                "4/4",
                null,
                List.of(new MeterChange(0, 0.0, "4/4"), new MeterChange(768, 4.0, "15/16")))));
  }

  @Test
  void aMetreHasItsTickAlsoWhereTicksHaveNoTime() {
    Meter meter = Music.analyze(0, new TestTrack().meter(10, 7, 3).endAt(20)).meter();
    assertThat(meter, equalTo(new Meter("7/8", null, List.of(new MeterChange(10, null, "7/8")))));
  }

  @Test
  void aProgramIsHeardWhereItsChannelPlays() {
    Analysis analysis =
        Music.analyze(
            // All programs stand in the first track, as in many a conductor track.
            new TestTrack()
                .program(0, 0, 40)
                .program(0, 1, 7)
                .program(0, 9, 16) // the drum kit is no instrument
                .program(96, 0, 41)
                .program(96, 2, 99), // never plays again
            new TestTrack().note(0, 96, 0, 60, 1).note(96, 96, 0, 60, 1),
            new TestTrack().note(0, 500, 1, 60, 1).note(0, 90, 9, 35, 1),
            // Before its channel's first program, and on a channel that has none.
            new TestTrack().note(95, 96, 2, 60, 1).note(0, 96, 5, 60, 1));
    assertThat(analysis.programs(), contains(7, 40, 41));
  }

  @Test
  void aProgramOfALaterTrackHoldsFromItsTickOn() {
    assertThat(
        Music.analyze(
                new TestTrack().program(0, 4, 1).note(10, 5, 4, 60, 1).note(20, 5, 4, 60, 1),
                new TestTrack().program(15, 4, 2).program(16, 4, 3))
            .programs(),
        contains(1, 3));
  }

  @Test
  void namesAndCopyrightKeepTheOrderOfTheFile() {
    Texts texts =
        Music.analyze(
                new TestTrack()
                    .text(0, 3, "Song")
                    .text(0, 2, "(C) 1999 A")
                    .text(0, 2, "  ")
                    .text(5, 2, "(P) B "),
                new TestTrack().text(0, 3, " \t").text(0, 4, "no name"),
                new TestTrack().text(0, 3, " Größe\u0000 "))
            .texts();
    assertThat(
        texts,
        equalTo(new Texts("Song", List.of("Song", "Größe"), null, "(C) 1999 A\n(P) B", List.of())));
  }

  @Test
  void textsThatAreNotUtf8AreWindows1252() {
    byte[] bytes = "Größe – “A”".getBytes(Charset.forName("windows-1252"));
    assertThat(
        Music.analyze(new TestTrack().meta(0, 3, bytes).endAt(1)).texts().trackNames(),
        contains("Größe – “A”"));
  }

  @Test
  void lyricEventsAreJoined() {
    TestTrack track =
        new TestTrack().text(0, 5, "Hal").text(1, 5, "lo \r").text(2, 5, "du\r\n").text(3, 1, "no");
    assertThat(Music.analyze(track).texts().lyrics(), is("Hallo\ndu"));
  }

  @Test
  void karaokeTextsAreLyricsWithLinesAndParagraphs() {
    TestTrack words =
        new TestTrack()
            .text(0, 1, "@KMIDI KARAOKE FILE")
            .text(0, 1, "@V0100")
            .text(0, 1, "@TTitle")
            .text(0, 1, "\\First ")
            .text(1, 1, "line")
            .text(2, 1, "/second")
            .text(3, 1, " line")
            .text(4, 1, "\\third");
    assertThat(Music.analyze(words).texts().lyrics(), is("First line\nsecond line\n\nthird"));
  }

  @Test
  void theTitleIsTheKaraokeTitleOrTheNameOfTheSequence() {
    TestTrack conductor = new TestTrack().text(0, 3, "Name");
    TestTrack player = new TestTrack().text(0, 3, "Piano").note(0, 1, 0, 60, 1);
    TestTrack words = new TestTrack().text(0, 1, "@T ").text(0, 1, "@TTitle").text(0, 1, "@TBy");
    assertThat(Music.analyze(conductor, player, words).texts().title(), is("Title"));
    assertThat(Music.analyze(conductor, player).texts().title(), is("Name"));
    // In format 0 there is but one name; in others the first track may be an instrument.
    assertThat(Music.analyze(player).texts().title(), is("Piano"));
    assertThat(Music.analyze(player, conductor).texts().title() == null, is(true));
    assertThat(
        Music.analyze(new TestTrack().endAt(9), player, conductor).texts().title() == null,
        is(true));
    assertThat(
        Music.analyze(new TestTrack().text(0, 3, "Untitled")).texts().title() == null, is(true));
  }

  @Test
  void markersKeepTheOrderOfTheFile() {
    TestTrack track = new TestTrack().text(0, 6, "Intro ").text(5, 6, " ").text(9, 6, "Coda");
    assertThat(
        Music.analyze(track, new TestTrack().text(1, 6, "A").text(2, 7, "cue")).texts().markers(),
        contains("Intro", "Coda", "A"));
    for (int i = 0; i < 1500; i++) {
      track.text(10 + i, 6, "m");
    }
    assertThat(Music.analyze(track).texts().markers().size(), is(1000));
  }

  @Test
  void textEventsAloneAreNoLyrics() {
    assertThat(
        Music.analyze(new TestTrack().text(0, 1, "/Verse").text(0, 1, "@home")).texts().lyrics()
            == null,
        is(true));
  }

  @Test
  void aGiantNameIsCutBetweenCharacters() {
    String name = "x".repeat(99_999) + "\uD834\uDD1E" + "x";
    List<String> names = Music.analyze(new TestTrack().text(0, 3, name)).texts().trackNames();
    // Half a surrogate pair could not be written to the database.
    assertThat(names.equals(List.of("x".repeat(99_999))), is(true));
  }

  @Test
  void manyNamesAreLimited() {
    TestTrack track = new TestTrack();
    for (int i = 0; i < 1500; i++) {
      track.text(0, 3, "name " + i);
    }
    List<String> names = Music.analyze(track).texts().trackNames();
    assertThat(names.size(), is(1000));
    assertThat(names.get(999), is("name 999"));
  }

  @Test
  void warningsComeWithTheAnalysis() {
    byte[] file = Smf.join(Smf.file(0, 96, Smf.track(0, 0x90, 60, 1, 9, 0xF8)), new byte[3]);
    assertThat(
        Music.analyze(file).warnings(),
        contains("hanging_note:1", "missing_end_of_track:1", "realtime:1", "trailing_bytes:1"));
  }
}
