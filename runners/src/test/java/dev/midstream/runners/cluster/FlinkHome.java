package dev.midstream.runners.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Flink as it is unpacked from its distribution, with a configuration of its own: it knows how
 * the scripts of the distribution start a JVM, and does the same.
 */
final class FlinkHome {
  /** As in {@code conf/config.yaml} of the distribution: what Flink needs on Java 17. */
  private static final List<String> JAVA_17 =
      Stream.concat(
              Stream.of(
                      "java.base/sun.net.util",
                      "java.rmi/sun.rmi.registry",
                      "jdk.compiler/com.sun.tools.javac.api",
                      "jdk.compiler/com.sun.tools.javac.file",
                      "jdk.compiler/com.sun.tools.javac.parser",
                      "jdk.compiler/com.sun.tools.javac.tree",
                      "jdk.compiler/com.sun.tools.javac.util",
                      "java.security.jgss/sun.security.krb5")
                  .map(name -> "--add-exports=" + name + "=ALL-UNNAMED"),
              Stream.of(
                      "java.lang",
                      "java.net",
                      "java.io",
                      "java.nio",
                      "sun.nio.ch",
                      "java.lang.reflect",
                      "java.text",
                      "java.time",
                      "java.util",
                      "java.util.concurrent",
                      "java.util.concurrent.atomic",
                      "java.util.concurrent.locks")
                  .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
          .toList();

  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  private final Path home = Path.of(System.getProperty("midstream.flink"));
  private final Path folder;
  private final Map<String, String> configuration;
  private final Map<String, String> environment;
  private final Map<String, List<String>> sizes = new HashMap<>();

  /**
   * Writes {@code configuration} into {@code folder}, where logs will be, too.
   *
   * @param environment additional variables of every JVM
   */
  FlinkHome(Path folder, Map<String, String> configuration, Map<String, String> environment)
      throws IOException {
    this.folder = folder;
    this.configuration = configuration;
    this.environment = environment;
    if (!Files.isDirectory(home.resolve("lib"))) {
      throw new IllegalStateException(
          "no Flink in " + home + ": mvn -pl flink verify puts it there");
    }
    Path conf = Files.createDirectories(folder.resolve("conf"));
    List<String> yaml = new ArrayList<>();
    configuration.forEach((key, value) -> yaml.add(key + ": \"" + value + "\""));
    Files.write(conf.resolve("config.yaml"), yaml);
    Files.writeString(
        conf.resolve("log4j.properties"),
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.file.ref = File
        appender.file.name = File
        appender.file.type = FILE
        appender.file.fileName = ${sys:log.file}
        appender.file.layout.type = PatternLayout
        appender.file.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c - %m%n
        """);
  }

  /** Starts a process of the cluster; {@code kind} is {@code jobmanager} or {@code taskmanager}. */
  FlinkProcess startDaemon(String name, String kind, String mainClass, String... more)
      throws IOException, InterruptedException {
    List<String> sizes =
        sizes(kind.equals("jobmanager") ? "GET_JM_RESOURCE_PARAMS" : "GET_TM_RESOURCE_PARAMS");
    List<String> flags = words(sizes.get(0));
    flags.addAll(words(configuration.getOrDefault("env.java.opts." + kind, "")));
    flags.addAll(List.of(more));
    List<String> arguments = new ArrayList<>(List.of("--configDir", conf()));
    arguments.addAll(words(sizes.get(1)));
    return start(name, flags, mainClass, arguments, Map.of());
  }

  /** Starts {@code flink}, the command of the distribution. */
  FlinkProcess startClient(String name, List<String> arguments, Map<String, String> more)
      throws IOException {
    return start(name, List.of(), "org.apache.flink.client.cli.CliFrontend", arguments, more);
  }

  private FlinkProcess start(
      String name,
      List<String> flags,
      String mainClass,
      List<String> arguments,
      Map<String, String> more)
      throws IOException {
    Path log = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>(List.of(java(), "-Dlog.file=" + log));
    command.add("-Dlog4j.configurationFile=" + folder.resolve("conf/log4j.properties").toUri());
    command.addAll(JAVA_17);
    command.addAll(flags);
    command.addAll(List.of("-cp", home.resolve("lib") + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("FLINK_CONF_DIR", conf());
    builder.environment().put("FLINK_PLUGINS_DIR", home.resolve("plugins").toString());
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    return FlinkProcess.start(builder, folder.resolve(name + ".out"), log);
  }

  private String conf() {
    return folder.resolve("conf").toString();
  }

  /** The JVM's flags and the sizes that the scripts have Flink work out from its configuration. */
  private List<String> sizes(String question) throws IOException, InterruptedException {
    if (sizes.containsKey(question)) {
      return sizes.get(question);
    }
    Path answer = Files.createTempFile(folder, "sizes", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                java(),
                "-cp",
                home.resolve("lib") + "/*",
                "org.apache.flink.runtime.util.bash.BashJavaUtils",
                question,
                "--configDir",
                conf())
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(Files.readString(answer));
      }
    } finally {
      process.destroyForcibly();
    }
    List<String> lines =
        Files.readAllLines(answer).stream()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()))
            .toList();
    sizes.put(question, lines);
    return lines;
  }

  private static List<String> words(String line) {
    return new ArrayList<>(
        Stream.of(line.strip().split("\\s+", -1)).filter(w -> !w.isEmpty()).toList());
  }

  /** A Java 17, as in the images of Flink, if there is one beside ours; else ours. */
  private static String java() throws IOException {
    Path ours = Path.of(System.getProperty("java.home"));
    Path chosen = ours;
    if (Runtime.version().feature() != 17 && ours.getParent() != null) {
      try (Stream<Path> beside = Files.list(ours.getParent())) {
        chosen =
            beside
                .filter(jdk -> jdk.getFileName().toString().matches(".*\\b17\\b.*"))
                .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                .sorted()
                .findFirst()
                .orElse(ours);
      }
    }
    return chosen.resolve("bin/java").toString();
  }
}
