package dev.midstream.analysis;

import dev.midstream.midi.TextColumn;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of text events into characters: UTF-8 where they are valid UTF-8, else the charset for
 * which {@link CharsetFinder} finds evidence in all texts of the file together. The result holds no
 * NUL and no control character but tab and newline (carriage returns become newlines). What is
 * ASCII or UTF-8 throughout makes no object but its string. Reused from file to file; one thread.
 */
final class TextDecoder {
  private static final int KEEP = 1 << 16;

  /** No charset that is decoded here takes more for a character. */
  private static final int LONGEST_CHARACTER = 4;

  /** So many bytes beyond ASCII are enough to tell what most of them say. */
  private static final int MOST_EVIDENCE = 1 << 20;

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharsetFinder finder = new CharsetFinder();
  private final int mostBytes;
  private CharBuffer chars = CharBuffer.allocate(256);

  private byte[] data = {};
  private ByteBuffer bytes = ByteBuffer.wrap(data);
  private @Nullable TextColumn texts;

  /** Of texts that are not UTF-8; null until one text asks for more than ASCII. */
  private @Nullable Charset legacy;

  /** Whether a text that happens to be valid UTF-8 is in the file's other charset all the same. */
  private boolean legacyFirst;

  /**
   * @param mostCharacters all that anybody wants of a single text; what it has beyond is decoded or
   *     not
   */
  TextDecoder(int mostCharacters) {
    mostBytes = LONGEST_CHARACTER * (mostCharacters + 1);
  }

  /** Turns to the texts of another file. */
  void reset(byte[] newData, TextColumn newTexts) {
    if (data != newData) {
      data = newData;
      bytes = ByteBuffer.wrap(newData);
    }
    texts = newTexts;
    legacy = null;
    legacyFirst = false;
  }

  /** Lets go of the parsed bytes, and of the room that a giant text made grow. */
  void trim() {
    data = new byte[0];
    bytes = ByteBuffer.wrap(data);
    texts = null;
    if (chars.capacity() > KEEP) {
      chars = CharBuffer.allocate(256);
    }
  }

  /** Text {@code index} of the file. */
  String decode(int index) {
    int from = texts.offset(index);
    int length = length(index);
    boolean ascii = true;
    boolean clean = true;
    for (int i = from; i < from + length; i++) {
      int b = data[i];
      ascii &= b >= 0;
      clean &= b >= ' ' && b != 0x7F;
    }
    if (ascii && clean) {
      return new String(data, from, length, StandardCharsets.ISO_8859_1);
    }
    if (!ascii) {
      if (legacy == null) {
        decideCharset();
      }
      if (legacyFirst || !isUtf8(from, length)) {
        return cleaned(new String(data, from, length, legacy));
      }
    } else {
      isUtf8(from, length);
    }
    return new String(chars.array(), 0, clean(chars.array(), chars.position()));
  }

  /**
   * One file seldom mixes charsets, and a short text in another one is now and then valid UTF-8 by
   * accident: what most bytes beyond ASCII say decides.
   */
  private void decideCharset() {
    int utf8Bytes = 0;
    int otherBytes = 0;
    for (int i = 0; i < texts.size() && utf8Bytes + otherBytes < MOST_EVIDENCE; i++) {
      int high = highBytes(i);
      if (high > 0) {
        if (isUtf8(texts.offset(i), length(i))) {
          utf8Bytes += high;
        } else {
          otherBytes += high;
        }
      }
    }
    legacy = CharsetFinder.WINDOWS_1252;
    if (otherBytes > 0) {
      boolean mostlyUtf8 = utf8Bytes > otherBytes;
      finder.reset();
      for (int i = 0; i < texts.size() && !finder.isFull(); i++) {
        int from = texts.offset(i);
        int length = length(i);
        if (highBytes(i) > 0 && !(mostlyUtf8 && isUtf8(from, length))) {
          finder.add(data, from, length);
        }
      }
      legacy = finder.find();
      legacyFirst = !mostlyUtf8 && !legacy.equals(CharsetFinder.WINDOWS_1252);
    }
  }

  /** Length of the text in bytes, or of as much of it as matters, cut where UTF-8 may be cut. */
  private int length(int index) {
    int length = texts.length(index);
    if (length <= mostBytes) {
      return length;
    }
    int end = texts.offset(index) + mostBytes;
    int cut = 0;
    while (cut < LONGEST_CHARACTER - 1 && (data[end - cut] & 0xC0) == 0x80) {
      cut++;
    }
    return mostBytes - cut;
  }

  private int highBytes(int index) {
    int high = 0;
    int end = texts.offset(index) + length(index);
    for (int i = texts.offset(index); i < end; i++) {
      high += data[i] >>> 31;
    }
    return high;
  }

  /** Whether the bytes are valid UTF-8; if so, {@link #chars} hold what they say. */
  private boolean isUtf8(int from, int length) {
    if (chars.capacity() < length) {
      chars = CharBuffer.allocate(Math.max(length, 2 * chars.capacity()));
    }
    bytes.limit(from + length).position(from);
    chars.clear();
    return !utf8.reset().decode(bytes, chars, true).isError();
  }

  private static String cleaned(String text) {
    char[] array = text.toCharArray();
    return new String(array, 0, clean(array, array.length));
  }

  /** Cleans the first {@code size} characters in place and returns how many are left. */
  private static int clean(char[] text, int size) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      char c = text[i];
      if (c == '\r') {
        boolean newlineFollows = i + 1 < size && text[i + 1] == '\n';
        if (!newlineFollows) {
          text[kept++] = '\n';
        }
      } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
        text[kept++] = c;
      }
    }
    return kept;
  }
}
