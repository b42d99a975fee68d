package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of any bytes, as text and back, in whatever locale. */
class LocalPathsTest {
  /** Names as the shell's printf makes them, and as they shall be written below the folder. */
  private static final SortedMap<String, String> NAMES = new TreeMap<>();

  static {
    NAMES.put("plain.mid", "plain.mid");
    NAMES.put("a b.mid", "a b.mid");
    NAMES.put("100%%25.mid", "100%25.mid");
    NAMES.put("[x]*?{y}.mid", "[x]*?{y}.mid");
    NAMES.put("back\\\\slash.mid", "back\\slash.mid");
    NAMES.put("a:b#c?.mid", "a:b#c?.mid");
    NAMES.put("new\\nline.mid", "new\nline.mid");
    NAMES.put("Gr\\303\\266\\303\\237e.mid", "Größe.mid");
    NAMES.put("\\346\\204\\233 %%.mid", "愛 %.mid");
    NAMES.put("\\360\\235\\204\\236.mid", "𝄞.mid");
    // As macOS writes an umlaut: two characters, which must stay two.
    NAMES.put("u\\314\\210.mid", "u\u0308.mid");
  }

  /** Bytes that are no UTF-8, with what stands for them below the folder's URI. */
  private static final SortedMap<String, String> BYTES = new TreeMap<>();

  static {
    BYTES.put("a\\377.mid", "a%FF.mid");
    BYTES.put("Gr\\366\\337e %%.mid", "Gr%F6%DFe%20%25.mid");
  }

  @TempDir private Path folder;

  private void write(Iterable<String> names) throws IOException {
    for (String name : names) {
      Systems.shell("printf x > \"$1/$(printf '" + name + "')\"", folder);
    }
  }

  @Test
  void everyNameIsItsTextAndTheWayBack() throws IOException {
    write(NAMES.keySet());
    List<String> expected =
        NAMES.values().stream().map(name -> folder + "/" + name).sorted().toList();
    assertThat(urisBelow(folder), equalTo(expected));
    assertRoundTrip(folder, expected);
  }

  @Test
  void aNameThatIsNoUtf8IsAUriAndTheWayBack() throws IOException {
    write(BYTES.keySet());
    List<String> expected =
        BYTES.values().stream().map(name -> "file://" + folder + "/" + name).sorted().toList();
    assertThat(
        urisBelow(folder).stream().map(uri -> uri.replace("%f", "%F")).toList(), equalTo(expected));
    assertRoundTrip(folder, urisBelow(folder));
  }

  @Test
  void thePosixLocaleKnowsTheSameNames() throws IOException {
    write(NAMES.keySet());
    write(BYTES.keySet());
    List<String> uris = urisBelow(folder);
    Path list = Files.createTempFile("uris", ".txt");
    try {
      Systems.javaInPosixLocale(InPosixLocale.class, List.of(folder.toString(), list.toString()));
      List<String> there = List.of(Files.readString(list, StandardCharsets.UTF_8).split("\0", -1));
      assertThat(there, equalTo(uris));
    } finally {
      Files.delete(list);
    }
  }

  /** Lists a folder into a file, in a JVM of its own, and reads every name back. */
  static final class InPosixLocale {
    private InPosixLocale() {}

    public static void main(String[] args) throws IOException {
      if (!"ANSI_X3.4-1968".equals(System.getProperty("sun.jnu.encoding"))) {
        System.err.println("not POSIX but " + System.getProperty("sun.jnu.encoding"));
      }
      Path folder = Path.of(args[0]);
      List<String> uris = urisBelow(folder);
      assertRoundTrip(folder, uris);
      Files.writeString(Path.of(args[1]), String.join("\0", uris), StandardCharsets.UTF_8);
    }
  }

  private static List<String> urisBelow(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(LocalPaths::uriOf).sorted().toList();
    }
  }

  private static void assertRoundTrip(Path folder, List<String> uris) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        assertThat(LocalPaths.pathOf(LocalPaths.uriOf(path)), equalTo(path));
      }
    }
    ContentReader reader = new ContentReader(ReadMode.AUTO, 10, 0);
    for (String uri : uris) {
      assertThat(LocalPaths.isLocal(uri), is(true));
      assertThat(LocalPaths.uriOf(LocalPaths.pathOf(uri)), equalTo(uri));
      assertThat(uri, reader.append(new FileEntry(uri, 1, 0)), is(nullValue()));
    }
  }

  @Test
  void relativePathsBecomeAbsolute() {
    assertThat(
        LocalPaths.uriOf(Path.of("x.mid")), equalTo(Path.of("x.mid").toAbsolutePath().toString()));
    assertThat(LocalPaths.uriOf(Path.of("/")), equalTo("/"));
  }

  @Test
  void aFolderIsWrittenWithoutASlashAtItsEnd() throws IOException {
    Path nested = Files.createDirectory(folder.resolve("plain"));
    assertThat(LocalPaths.uriOf(nested), equalTo(folder + "/plain"));
    Systems.shell("mkdir \"$1/$(printf 'd\\303\\266')\" \"$1/$(printf 'd\\377')\"", folder);
    assertThat(
        urisBelow(folder),
        equalTo(
            List.of(folder + "/dö", folder + "/plain", "file://" + folder + "/d%FF").stream()
                .sorted()
                .toList()));
  }

  @Test
  void bucketsAreNotLocal() {
    assertThat(LocalPaths.isLocal("s3://bucket/a.mid"), is(false));
    assertThat(LocalPaths.isLocal("gs://bucket/a.mid"), is(false));
    assertThat(LocalPaths.isLocal("/s3://bucket/a.mid"), is(true));
    assertThat(LocalPaths.isLocal("file:///a%20b.mid"), is(true));
    assertThat(LocalPaths.isLocal("music/a.mid"), is(true));
  }
}
