package dev.midstream.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    command.addAll(List.of("-cp", classPath(), main.getName()));
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

  /** Maven runs a main class with a class loader of its own; java.class.path is then Maven's. */
  private static String classPath() {
    ClassLoader loader = ChildJvm.class.getClassLoader();
    if (!(loader instanceof URLClassLoader)) {
      return System.getProperty("java.class.path");
    }
    URL[] urls = ((URLClassLoader) loader).getURLs();
    return String.join(
        System.getProperty("path.separator"), Arrays.stream(urls).map(ChildJvm::pathOf).toList());
  }

  private static String pathOf(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry that is no file: " + url, e);
    }
  }
}
