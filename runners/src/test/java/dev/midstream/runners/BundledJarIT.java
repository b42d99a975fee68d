package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bundled jar, in a JVM of its own, as a user starts it. */
@Timeout(180)
class BundledJarIT {
  private static final Path JAR = Path.of(System.getProperty("midstream.bundled"));

  private static final Path FLINK = Path.of(System.getProperty("midstream.flink"));
  private static final List<String> OURS_TOO =
      List.of(
          "org/apache/commons/codec/",
          "org/apache/commons/compress/",
          "org/apache/commons/io/",
          "org/apache/commons/lang3/",
          "org/slf4j/",
          "org/xerial/snappy/");

  /** See docs/deploy.md for what it is made of. */
  private static final long MOST_BYTES = 110_000_000;

  @TempDir Path folder;

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-jar", JAR.toString()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private int run(String... args) throws Exception {
    Process process = start(args);
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS), is(true));
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String printed(String stream) throws IOException {
    return Files.readString(folder.resolve(stream));
  }

  @Test
  void runsByItselfAndAnswersTheQueryItPrints() throws Exception {
    assertThat(run("--input=" + Testdata.LIBRARY), is(0));
    assertThat(printed("out"), containsString("%d files in".formatted(Testdata.truth().size())));
    assertThat(printed("out"), containsString("java -jar " + JAR));
    assertThat(Files.isDirectory(folder.resolve("midstream-data")), is(true));

    assertThat(run("--query=select count(*) as files from midstream.library"), is(0));
    assertThat(
        printed("out").lines().toList(),
        is(List.of("files", String.valueOf(Testdata.truth().size()))));
  }

  @Test
  void refusesWithOneLineAndAStatus() throws Exception {
    assertThat(run("--input=" + folder.resolve("none")), is(2));
    assertThat(printed("err"), containsString("does not exist"));
    assertThat(printed("err"), not(containsString("\tat ")));
  }

  private static Set<String> classes(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .collect(Collectors.toSet());
    }
  }

  /** What both have is what also runs without Flink: the embedded server, Beam, and logging. */
  @Test
  void holdsNothingThatFlinkBrings() throws Exception {
    Set<String> both = new TreeSet<>();
    try (Stream<Path> jars = Files.list(FLINK.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        both.addAll(classes(jar));
      }
    }
    assertThat(both.stream().anyMatch(name -> name.startsWith("org/apache/flink/")), is(true));
    both.retainAll(classes(JAR));
    both.removeIf(name -> OURS_TOO.stream().anyMatch(name::startsWith));
    assertThat(both, is(empty()));
  }

  @Test
  void isNoLargerThanItMustBe() throws Exception {
    assertThat(Files.size(JAR), is(lessThan(MOST_BYTES)));
  }

  @Test
  void holdsNoFlinkAndSaysSo() throws Exception {
    assertThat(
        classes(JAR).stream().filter(c -> c.startsWith("org/apache/flink/")).count(), is(0L));
    assertThat(run("--input=" + Testdata.LIBRARY, "--runner=FlinkRunner"), is(2));
    assertThat(printed("err"), containsString("flink run"));
    assertThat(printed("err"), not(containsString("\tat ")));
  }

  @Test
  void stopsItsServerWhenItIsTerminated() throws Exception {
    Process process = start("--query=select pg_sleep(60)");
    try {
      Path pidFile = folder.resolve("midstream-data/data/postmaster.pid");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!(Files.exists(pidFile) && Files.readString(pidFile).contains("ready"))) {
        assertThat("the server starts in time", System.nanoTime(), is(lessThan(deadline)));
        Thread.sleep(50);
      }
      long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
      assertThat(pid, is(greaterThan(0L)));
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS), is(true));
      assertThat(process.exitValue(), is(not(0)));
      assertThat(Files.exists(pidFile), is(false));
      // The server takes its pid file away a moment before it ends.
      ProcessHandle postmaster = ProcessHandle.of(pid).orElse(null);
      if (postmaster != null) {
        postmaster.onExit().get(20, TimeUnit.SECONDS);
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
