package dev.midstream.analysis;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a text event into characters: UTF-8 if they are valid UTF-8, else Windows-1252. The
 * result holds no NUL and no control character but tab and newline (carriage returns become
 * newlines). Not thread-safe.
 */
final class TextDecoder {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  String decode(byte[] data, int offset, int length) {
    return clean(decodeRaw(data, offset, length));
  }

  private CharSequence decodeRaw(byte[] data, int offset, int length) {
    try {
      CharBuffer chars = utf8.decode(ByteBuffer.wrap(data, offset, length));
      return chars;
    } catch (CharacterCodingException notUtf8) {
      return new String(data, offset, length, WINDOWS_1252);
    }
  }

  private static String clean(CharSequence raw) {
    StringBuilder clean = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\r') {
        boolean newlineFollows = i + 1 < raw.length() && raw.charAt(i + 1) == '\n';
        if (!newlineFollows) {
          clean.append('\n');
        }
      } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
        clean.append(c);
      }
    }
    return clean.toString();
  }
}
