package dev.midstream.source;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Local paths as the text that the database keeps, and back, without loss and whatever the locale
 * of the JVM: a name is the UTF-8 text of its bytes; where they are no UTF-8, the whole path is
 * written as a {@code file:///} URI with those bytes escaped.
 */
public final class LocalPaths {
  private static final String FILE_URI = "file:///";

  private LocalPaths() {}

  /** Whether {@code uri} stands for a local path. */
  public static boolean isLocal(String uri) {
    return uri.startsWith("/") || uri.startsWith(FILE_URI) || !uri.contains("://");
  }

  /** The text that stands for {@code path}, made absolute. */
  public static String uriOf(Path path) {
    String text = path.toAbsolutePath().toString();
    if (isAscii(text)) {
      return text;
    }
    // The locale may not be able to name the file; its URI has the bytes of the name.
    String escaped = escapedOf(path);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(unescape(escaped)).toString();
    } catch (CharacterCodingException notUtf8) {
      return "file://" + escaped;
    }
  }

  /**
   * How the texts of all paths below {@code folder} begin; more than one way where the folder has a
   * name of text, and a path below it may not.
   */
  public static List<String> prefixesOf(Path folder) {
    return Stream.of(uriOf(folder), "file://" + escapedOf(folder))
        .map(text -> text.endsWith("/") ? text : text + "/")
        .distinct()
        .toList();
  }

  /** The path, made absolute, as its {@code file} URI has it: ASCII, whatever the bytes. */
  static String escapedOf(Path path) {
    Path absolute = path.toAbsolutePath();
    String escaped = absolute.toUri().getRawPath();
    boolean slashOfFolder = escaped.endsWith("/") && absolute.getNameCount() > 0;
    return slashOfFolder ? escaped.substring(0, escaped.length() - 1) : escaped;
  }

  /** The path that {@code uri} stands for; the inverse of {@link #uriOf}. */
  public static Path pathOf(String uri) {
    if (uri.startsWith(FILE_URI)) {
      return Path.of(URI.create(uri));
    }
    return isAscii(uri) ? Path.of(uri) : Path.of(URI.create("file://" + escape(uri)));
  }

  /**
   * Says what stands there instead of a file.
   *
   * @throws IOException if there is nothing, or nothing that may be looked at
   */
  static Rejected whyNotAFile(String uri) throws IOException {
    Path path = pathOf(uri);
    if (Files.isDirectory(path)) {
      return mayBeListed(path)
          ? new Rejected(RejectReason.NOT_A_FILE, 0, "a folder")
          : new Rejected(RejectReason.UNREADABLE, 0, "a folder that may not be listed");
    }
    boolean isLink =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isSymbolicLink();
    if (isLink && !Files.exists(path)) {
      return new Rejected(
          RejectReason.NOT_A_FILE, 0, "a link that leads nowhere: " + Files.readSymbolicLink(path));
    }
    return new Rejected(RejectReason.NOT_A_FILE, 0, "a pipe, a socket or a device");
  }

  /** Whether the names in a folder may be read, and what they stand for be looked at. */
  static boolean mayBeListed(Path folder) {
    return Files.isReadable(folder) && Files.isExecutable(folder);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer unescape(String escaped) {
    ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes.put((byte) Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    return bytes.flip();
  }

  private static String escape(String path) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '/';
      escaped.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return escaped.toString();
  }
}
