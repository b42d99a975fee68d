package dev.midstream.transforms;

import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tens of megabytes of nothing but text: within the second of {@link Soundness} all the same. */
class TextCrowdTest {
  private static final int EVENTS = 2_000_000;

  private final Soundness soundness = new Soundness();

  @ParameterizedTest
  @CsvSource({
    "lyrics of a letter, 5, 6C",
    "lyrics of a letter beyond ASCII, 5, E9",
    "lyrics of a Japanese letter, 5, 8341",
    "lyrics of a letter in UTF-8, 5, C3A9",
    "lyrics of nothing, 5, 00",
    "lines, 1, 2F",
    "tags, 1, 4054",
    "names, 3, 6E",
    "blank names, 3, 20",
    "copyright notices, 2, E9",
    "markers, 6, E9",
    "cue points, 7, E9"
  })
  void millionsOfTexts(String what, int type, String text) {
    byte[] letters = HexFormat.of().parseHex(text);
    byte[] event = Smf.join(Smf.bytes(0, 0xFF, type, letters.length), letters);
    byte[] body = new byte[EVENTS * event.length];
    for (int at = 0; at < body.length; at += event.length) {
      System.arraycopy(event, 0, body, at, event.length);
    }
    soundness.check(Smf.file(0, 96, Smf.chunk("MTrk", body.length, body)));
  }

  @ParameterizedTest
  @CsvSource({"5, 61", "5, E9", "3, E9", "3, C3A9", "3, 8341", "6, A1A1A1A3", "2, 81308130"})
  void oneTextOfManyMegabytes(int type, String pattern) {
    byte[] letters = HexFormat.of().parseHex(pattern);
    byte[] text = new byte[20 << 20];
    for (int at = 0; at < text.length; at++) {
      text[at] = letters[at % letters.length];
    }
    soundness.check(Smf.file(0, 96, new TestTrack().meta(0, type, text)));
  }

  /** Each differs from the others at its very end only, whichever end one begins at. */
  @Test
  void thousandsOfVoicesThatAreNearlyTheSame() {
    byte[][] tracks = new byte[3000][];
    byte[] voice = new byte[10_000];
    Arrays.fill(voice, (byte) 'a');
    for (int i = 0; i < tracks.length; i++) {
      byte[] own = Smf.ascii("x%04dx".formatted(i));
      tracks[i] = new TestTrack().meta(0, 5, Smf.join(voice, own, voice)).toChunk();
    }
    soundness.check(Smf.file(1, 96, tracks));
  }

  @Test
  void thousandsOfVoicesOfLetters() {
    byte[][] tracks = new byte[2000][];
    for (int i = 0; i < tracks.length; i++) {
      TestTrack track = new TestTrack();
      String letters = "a".repeat(1500) + i;
      for (int c = 0; c < letters.length(); c++) {
        track.text(0, 5, letters.substring(c, c + 1));
      }
      tracks[i] = track.toChunk();
    }
    soundness.check(Smf.file(1, 96, tracks));
  }
}
