package dev.midstream.runners;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command in a JVM of its own, to which files without permissions are closed: to root they are
 * not, so root gives up that privilege.
 */
record UnprivilegedCommand(int status, String out) {
  private static final List<String> WITHOUT_PRIVILEGE =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

  /** Runs; null if there is no way to do so here. */
  static UnprivilegedCommand runOrNull(Path closedFile, Path log, List<String> arguments)
      throws Exception {
    for (List<String> prefix : List.of(List.<String>of(), WITHOUT_PRIVILEGE)) {
      if (isClosed(closedFile, prefix)) {
        return run(prefix, log, arguments);
      }
    }
    return null;
  }

  private static boolean isClosed(Path file, List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", "! cat \"$0\"", file.toString()));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static UnprivilegedCommand run(List<String> prefix, Path log, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            System.getProperty("midstream.test.compilers"),
            "-cp",
            System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = process.waitFor(150, TimeUnit.SECONDS);
      String out = Files.readString(log, StandardCharsets.UTF_8);
      if (!ended) {
        throw new AssertionError("it does not end: " + out);
      }
      return new UnprivilegedCommand(process.exitValue(), out);
    } finally {
      process.destroyForcibly();
    }
  }
}
