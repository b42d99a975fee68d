package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver's TLS options pass through the URL to every kind of connection: a server that takes
 * nothing else, with a certificate made for this test.
 */
@Timeout(120)
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static String url;

  /** The server of this class; JUnit closes it. */
  @org.junit.jupiter.api.AutoClose private static EmbeddedPostgres server;

  @BeforeAll
  static void startServer() throws Exception {
    makeCertificate("server");
    makeCertificate("stranger");
    server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("server").toFile())
            .setDataDirectory(folder.resolve("data"))
            .setDataDirectoryCustomizer(TlsTest::takeOnlyTls)
            .setConnectConfig("sslmode", "require")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", folder.resolve("server.pem").toString())
            .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
            .start();
    url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  private static void takeOnlyTls(File dataFolder) {
    try {
      Files.writeString(
          dataFolder.toPath().resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeCertificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS), is(true));
    assertThat(Files.readString(folder.resolve("keytool.log")), keytool.exitValue(), is(0));
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate(name);
    Key key = keys.getKey(name, PASSWORD.toCharArray());
    writePem(name + ".pem", "CERTIFICATE", certificate.getEncoded());
    Path keyFile = writePem(name + ".key", "PRIVATE KEY", key.getEncoded());
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
  }

  private static Path writePem(String name, String kind, byte[] der) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind));
  }

  private static Database database(String options) {
    return new Database(url + options, "postgres", null, 2);
  }

  private static String verifying(String root) {
    return "?sslmode=verify-full&sslrootcert=" + folder.resolve(root);
  }

  @AfterEach
  void closePools() {
    ConnectionPools.closeAll();
  }

  @Test
  void everyConnectionIsVerifiedAndEncrypted() throws Exception {
    Database database = database(verifying("server.pem"));

    LibrarySchema.check(database);
    LibrarySchema.migrate(database);
    try (Connection connection = ConnectionPools.of(database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
      assertThat(row.next(), is(true));
      assertThat(row.getBoolean(1), is(true));
    }
  }

  @Test
  void aServerThatIsAnotherIsRefused() {
    Database database = database(verifying("stranger.pem"));

    assertThrows(SQLException.class, () -> LibrarySchema.check(database));
  }

  @Test
  void withoutTlsThisServerTakesNobody() {
    SQLException refused =
        assertThrows(SQLException.class, () -> LibrarySchema.check(database("?sslmode=disable")));
    assertThat(refused.getSQLState(), is("28000"));
  }
}
