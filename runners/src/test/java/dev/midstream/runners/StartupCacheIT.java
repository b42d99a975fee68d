package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start-up cache, made and used as its documentation tells. */
@Timeout(300)
class StartupCacheIT {
  private static final Path JAR = Path.of(System.getProperty("midstream.bundled"));

  @TempDir Path folder;

  private int run(String out, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(out).toFile())
            .start();
    try {
      assertThat(process.waitFor(140, TimeUnit.SECONDS), is(true));
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String printed(String out) throws Exception {
    return Files.readString(folder.resolve(out));
  }

  @Test
  void classesComeFromTheCacheAndRunsAreTheSame() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path cache = folder.resolve("a cache");
    int made =
        run(
            "made",
            java,
            "-cp",
            JAR.toString(),
            StartupCache.class.getName(),
            JAR.toString(),
            cache.toString(),
            Testdata.LIBRARY.toString());
    assertThat(printed("made"), made, is(0));
    Path arguments = cache.resolve("midstream.args");
    assertThat(printed("made"), containsString("java @" + arguments + " --input="));
    assertThat(
        Files.readAllLines(arguments).stream().filter(CompilerFlags.ALL::contains).toList(),
        is(CompilerFlags.ALL));
    try (var left = Files.list(cache)) {
      List<String> names = left.map(file -> file.getFileName().toString()).sorted().toList();
      String file = Runtime.version().feature() >= 25 ? "midstream.aot" : "midstream.jsa";
      assertThat(
          names,
          is(
              List.of("midstream-training.log", file, "midstream.args", "server").stream()
                  .sorted()
                  .toList()));
    }

    Path loaded = folder.resolve("loaded");
    int status =
        run(
            "out",
            java,
            "-Xlog:class+load:file=" + loaded,
            "@" + arguments,
            "--input=" + Testdata.LIBRARY);
    assertThat(printed("out"), status, is(0));
    assertThat(printed("out"), containsString("%d files in".formatted(Testdata.truth().size())));
    List<String> ours =
        Files.readAllLines(loaded).stream()
            .filter(line -> line.contains("dev.midstream.midi.TrackParser "))
            .toList();
    assertThat(ours.size(), is(1));
    assertThat(ours.get(0), containsString("shared objects file"));
    assertThat(printed("out"), not(containsString("warning")));
    // The server's programs are those of the cache: the new library has data alone.
    Path library = folder.resolve("midstream-data");
    assertThat(Files.exists(library.resolve("data").resolve("PG_VERSION")), is(true));
    assertThat(Files.exists(library.resolve("server")), is(false));
  }

  @Test
  void refusesWhatIsNoJar() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    int status = run("out", java, "-cp", JAR.toString(), StartupCache.class.getName(), "nothing");
    assertThat(status, is(2));
    assertThat(printed("out").lines().count(), is(1L));
  }
}
