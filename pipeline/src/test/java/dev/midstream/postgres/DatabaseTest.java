package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestServer.class)
@Timeout(60)
class DatabaseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/db?user=me&password=hush-hush",
        "jdbc:postgresql://host/db?PASSWORD=hush-hush",
        "jdbc:postgresql://host/db?sslpassword=hush-hush",
        "jdbc:postgresql://me:hush-hush@host/db",
        "jdbc:postgresql://me:hush/hush-hush@host:5432/db?ssl=true",
      })
  void refusesAUrlWithAPasswordWithoutRepeatingIt(String url) {
    assertRefused(url, "--jdbcUrl must not hold a ", "MIDSTREAM_JDBC_PASSWORD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:mysql://host/db?password=hush-hush",
        "postgresql://me:hush-hush@host/db",
        "host/db",
        "jdbc:postgres://host/db",
      })
  void refusesWhatIsNoPostgresUrl(String url) {
    assertRefused(url, "--jdbcUrl must be like jdbc:postgresql://host:5432/database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:",
        "jdbc:postgresql://host/db",
        "jdbc:postgresql://one:5432,two:5433/db?targetServerType=primary",
        "jdbc:postgresql://host/db?user=me@example.org",
      })
  void takesAnyOtherPostgresUrl(String url) {
    assertThat(new Database(url, null, null, 1).url(), is(url));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void refusesAPoolOfLessThanNothing(int size) {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> new Database("jdbc:postgresql://host/db", null, null, size))
            .getMessage(),
        is("--poolSize must be at least 1"));
  }

  @Test
  void travelsWithoutTheSecret(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("pw"), TestServer.LIBRARIAN_PASSWORD);
    Database database = new Database("jdbc:postgresql://host/db", "me", file.toString(), 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(database);
    }
    Object back;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      back = in.readObject();
    }

    assertThat(back, is(database));
    assertThat(
        bytes.toString(StandardCharsets.ISO_8859_1),
        not(containsString(TestServer.LIBRARIAN_PASSWORD)));
    assertThat(database.toString(), not(containsString(TestServer.LIBRARIAN_PASSWORD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s\n", "%s\r\n", "%s\nanother line\n"})
  void thePasswordIsTheFirstLineOfTheFile(String content, TestLibrary library, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("pw");
    Files.writeString(file, content.formatted(TestServer.LIBRARIAN_PASSWORD));

    LibrarySchema.check(new Database(library.url(), TestServer.LIBRARIAN, file.toString(), 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"another line\n%s\n", " %s", "", "\n%s"})
  void anyOtherLineIsNot(String content, TestLibrary library, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("pw");
    Files.writeString(file, content.formatted(TestServer.LIBRARIAN_PASSWORD));
    Database database = new Database(library.url(), TestServer.LIBRARIAN, file.toString(), 1);

    SQLException refused = assertThrows(SQLException.class, () -> LibrarySchema.check(database));

    for (Throwable e = refused; e != null; e = e.getCause()) {
      assertThat(e.toString(), not(containsString(TestServer.LIBRARIAN_PASSWORD)));
    }
  }

  @Test
  void aMissingPasswordFileIsNamedWithItsOption(TestLibrary library, @TempDir Path folder) {
    String missing = folder.resolve("none").toString();
    Database database = new Database(library.url(), TestServer.LIBRARIAN, missing, 1);

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> LibrarySchema.check(database))
            .getMessage(),
        is("--jdbcPasswordFile: cannot read " + missing));
  }

  private static void assertRefused(String url, String... said) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Database(url, null, null, 1));
    for (String part : said) {
      assertThat(refused.getMessage(), containsString(part));
    }
    assertThat(refused.getMessage(), not(containsString("hush")));
    assertThat(refused.getMessage().lines().count(), is(1L));
  }
}
