package dev.midstream.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new java.util.ArrayList<>();
    command.addAll(List.of(java, "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "POSIX");
    builder.environment().put("LANG", "POSIX");
    run(builder);
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
