package dev.midstream.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A fresh JVM like this one: its java, its class path, its heap, its modules. */
final class ChildJvm {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private ChildJvm() {}

  /** Runs {@code main} to its end and returns the lines that it printed. */
  static List<String> run(Class<?> main, List<String> jvmArgs, List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
      command.add("--add-modules=" + VECTOR_MODULE);
    }
    // Heap, collector and compiler as here; not what Maven itself needs.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(arg -> arg.startsWith("-X"))
        .forEach(command::add);
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", ClassPath.string(), main.getName()));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(main.getSimpleName() + " in a child JVM ended with " + status);
      }
      return lines;
    } finally {
      process.destroy();
    }
  }
}
