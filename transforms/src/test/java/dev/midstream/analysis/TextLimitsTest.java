package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of files of too many texts; up to the limits they change nothing. */
class TextLimitsTest {
  private static final int MOST = 100_000;
  private static final int TEXT = 1;
  private static final int COPYRIGHT = 2;
  private static final int NAME = 3;
  private static final int LYRIC = 5;
  private static final int MARKER = 6;

  private static Analysis.Texts texts(byte[]... tracks) {
    return Music.analyze(Smf.file(1, 96, tracks)).texts();
  }

  /** A track of {@code count} events of one letter each, from a to z and again. */
  private static byte[] letters(int type, int count) {
    byte[] body = new byte[5 * count + 4];
    for (int i = 0; i < count; i++) {
      System.arraycopy(Smf.bytes(0, 0xFF, type, 1, 'a' + i % 26), 0, body, 5 * i, 5);
    }
    System.arraycopy(Smf.bytes(0, 0xFF, 0x2F, 0), 0, body, 5 * count, 4);
    return Smf.chunk("MTrk", body.length, body);
  }

  private static byte[] one(int type, byte[] text) {
    return new TestTrack().meta(0, type, text).toChunk();
  }

  private static String alphabet(int count) {
    return "abcdefghijklmnopqrstuvwxyz".repeat(count / 26 + 1).substring(0, count);
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST / 2, MOST / 2 + 1, 3 * MOST})
  void lyricsOfOneLetterEach(int count) {
    String lyrics = texts(letters(LYRIC, count)).lyrics();
    // Words without spaces get some.
    String spaced =
        String.join(" ", alphabet(count).chars().mapToObj(Character::toString).toList());
    assertThat(lyrics, is(spaced.substring(0, Math.min(MOST, spaced.length()))));
  }

  /** Both kinds full of letters, and then those of another track. */
  @Test
  void lyricsAndTextsMayBothBeFull() {
    byte[] karaoke = new TestTrack().text(0, TEXT, "@KMIDI KARAOKE FILE").toChunk();
    Analysis.Texts texts =
        texts(karaoke, letters(TEXT, MOST / 2), letters(LYRIC, MOST / 2), letters(LYRIC, MOST / 2));
    assertThat(texts.lyrics().length(), is(MOST - 1));
  }

  @Test
  void theTitleMayComeLate() {
    byte[] title = new TestTrack().text(0, TEXT, "@TThe song").text(1, TEXT, "@LENGL").toChunk();
    assertThat(texts(letters(LYRIC, MOST), title).title(), is("The song"));
    assertThat(texts(letters(LYRIC, 3 * MOST), title).title() == null, is(true));
  }

  @Test
  void namesAndMarkersAreAThousandAtMost() {
    List<String> letters = alphabet(1000).chars().mapToObj(Character::toString).toList();
    assertThat(texts(letters(NAME, 3000)).trackNames(), is(letters));
    assertThat(texts(letters(MARKER, 3000)).markers(), is(letters));
    assertThat(texts(letters(NAME, 1000)).trackNames(), is(letters));
  }

  @Test
  void namesAndMarkersHaveCharactersUpToALimit() {
    byte[] long1 = alphabet(MOST - 1).getBytes(StandardCharsets.US_ASCII);
    byte[] long2 = alphabet(MOST + 1).getBytes(StandardCharsets.US_ASCII);
    for (int type : new int[] {NAME, MARKER}) {
      Analysis.Texts texts = texts(one(type, long1), one(type, long2), one(type, long1));
      assertThat(
          type == NAME ? texts.trackNames() : texts.markers(),
          contains(alphabet(MOST - 1), alphabet(MOST)));
    }
  }

  @Test
  void copyrightEndsWithANoticeThatFits() {
    byte[] most = alphabet(MOST - 3).getBytes(StandardCharsets.US_ASCII);
    Analysis.Texts texts =
        texts(
            one(COPYRIGHT, most),
            one(COPYRIGHT, Smf.ascii("too long")),
            one(COPYRIGHT, Smf.ascii("y")),
            one(COPYRIGHT, Smf.ascii("z")));
    assertThat(texts.copyright(), is(alphabet(MOST - 3) + "\ny"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "windows-31j", "GB18030"})
  void aGiantTextIsReadUpToTheLimit(String charset) {
    String sample =
        switch (charset) {
          case "windows-1252" -> "Fußgängerübergänge in Köln ";
          case "windows-31j" -> "春の小川は、さらさら行くよ。岸のすみれや、れんげの花に、";
          case "GB18030" -> "我爱北京天安门，天安门上太阳升。";
          // Characters of one to four bytes, cut at any of them.
          default -> "aß愛𝄞";
        };
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(shift) + sample.repeat(2_000_000 / sample.length());
      String name = texts(one(NAME, text.getBytes(Charset.forName(charset)))).trackNames().get(0);
      boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST - 1));
      assertThat(name, is(text.substring(0, MOST - (splitsPair ? 1 : 0))));
    }
  }

  @Test
  void whatMostOfTheTextsSayDecidesWhateverTheirNumber() {
    byte[][] tracks = new byte[500][];
    byte[] japanese = "春の小川は、さらさら行くよ。".getBytes(Charset.forName("windows-31j"));
    Arrays.fill(tracks, one(MARKER, japanese));
    tracks[0] = one(MARKER, "é".getBytes(StandardCharsets.UTF_8));
    List<String> markers = texts(tracks).markers();
    assertThat(markers.subList(1, 500), is(Collections.nCopies(499, "春の小川は、さらさら行くよ。")));
  }
}
