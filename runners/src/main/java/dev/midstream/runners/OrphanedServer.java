package dev.midstream.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a run that was killed leaves behind: its PostgreSQL goes on without it, or is gone as well
 * and has left the file that names its process. Only who holds the {@link FolderLock} may look.
 */
final class OrphanedServer {
  private static final long STOP_SECONDS = 30;

  private OrphanedServer() {}

  /**
   * Stops the server over {@code data}, if there is one, so that another one can be started.
   *
   * @throws IOException if it does not stop
   */
  static void stop(Path data) throws IOException, InterruptedException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> server =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    if (server.isEmpty() || !isPostgres(server.get())) {
      // The number may belong to another process by now, which the next server would take for one.
      Files.deleteIfExists(pidFile);
      return;
    }
    askToStop(server.get());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    while (server.get().isAlive() && Files.exists(pidFile)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the server of a run that was killed does not stop: process " + server.get().pid());
      }
      Thread.sleep(20);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().map(command -> command.contains("postgres")).orElse(true);
  }

  /** At once, where the system knows how to say that: without waiting for others who look at it. */
  private static void askToStop(ProcessHandle server) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start().waitFor();
    } catch (IOException noSuchCommand) {
      server.destroy();
    }
  }
}
