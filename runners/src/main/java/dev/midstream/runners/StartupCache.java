package dev.midstream.runners;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the bundled jar start faster, by a training run. From JDK 25 on it leaves an AOT cache: the
 * classes as they were loaded and linked, and the profiles of its methods. Before, it leaves an
 * archive of classes (CDS). Beside it are the programs of the embedded server, which else are
 * unpacked for each new library, and an argument file, so that one command starts the jar with what
 * there is: {@code java @midstream.args --input=…}.
 *
 * <p>The cache fits one JDK, one jar at one place, and a JVM without {@code --add-modules}: with
 * the incubating Vector API it would hold no method profiles and no linked classes. Where it does
 * not fit, the JVM does without it.
 */
public final class StartupCache {
  private static final int FIRST_WITH_AOT_CACHE = 25;
  private static final long TRAINING_SECONDS = 300;

  /**
   * So often the library is trained with: in a few hundred files the analyses do not run so often
   * that the JVM has profiles of them.
   */
  private static final int COPIES = 12;

  private final Path jar;
  private final Path folder;

  private StartupCache(Path jar, Path folder) {
    this.jar = jar.toAbsolutePath();
    this.folder = folder.toAbsolutePath();
  }

  /** Takes the jar, the folder for the cache, and the library to train with. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3 || !Files.isRegularFile(Path.of(args[0]))) {
      System.err.println(
          "startup cache: wants a bundled jar, a folder and a library to train with");
      System.exit(2);
    }
    StartupCache cache = new StartupCache(Path.of(args[0]), Path.of(args[1]));
    try {
      cache.train(args[2]);
    } catch (IOException e) {
      System.err.println("startup cache: " + e.getMessage());
      System.exit(1);
    }
    System.out.printf(
        "%s, %,d MB%nnow start it by%n  java @%s --input=…%n",
        cache.file(), Files.size(cache.file()) >> 20, cache.arguments());
  }

  private static boolean isAot() {
    return Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;
  }

  private Path file() {
    return folder.resolve(isAot() ? "midstream.aot" : "midstream.jsa");
  }

  private Path arguments() {
    return folder.resolve("midstream.args");
  }

  private void train(String library) throws IOException, InterruptedException {
    Path programs = Files.createDirectories(folder.resolve("server"));
    String withPrograms = "-D" + EmbeddedDatabase.PROGRAMS + "=" + programs;
    Files.deleteIfExists(file());
    Path scratch = Files.createTempDirectory(folder, "training");
    Path music = scratch.resolve("music");
    Path log = folder.resolve("midstream-training.log");
    try {
      for (int copy = 0; copy < COPIES; copy++) {
        copy(Path.of(library), music.resolve(Integer.toString(copy)));
      }
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(CompilerFlags.ALL);
      command.add((isAot() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file());
      command.addAll(List.of(withPrograms, "-jar", jar.toString()));
      command.addAll(
          List.of("--input=" + music, "--dataDir=" + scratch.resolve("data"), "--reanalyze"));
      Process training =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)
            || training.exitValue() != 0
            || !Files.exists(file())) {
          throw new IOException("the training run made none; its output is in " + log);
        }
      } finally {
        training.destroy();
      }
    } finally {
      delete(scratch);
    }
    List<String> lines = new ArrayList<>();
    // Of another JDK, which may not know what follows.
    lines.add("-XX:+IgnoreUnrecognizedVMOptions");
    lines.addAll(CompilerFlags.ALL);
    lines.add(quoted((isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file()));
    lines.add(quoted(withPrograms));
    lines.addAll(List.of("-jar", quoted(jar.toString())));
    Files.write(arguments(), lines);
  }

  /** As an argument file of {@code java} takes what may hold blanks. */
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
