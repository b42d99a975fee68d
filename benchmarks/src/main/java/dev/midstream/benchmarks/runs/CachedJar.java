package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.ChildJvm;
import dev.midstream.benchmarks.Report;
import dev.midstream.pipeline.UserError;
import dev.midstream.runners.StartupCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The bundled jar with the start-up cache that its Maven command makes, which is made anew.
 *
 * @param arguments the file with the arguments of {@code java}
 */
record CachedJar(Path arguments) {
  static final Path JAR = Path.of("runners", "target", "midstream-bundled.jar");
  static final Path SAMPLES = Path.of("testdata", "library");

  /**
   * Makes the cache.
   *
   * @throws UserError if there is no jar
   */
  static CachedJar make(Path folder) throws IOException, InterruptedException {
    if (!Files.isRegularFile(JAR)) {
      throw new UserError("no " + JAR + ": run mvn package -DskipTests, here");
    }
    Report.progress("making the start-up cache");
    StartupCache.main(new String[] {JAR.toString(), folder.toString(), SAMPLES.toString()});
    return new CachedJar(folder.resolve("midstream.args"));
  }

  /**
   * A JVM as the argument file starts it, but with a main class of this program: its classes come
   * behind the jar, where a cache allows for more.
   */
  ChildJvm running(Class<?> main) throws IOException {
    List<String> lines = Files.readAllLines(arguments);
    String[] flags =
        lines.subList(0, lines.indexOf("-jar")).stream()
            .map(line -> line.replace("\"", ""))
            .toArray(String[]::new);
    return ChildJvm.of(main).from(JAR).flags(flags);
  }
}
