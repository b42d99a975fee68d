package dev.midstream.runners;

import dev.midstream.pipeline.UserError;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL server of our own, from a Maven artifact, on loopback and a free port, whose data
 * stay in a folder between runs. One process at a time can have the folder.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;

  private EmbeddedDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts the server over {@code folder}, which is made if it is not there.
   *
   * @throws UserError if that cannot be done
   */
  static EmbeddedDatabase start(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(home);
      return new EmbeddedDatabase(
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(home.resolve("server").toFile())
              .setDataDirectory(home.resolve("data").toFile())
              .setCleanDataDirectory(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              // The library's default switches these off: right for tests, wrong for a library.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_wal_size", "4GB")
              .start());
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "cannot start the embedded PostgreSQL in --dataDir=%s: %s (is another run using it?)"
              .formatted(folder, String.valueOf(e.getMessage()).replaceAll("\\s+", " ")),
          e);
    }
  }

  /** Where the server is. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** The role that owns everything in it. */
  String user() {
    return USER;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
