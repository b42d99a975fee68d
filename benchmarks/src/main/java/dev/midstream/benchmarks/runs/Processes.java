package dev.midstream.benchmarks.runs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the system knows of this process and of the server beside it. */
final class Processes {
  private static final Instant START =
      ProcessHandle.current().info().startInstant().orElse(Instant.now());

  /** Behind the name in a thread's {@code stat}; those of the kernel follow. */
  private static final int USER_TICKS = 11;

  /** USER_HZ, on all common Linux systems. */
  private static final double TICKS_A_SECOND = 100;

  /** Of each server process, its last figure: many end before the run does. */
  private static final Map<Long, Duration> SERVER = new ConcurrentHashMap<>();

  private Processes() {}

  /** The most memory that this process has had at once; not a number where that is not told. */
  static double peakResidentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  /** Processor time of the JIT's threads; not a number where that is not told. */
  static double compilerCpuSeconds() throws IOException {
    Path tasks = Path.of("/proc/self/task");
    if (!Files.isReadable(tasks)) {
      return Double.NaN;
    }
    long ticks = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        ticks += compilerTicks(thread);
      }
    }
    return ticks / TICKS_A_SECOND;
  }

  private static long compilerTicks(Path thread) {
    String line;
    try {
      line = Files.readString(thread.resolve("stat"));
    } catch (IOException e) {
      // It has ended since it was listed.
      return 0;
    }
    // pid (name) state and so on, by one blank each: see proc(5).
    int end = line.lastIndexOf(')');
    if (!line.substring(0, end).contains("CompilerThre")) {
      return 0;
    }
    String[] fields = line.substring(end + 2).split(" ", -1);
    return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
  }

  /** Processor time of all PostgreSQL processes that were started after this JVM. */
  static double serverCpuSeconds() {
    ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
        .filter(process -> process.info().startInstant().orElse(START).isAfter(START))
        .forEach(
            process ->
                process
                    .info()
                    .totalCpuDuration()
                    .ifPresent(spent -> SERVER.put(process.pid(), spent)));
    return SERVER.values().stream().mapToLong(Duration::toMillis).sum() / 1e3;
  }
}
