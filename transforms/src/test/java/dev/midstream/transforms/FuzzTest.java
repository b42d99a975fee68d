package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mozilla.universalchardet.UniversalDetector;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

/**
 * Coverage-guided fuzzing of bytes to analysis, in a JVM of its own, from the synthetic library. A
 * short look in every build; {@code -Dmidstream.fuzz.seconds} for a long one, which goes on with
 * the corpus of the last.
 */
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("midstream.fuzz.seconds", 20);
  private static final Path TESTDATA = Path.of(System.getProperty("midstream.testdata"));
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

  @Test
  void noInputIsTooMuch() throws Exception {
    assumeTrue(hasDriver(), "no native driver of Jazzer for this platform: fuzzing is skipped");
    Path folder = Path.of("target", "fuzz").toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=dev.midstream.**",
                "--custom_hook_includes=dev.midstream.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-dict=" + Path.of("src/test/resources/midi.dict").toAbsolutePath(),
                "-max_len=20000",
                "-timeout=10",
                "-max_total_time=" + SECONDS,
                corpus.toString(),
                TESTDATA.resolve("library").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(SECONDS + 120L, TimeUnit.SECONDS);
      List<String> lines = readLines(log);
      assertThat("the fuzzer ends in time; see " + log, ended, is(true));
      int status = process.exitValue();
      assertThat(finding(lines) + "\nAll of it: " + log, status, is(0));
      System.out.println(summary(lines));
      assertThat(Integer.parseInt(last(COVERAGE, lines).group(1)), is(greaterThan(500)));
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * What the target needs, and no more: Jazzer looks through all of it for what it may hook, and
   * through Beam and the clouds that takes as long as the fuzzing.
   */
  private static String classPath() throws Exception {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> needed :
        List.of(
            FuzzTarget.class,
            ContentAnalyzer.class,
            Jazzer.class,
            FuzzedDataProvider.class,
            UniversalDetector.class,
            LoggerFactory.class,
            SimpleLogger.class)) {
      URI place = needed.getProtectionDomain().getCodeSource().getLocation().toURI();
      places.add(Path.of(place).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private static boolean hasDriver() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name = os.contains("mac") ? "macos" : os.contains("win") ? "windows" : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    String driver = "com/code_intelligence/jazzer/driver/jazzer_driver_" + name + "_" + arch + "/";
    ClassLoader loader = FuzzTest.class.getClassLoader();
    return List.of("libjazzer_driver.so", "libjazzer_driver.dylib", "jazzer_driver.dll").stream()
        .anyMatch(file -> loader.getResource(driver + file) != null);
  }

  /** What is printed holds bytes of inputs. */
  private static List<String> readLines(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static String summary(List<String> lines) {
    Matcher done = last(DONE, lines);
    Matcher coverage = last(COVERAGE, lines);
    return "FuzzTest: %s inputs in %s s, %s branches, %s features, %s inputs in the corpus"
        .formatted(
            done.group(1), done.group(2), coverage.group(1), coverage.group(2), coverage.group(3));
  }

  private static Matcher last(Pattern pattern, List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher matcher = pattern.matcher(lines.get(i));
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new AssertionError("the fuzzer did not say " + pattern);
  }

  private static String finding(List<String> lines) {
    int from = 0;
    while (from < lines.size() && !lines.get(from).contains("== Java Exception")) {
      from++;
    }
    from = from == lines.size() ? Math.max(0, from - 30) : from;
    return String.join("\n", lines.subList(from, Math.min(lines.size(), from + 30)));
  }
}
