package dev.midstream.runners;

import dev.midstream.pipeline.UserError;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own, from a Maven artifact, on loopback and a free port, whose data
 * stay in a folder between runs. One process at a time can have the folder. A server that a killed
 * run has left there is stopped first; what it had committed, its successor recovers.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final String USER = "postgres";

  /** The system property that names the folder of {@link #programs}. */
  static final String PROGRAMS = "midstream.server";

  /**
   * A busy disk takes its time over the last checkpoint; the server's library waits five seconds.
   */
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path data;
  private final CountDownLatch startTried = new CountDownLatch(1);
  private final Thread stopAtExit = new Thread(this::stop, "midstream-stop-postgres");
  private volatile @Nullable FolderLock lock;
  private volatile @Nullable EmbeddedPostgres server;

  private EmbeddedDatabase(Path data) {
    this.data = data;
  }

  /**
   * Starts the server over {@code folder}, which is made if it is not there.
   *
   * @throws UserError if that cannot be done
   */
  static EmbeddedDatabase start(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    EmbeddedDatabase database = new EmbeddedDatabase(home.resolve("data"));
    // Before the start, so that whoever interrupts it leaves no server behind.
    Runtime.getRuntime().addShutdownHook(database.stopAtExit);
    try {
      database.startServer(home);
      return database;
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      database.forgetHook();
      database.unlock();
      throw new UserError(
          "cannot start the embedded PostgreSQL in --dataDir=%s: %s (is another run using it?)"
              .formatted(folder, Failures.oneLine(e)),
          e);
    } finally {
      database.startTried.countDown();
    }
  }

  private void startServer(Path home) throws IOException, InterruptedException {
    Files.createDirectories(home);
    lock = FolderLock.take(home);
    OrphanedServer.stop(data);
    server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(programs(home).toFile())
            .setDataDirectory(data.toFile())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            // The library's default switches these off: right for tests, wrong for a library.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_wal_size", "4GB")
            // The indexes of a million files do not fit into the default; what is not used costs
            // nothing.
            .setServerConfig("shared_buffers", "512MB")
            .start();
  }

  /**
   * Where the server's programs are, or are to be unpacked, which takes longer than all else at the
   * start of a new library: beside its data, unless they are unpacked already ({@link
   * StartupCache}).
   */
  private static Path programs(Path home) {
    String unpacked = System.getProperty(PROGRAMS);
    boolean isThere = unpacked != null && Files.isWritable(Path.of(unpacked));
    return isThere ? Path.of(unpacked) : home.resolve("server");
  }

  /** Where the server is. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** The role that owns everything in it. */
  String user() {
    return USER;
  }

  /** Stops the server, and returns when it is gone. */
  @Override
  public void close() {
    stop();
    forgetHook();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException alreadyExiting) {
      // Then the hook does the same once more, which is nothing.
    }
  }

  private void unlock() {
    try {
      FolderLock taken = lock;
      if (taken != null) {
        taken.close();
      }
    } catch (IOException e) {
      // The end of the process gives it back.
    }
  }

  private void stop() {
    try {
      startTried.await(STOP_NANOS, TimeUnit.NANOSECONDS);
      EmbeddedPostgres started = server;
      if (started == null) {
        return;
      }
      started.close();
      Path pidFile = data.resolve("postmaster.pid");
      long deadline = System.nanoTime() + STOP_NANOS;
      while (Files.exists(pidFile) && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      unlock();
    } catch (IOException e) {
      System.err.println("midstream: the embedded PostgreSQL did not stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
