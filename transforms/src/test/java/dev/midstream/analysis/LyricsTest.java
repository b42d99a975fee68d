package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.midstream.midi.TestTrack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Lyrics as software writes them, from composed tracks to what is read. */
class LyricsTest {
  private static final int TEXT = 1;
  private static final int LYRIC = 5;
  private static final Pattern BAR = Pattern.compile("[|]");

  /** A track of these texts, parted by bars, one a tick. */
  private static TestTrack track(int type, String texts) {
    TestTrack track = new TestTrack();
    int tick = 0;
    for (String text : BAR.splitAsStream(texts).toList()) {
      track.text(tick++, type, text);
    }
    return track;
  }

  private static String lyrics(TestTrack... tracks) {
    return Music.analyze(tracks).texts().lyrics();
  }

  @Test
  void linesAndParagraphsOfLyricEvents() {
    assertThat(lyrics(track(LYRIC, "Hal|lo |\r|du |\r|\n|da")), is("Hallo\ndu\n\nda"));
    assertThat(
        lyrics(track(LYRIC, "/Hal|lo |/du |da/|und|\\dort")), is("Hallo\ndu da\nund\n\ndort"));
    assertThat(lyrics(track(LYRIC, "a and/or b\r\n\r\n\r\n|c")), is("a and/or b\n\nc"));
    assertThat(lyrics(track(LYRIC, "\r| |\n")), is(nullValue()));
  }

  @Test
  void hyphensStay() {
    assertThat(lyrics(track(LYRIC, "Hal-|lo |Welt-")), is("Hal-lo Welt-"));
  }

  @Test
  void wordsWithoutSpacesGetSome() {
    assertThat(
        lyrics(track(LYRIC, "Ye|banks|and|braes|o'|bon-|ny|Doon\r|How|can|ye|bloom")),
        is("Ye banks and braes o' bon-ny Doon\nHow can ye bloom"));
    assertThat(lyrics(track(LYRIC, "あ|さ|の|ひ|か|り|か|わ|の|お|と")), is("あさのひかりかわのおと"));
  }

  @Test
  void severalVoicesOfTheSameWordsSingOnce() {
    String words = "Free|dom |is |a |word\r|that |is |long";
    TestTrack other = track(LYRIC, "Something |else");
    assertThat(
        lyrics(track(LYRIC, words), track(LYRIC, words.toUpperCase()), other),
        is("Freedom is a word\nthat is long\n\nSomething else"));
    // One that began earlier, and one that stops earlier.
    assertThat(
        lyrics(
            track(LYRIC, "is a word"), track(LYRIC, "freedom is a word"), track(LYRIC, "free-dom")),
        is("freedom is a word"));
  }

  @Test
  void karaokeWordsWithoutTheRemarksOfOtherTracks() {
    TestTrack remarks = track(TEXT, "Sequenced by Nobody|@KMIDI KARAOKE FILE|@V0100|@IFor tests");
    TestTrack words = track(TEXT, "@LENGL|@TTitle|@TAuthor|\\First |line|/sec|ond|\\third");
    assertThat(lyrics(remarks, words), is("First line\nsecond\n\nthird"));
    // Without any line.
    assertThat(
        lyrics(remarks, track(TEXT, "La |la |la and so on for long")),
        is("La la la and so on for long"));
  }

  @Test
  void karaokeWithoutItsHeaders() {
    String words = "/Be|lye |ko|rab|li|ki |/be|lye |ko|rab|li|ki |/ply|vut";
    assertThat(lyrics(track(TEXT, words)), is("Belye korabliki\nbelye korabliki\nplyvut"));
    assertThat(lyrics(track(TEXT, "/Verse|@home|remark")), is(nullValue()));
  }

  @Test
  void lyricEventsWinUnlessTheyAreAnAfterthought() {
    TestTrack words = track(TEXT, "@KMIDI KARAOKE FILE|\\First |line|/sec|ond|\\third");
    assertThat(lyrics(words, track(LYRIC, "First |line\r|sec|ond|")), is("First line\nsecond"));
    assertThat(lyrics(words, track(LYRIC, "Coda")), is("First line\nsecond\n\nthird"));
  }

  @Test
  void headersAmongLyricEventsAreNoLyrics() {
    assertThat(lyrics(track(LYRIC, "@LENGL|@TTitle|Sing |song")), is("Sing song"));
  }

  @Test
  void endlessLyricsAreCut() {
    TestTrack track = new TestTrack();
    for (int i = 0; i < 30; i++) {
      track.text(i, LYRIC, "x".repeat(5_000));
    }
    assertThat(lyrics(track).length(), is(100_000));
    assertThat(lyrics(track, track(LYRIC, "another |voice")).length(), is(100_000));
  }
}
