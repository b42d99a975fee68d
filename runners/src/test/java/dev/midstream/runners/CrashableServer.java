package dev.midstream.runners;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real PostgreSQL that can be killed and started again at its port, over its data. */
final class CrashableServer implements AutoCloseable {
  private static final int TRIES = 50;

  private final Path folder;
  private final int port;
  private EmbeddedPostgres server;

  CrashableServer(Path folder) throws IOException {
    this.folder = folder;
    this.server = builder().start();
    this.port = server.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.resolve("server").toFile())
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        // Off by default there: then a crash loses what was committed.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "127.0.0.1");
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** SIGKILL for the postmaster, which takes its backends along; and a start, which recovers. */
  void crash() throws IOException, InterruptedException {
    String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip();
    new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
    try {
      server.close();
    } catch (IOException | RuntimeException isGoneAlready) {
      // What is left of it is the port and the data.
    }
    for (int tried = 1; ; tried++) {
      try {
        // Its backends may still hold its memory for a moment.
        Thread.sleep(200);
        Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
        server = builder().setPort(port).start();
        return;
      } catch (IOException | RuntimeException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
