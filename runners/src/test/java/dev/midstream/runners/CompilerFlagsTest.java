package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One set of flags, wherever a JVM of ours is started. */
class CompilerFlagsTest {
  @Test
  void mavenHasThem() throws Exception {
    List<String> lines = Files.readAllLines(Testdata.FOLDER.resolveSibling(".mvn/jvm.config"));
    List<String> flags = lines.stream().filter(line -> line.startsWith("-XX:")).toList();
    assertThat(flags, is(CompilerFlags.ALL));
  }

  @Test
  void whoeverStartsTheJarIsToldThem() throws Exception {
    String running = Files.readString(Testdata.FOLDER.resolveSibling("docs/running.md"));
    assertThat(running, containsString(String.join(" ", CompilerFlags.ALL)));
  }
}
