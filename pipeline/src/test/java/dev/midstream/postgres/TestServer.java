package dev.midstream.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real PostgreSQL for all tests of this JVM, on 127.0.0.1 and a free port, its data in a
 * temporary folder; JUnit stops it behind the last test. It is kept for the session and not in the
 * root store: Surefire starts JUnit anew for each class. A test that takes a {@link TestLibrary}
 * gets a fresh database on it, which is dropped when the test ends.
 */
public final class TestServer implements ParameterResolver {
  /** The only role that has to show its password; the server checks it. */
  public static final String LIBRARIAN = "librarian";

  /** Distinctive, so that it can be searched for in whatever must not hold it. */
  public static final String LIBRARIAN_PASSWORD = "Xq7-very-S3cret-zw";

  private static final Namespace NAMESPACE = Namespace.create(TestServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestLibrary.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running server =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestLibrary.class, key -> TestLibrary.create(server.port()), TestLibrary.class);
  }

  /** Closed by JUnit with the session. */
  private record Running(EmbeddedPostgres postgres, Path folder) implements AutoCloseable {

    static Running start() {
      try {
        Path folder = Files.createTempDirectory("midstream-test-postgres");
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("server").toFile())
                .setDataDirectory(folder.resolve("data"))
                .setDataDirectoryCustomizer(Running::checkPasswords)
                .setServerConfig("listen_addresses", "127.0.0.1")
                // As the embedded server of a run.
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("shared_buffers", "512MB")
                // For a test that counts statements; it switches the counting on for itself.
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track", "none")
                .start();
        Running running = new Running(postgres, folder);
        TestLibrary.execute(
            TestLibrary.url(running.port(), "postgres"),
            "create role %s login password '%s'".formatted(LIBRARIAN, LIBRARIAN_PASSWORD));
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The first line that fits decides: everybody else goes on being trusted. */
    private static void checkPasswords(File dataFolder) {
      Path rules = dataFolder.toPath().resolve("pg_hba.conf");
      try {
        String trust = Files.readString(rules);
        Files.writeString(rules, "host all " + LIBRARIAN + " all scram-sha-256\n" + trust);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    int port() {
      return postgres.getPort();
    }

    @Override
    public void close() throws IOException {
      postgres.close();
      List<Path> left;
      try (Stream<Path> tree = Files.walk(folder)) {
        left = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : left) {
        Files.delete(path);
      }
    }
  }
}
