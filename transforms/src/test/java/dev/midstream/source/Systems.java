package dev.midstream.source;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commands of the system, for what Java cannot make: pipes and names of any bytes. */
public final class Systems {
  private Systems() {}

  public static void makePipe(Path path) throws IOException {
    run(new ProcessBuilder("mkfifo", path.toString()));
  }

  /** Runs a shell script whose first argument is {@code folder}. */
  public static void shell(String script, Path folder) throws IOException {
    run(new ProcessBuilder("sh", "-c", script, "sh", folder.toString()));
  }

  /** Runs the main class {@code main} in a JVM of its own, in the POSIX locale. */
  public static void javaInPosixLocale(Class<?> main, List<String> arguments) throws IOException {
    ProcessBuilder builder = java(List.of(), main, arguments);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "POSIX");
    builder.environment().put("LANG", "POSIX");
    run(builder);
  }

  /**
   * Runs the main class {@code main} in a JVM of its own, to which a file without permissions is
   * closed: to root it is not, so root gives up that privilege.
   *
   * @param scratch a folder to try it in
   * @return false if root has no way to give it up here; then nothing was run
   */
  public static boolean javaWithoutPrivileges(Class<?> main, List<String> arguments, Path scratch)
      throws IOException {
    Path closed = Files.createTempFile(scratch, "closed", null);
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      for (List<String> prefix :
          List.of(
              List.<String>of(),
              List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"),
              List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"))) {
        if (closes(closed, prefix)) {
          run(java(prefix, main, arguments));
          return true;
        }
      }
      return false;
    } finally {
      Files.delete(closed);
    }
  }

  /** Whether a command behind {@code prefix} may not read that file, and may read our classes. */
  private static boolean closes(Path closed, List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of("sh", "-c", "! cat \"$0\" && cat \"$1\"", closed.toString(), classFile()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static String classFile() {
    return Path.of(URI.create(Systems.class.getResource("Systems.class").toString())).toString();
  }

  private static ProcessBuilder java(List<String> prefix, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  private static void run(ProcessBuilder builder) throws IOException {
    Process process = builder.inheritIO().start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(builder.command() + " ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
