package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.Parse;
import dev.midstream.midi.Seed;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
  private static final Pattern BAR = Pattern.compile("[|]");

  private final TextDecoder decoder = new TextDecoder(1000);

  /** The texts of a file that has these. */
  private List<String> decode(byte[]... texts) {
    TestTrack track = new TestTrack();
    for (byte[] text : texts) {
      track.meta(0, 1, text);
    }
    MidiColumns columns = Parse.columnsOf(Smf.file(0, 96, track));
    decoder.reset(columns.data(), columns.texts());
    List<String> decoded = new ArrayList<>();
    for (int i = 0; i < columns.texts().size(); i++) {
      decoded.add(decoder.decode(i));
    }
    return decoded;
  }

  private String decode(byte[] text) {
    return decode(new byte[][] {text}).get(0);
  }

  /** The texts of one file, parted by bars, must come out as they went in. */
  private void assertReadAs(String charset, String texts) {
    byte[][] bytes =
        BAR.splitAsStream(texts)
            .map(text -> text.getBytes(Charset.forName(charset)))
            .toArray(byte[][]::new);
    assertThat(String.join("|", decode(bytes)), is(texts));
  }

  @Test
  void utf8IsUtf8() {
    String text = "Für Elise – 愛 𝄞";
    assertThat(decode(text.getBytes(StandardCharsets.UTF_8)), is(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Für Elise",
        "Für Elise – “€”",
        "Ständchen",
        "Größe",
        "© 1998 Someone",
        "Flügel|Kontrabaß|Flûte",
        "“Étude”",
        "€",
        "Águas de Março",
        "Nº3 IN G MINOR",
        "Coração",
        "Blåbärsvisan",
        "ÆØÅ",
        "ÄÖÜ",
        "ÉÉÉ",
        "été",
        "MÜLLER",
        "¿Qué será?",
        "Don’t|can’t|won’t",
        "Ü|ber |Hü|gel |weht |grü|ßend|mü|d",
        "1ª voz|2ª voz",
        "Þetta er íslenska",
        "Ÿ",
        "½ time"
      })
  void western(String texts) {
    assertReadAs("windows-1252", texts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ベートーベン　交響曲第７番　第２楽章",
        "ピアノ",
        "さくら",
        "エレキギター|ベース|ドラム",
        "あ|さ|の|ひ|か|り",
        "涙そうそう",
        "天空の城ラピュタ",
        "Piano|Bass|世界に一つだけの花 (SMAP)",
        "ストリングス1|ストリングス2|コーラス",
        "（Ｃ）1999 ヤマハ"
      })
  void japanese(String texts) {
    assertReadAs("windows-31j", texts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"标记", "310 夜空中最亮的星 fix2", "吉他|贝司|鼓", "我|的|心", "月亮代表我的心"})
  void simplifiedChinese(String texts) {
    assertReadAs("GBK", texts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"月亮代表我的心", "主旋律|和弦|鼓", "作曲：羅大佑", "童年"})
  void traditionalChinese(String texts) {
    assertReadAs("Big5", texts);
  }

  @ParameterizedTest
  // The third has a syllable that is valid UTF-8 by accident.
  @ValueSource(strings = {"피아노", "사랑해 당신을", "빛|날|세|라|영|웅|열|사|만|세|타", "드럼|베이스|기타"})
  void korean(String texts) {
    assertReadAs("EUC-KR", texts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Подмосковные вечера",
        "Калинка",
        "Бас|Ударные|Мелодия",
        "слова: Энтин Ю.|музыка: Шаинский В.",
        "midi -Тимуршин В., karaoke - bin|They’re world’s"
      })
  void cyrillic(String texts) {
    assertReadAs("windows-1251", texts);
  }

  @Test
  void aFileOfUtf8KeepsItWhereOneTextIsAnother() {
    byte[] broken = Smf.bytes('F', 0xFC, 'r');
    byte[] utf8 = "Größe, schön".getBytes(StandardCharsets.UTF_8);
    assertThat(decode(broken, utf8), contains("Für", "Größe, schön"));
    assertThat(decode(utf8, broken), contains("Größe, schön", "Für"));
  }

  @Test
  void theNextFileIsDecidedAnew() {
    assertReadAs("windows-31j", "ピアノ|ベース");
    assertReadAs("windows-1252", "Für Elise");
    assertReadAs("UTF-8", "ピアノ|Für Elise");
    assertReadAs("GBK", "月亮代表我的心");
  }

  @Test
  void noBytesAreTooOdd() {
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
    assertThat(decode(Smf.bytes('F', 0xFC, 0, 'r')), is("Für"));
  }

  @Test
  void everyLineEndIsANewline() {
    assertThat(decode(Smf.ascii("a\rb\nc\r\nd\r\re\n\rf\r")), is("a\nb\nc\nd\n\ne\n\nf\n"));
  }

  @Test
  void noBytesGiveAStringThatADatabaseRefuses() {
    Random random = Seed.of(TextDecoderTest.class);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(12)];
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
