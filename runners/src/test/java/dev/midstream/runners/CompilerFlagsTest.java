package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One set of flags, wherever a JVM of ours is started. */
class CompilerFlagsTest {
  private static final Path PROJECT = Testdata.LIBRARY.getParent().getParent();

  @Test
  void mavenHasThem() throws Exception {
    try (Stream<String> lines = Files.lines(PROJECT.resolve(".mvn/jvm.config"))) {
      List<String> flags = lines.filter(line -> line.startsWith("-XX:")).toList();
      assertThat(flags, is(CompilerFlags.ALL));
    }
  }

  @Test
  void whoeverStartsTheJarIsToldThem() throws Exception {
    String running = Files.readString(PROJECT.resolve("docs/running.md"));
    assertThat(running, containsString(String.join(" ", CompilerFlags.ALL)));
  }
}
