package dev.midstream.runners;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * One real PostgreSQL for all tests of this JVM, on 127.0.0.1 and a free port. A class or a test
 * that takes a {@link TestServer} gets its databases from it; those that crash one have their own.
 */
final class SharedServer extends OncePerJvm<EmbeddedPostgres> {
  SharedServer() {
    super(EmbeddedPostgres.class, TestServer.class);
  }

  @Override
  EmbeddedPostgres start() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setDataDirectoryCustomizer(data -> checkPassword(data.toPath()))
            .start();
    try {
      TestServer.execute(
          TestServer.url(server.getPort(), "postgres"),
          "create role %s login password '%s'".formatted(TestServer.ROLE, TestServer.PASSWORD));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return server;
  }

  /** The first line that fits decides: everybody else goes on being trusted. */
  private static void checkPassword(Path data) {
    Path rules = data.resolve("pg_hba.conf");
    try {
      String trust = Files.readString(rules);
      Files.writeString(rules, "host all " + TestServer.ROLE + " all scram-sha-256\n" + trust);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    int port = running(context).getPort();
    return context
        .getStore(namespace)
        .computeIfAbsent(TestServer.class, key -> new TestServer(port), TestServer.class);
  }
}
