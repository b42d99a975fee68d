package dev.midstream.runners;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real PostgreSQL for all tests of this JVM, on 127.0.0.1 and a free port. It is kept for the
 * session and not in the root store: Surefire starts JUnit anew for each class. A class or a test
 * that takes a {@link TestServer} gets its databases from it; those that crash one have their own.
 */
final class SharedServer implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestServer.class, key -> new TestServer(running.postgres.getPort()), TestServer.class);
  }

  /** Closed by JUnit with the session. */
  private record Running(EmbeddedPostgres postgres) implements AutoCloseable {

    static Running start() {
      try {
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setDataDirectoryCustomizer(data -> checkPassword(data.toPath()))
                .start();
        TestServer.execute(
            TestServer.url(postgres.getPort(), "postgres"),
            "create role %s login password '%s'".formatted(TestServer.ROLE, TestServer.PASSWORD));
        return new Running(postgres);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
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
    public void close() throws IOException {
      postgres.close();
    }
  }
}
