package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.midstream.pipeline.MidstreamOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each in a JVM of its own: Beam looks for interfaces once. */
@Timeout(60)
class OptionInterfacesTest {
  @TempDir private Path folder;

  /** Parses its arguments, and prints which interfaces Beam knows then. */
  static final class Registered {
    public static void main(String[] args) {
      MidstreamOptions options = CommandLine.parse(List.of(args)).options();
      List<String> names =
          PipelineOptionsFactory.getRegisteredOptions().stream()
              .map(Class::getSimpleName)
              .sorted()
              .toList();
      System.out.println(
          String.join(" ", names)
              + " "
              + options.as(DirectOptions.class).getTargetParallelism()
              + " "
              + (names.contains("AwsOptions") ? options.as(AwsOptions.class).getAwsRegion() : ""));
    }
  }

  private String outOf(Class<?> main, int status, String... arguments) throws Exception {
    Path log = folder.resolve("log");
    try (ChildRun run = ChildRun.start(main, log, Map.of(), List.of(), arguments)) {
      assertThat(run.out(), run.status(50), is(status));
      return run.out();
    }
  }

  private String registered(String... arguments) throws Exception {
    return outOf(Registered.class, 0, arguments).lines().toList().get(0).strip();
  }

  @Test
  void onlyThoseOfWhichAnOptionIsGiven() throws Exception {
    int processors = Math.max(Runtime.getRuntime().availableProcessors(), 3);
    assertThat(
        registered("--input=/music", "--runner=DirectRunner"),
        is("MidstreamOptions " + processors));
    assertThat(
        registered("--input=/music", "--targetParallelism=7", "--awsRegion=eu-north-1"),
        is("AwsOptions DirectOptions MidstreamOptions 7 eu-north-1"));
  }

  @Test
  void helpKnowsAllThatAreAnnounced() throws Exception {
    List<String> lines = outOf(Main.class, 0, "--help").lines().map(String::strip).toList();
    for (String name : Arrays.asList("AwsOptions", "BlobstoreOptions", "FlinkPipelineOptions")) {
      assertThat(name, lines.stream().filter(line -> line.endsWith("." + name)).count(), is(1L));
    }
    assertThat(lines.size(), greaterThan(15));
    assertThat(outOf(Main.class, 0, "--help=AwsOptions"), containsString("--awsRegion"));
  }

  @Test
  void whatNoneHasIsRefused() throws Exception {
    assertThat(
        outOf(Main.class, 2, "--awsRegion=eu-north-1", "--awsRegio=eu-north-1"),
        containsString("unknown option --awsRegio "));
  }
}
