package dev.midstream.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** On what it is measured. */
public final class Conditions {
  private Conditions() {}

  /** Prints processor, JDK and heap. */
  public static void print() throws IOException {
    Report.line("- CPU: %s, %d seen", cpu(), Runtime.getRuntime().availableProcessors());
    Report.line(
        "- JDK: %s, %s; heap at most %,d MB",
        Runtime.version(),
        System.getProperty("java.vm.vendor"),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String cpu() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      }
    }
    return System.getProperty("os.arch");
  }
}
