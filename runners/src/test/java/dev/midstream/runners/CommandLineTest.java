package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.pipeline.MidstreamOptions;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static MidstreamOptions parse(String... args) {
    return CommandLine.parse(List.of(args)).options();
  }

  @Test
  void theLastOfTwoHolds() {
    assertThat(parse("--input=sample", "--input=/music").getInput(), is("/music"));
  }

  @Test
  void defaultsAreThoseOfTheContract() {
    MidstreamOptions options = parse();
    assertThat(options.getDataDir(), is("midstream-data"));
    assertThat(options.getReadMode(), is("auto"));
    assertThat(options.getMaxFileBytes(), is(64L * 1024 * 1024));
    assertThat(options.getWriteBatchSize(), is(1000));
    assertThat(options.getReanalyze(), is(false));
  }

  @Test
  void checksThatCopyEveryElementAreOffUnlessAskedFor() {
    DirectOptions tuned = parse("--runner=DirectRunner").as(DirectOptions.class);
    assertThat(tuned.isEnforceImmutability(), is(false));
    assertThat(tuned.isEnforceEncodability(), is(false));
    DirectOptions asked = parse("--enforceImmutability=true").as(DirectOptions.class);
    assertThat(asked.isEnforceImmutability(), is(true));
    FlinkPipelineOptions flink = parse("--runner=FlinkRunner").as(FlinkPipelineOptions.class);
    assertThat(flink.getObjectReuse(), is(true));
    assertThat(flink.getMaxBundleTimeMills(), is(30_000L));
    FlinkPipelineOptions said =
        parse("--runner=FlinkRunner", "--objectReuse=false", "--maxBundleTimeMills=1000")
            .as(FlinkPipelineOptions.class);
    assertThat(said.getObjectReuse(), is(false));
    assertThat(said.getMaxBundleTimeMills(), is(1000L));
  }
}
