package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Seed;
import dev.midstream.midi.Smf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextDecoderTest {
  private final TextDecoder decoder = new TextDecoder();

  private String decode(byte[] bytes) {
    // Within other bytes, which must stay out of it.
    byte[] around = Smf.join(Smf.bytes(0xC3), bytes, Smf.bytes(0xA4));
    return decoder.decode(around, 1, bytes.length);
  }

  @Test
  void utf8IsUtf8() {
    String text = "Für Elise – 愛 𝄞";
    assertThat(decode(text.getBytes(StandardCharsets.UTF_8)), is(text));
    assertThat(decode(new byte[0]), is(""));
  }

  @Test
  void whatIsNotUtf8IsWindows1252() {
    String text = "Für Elise – “€”";
    assertThat(decode(text.getBytes(Charset.forName("windows-1252"))), is(text));
    assertThat(decode(Smf.bytes('a', 0xC3)), is("aÃ")); // cut in a character
    assertThat(decode(Smf.bytes(0xC0, 0x80)), is("À€")); // an overlong NUL
    assertThat(decode(Smf.bytes(0xED, 0xA0, 0x80)), is("í\u00A0€")); // a surrogate
    assertThat(decode(Smf.bytes('a', 0x81)), is("a\uFFFD")); // nothing in Windows-1252
  }

  @Test
  void controlCharactersVanish() {
    assertThat(decode(Smf.bytes(0, 'a', 0, 1, 'b', 0x1F, 0x7F, 'c', 0)), is("abc"));
    assertThat(decode(Smf.bytes('a', 0xC2, 0x85, 'b')), is("ab")); // C1, in UTF-8
    assertThat(decode(Smf.bytes('a', '\t', 'b')), is("a\tb"));
  }

  @Test
  void everyLineEndIsANewline() {
    assertThat(decode(Smf.ascii("a\rb\nc\r\nd\r\re\n\rf\r")), is("a\nb\nc\nd\n\ne\n\nf\n"));
  }

  @Test
  void noBytesGiveAStringThatADatabaseRefuses() {
    Random random = Seed.of(TextDecoderTest.class);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      String text = decode(bytes);
      String back = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertThat(back, is(text));
      assertThat(
          text.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c)),
          is(true));
    }
  }
}
