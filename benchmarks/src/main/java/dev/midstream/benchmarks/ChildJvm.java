package dev.midstream.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fresh JVM like this one: its java, its class path, its heap, its modules. */
public final class ChildJvm {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** What Beam looks into, as the bundled jar's manifest has it. */
  private static final List<String> OPENED =
      List.of("lang", "lang.invoke", "nio", "time", "util", "util.concurrent");

  private final Class<?> main;
  private final List<String> flags = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private String classPath = ClassPath.string();
  private boolean opened = true;
  private boolean vectors = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();

  private ChildJvm(Class<?> main) {
    this.main = main;
  }

  /** One that runs {@code main}. */
  public static ChildJvm of(Class<?> main) {
    return new ChildJvm(main);
  }

  /** Adds flags of the JVM. */
  public ChildJvm flags(String... more) {
    flags.addAll(List.of(more));
    return this;
  }

  /** Adds arguments of the program. */
  public ChildJvm with(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** Sets a variable of its environment. */
  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Leaves out the Vector API. */
  public ChildJvm withoutVectors() {
    vectors = false;
    return this;
  }

  /** Takes its classes from a jar, and the main class from here; without any module. */
  public ChildJvm from(Path jar) {
    classPath = jar.toAbsolutePath() + File.pathSeparator + ClassPath.of(main);
    opened = false;
    vectors = false;
    return this;
  }

  /** Runs {@code main} to its end and returns the lines that it printed. */
  static List<String> run(Class<?> main, List<String> jvmArgs, List<String> args)
      throws IOException, InterruptedException {
    return of(main).flags(jvmArgs.toArray(String[]::new)).with(args.toArray(String[]::new)).run();
  }

  /**
   * Runs it to its end and returns the lines that it printed.
   *
   * @throws IOException if it ends with another status than 0
   */
  public List<String> run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
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

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (vectors) {
      command.add("--add-modules=" + VECTOR_MODULE);
    }
    if (opened) {
      OPENED.forEach(name -> command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
    }
    // Heap, collector and compiler as here; not what Maven itself needs.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(arg -> arg.startsWith("-X"))
        .forEach(command::add);
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return command;
  }
}
