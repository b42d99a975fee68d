package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class RemoteFlinkTest {
  private static FlinkPipelineOptions configured(String... said) {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(said).as(FlinkPipelineOptions.class);
    RemoteFlink.configure(options);
    return options;
  }

  @Test
  void aStreamWhoseBundlesOnlyTimeEnds() {
    FlinkPipelineOptions options = configured();
    assertThat(options.isStreaming(), is(true));
    assertThat(options.getMaxBundleSize(), is(1_000_000L));
    assertThat(options.getNumberOfExecutionRetries(), is(3));
  }

  @Test
  void whatTheUserSaysStays() {
    FlinkPipelineOptions options =
        configured("--maxBundleSize=2000000", "--numberOfExecutionRetries=0");
    assertThat(options.getMaxBundleSize(), is(2_000_000L));
    assertThat(options.getNumberOfExecutionRetries(), is(0));
  }
}
