package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.postgres.Database;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Composes only: nothing here is connected or listed, and there is nothing to connect to. */
@Timeout(60)
class MidstreamPipelineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--readMode=fast",
        "--readMode=AUTO",
        "--readMode=",
        "--writeBatchSize=0",
        "--writeBatchSize=-1",
        "--maxFileBytes=0",
        "--maxFileBytes=-1",
        "--maxFileBytes=1073741825",
      })
  void refusesAnOptionOutOfItsRangeByItsName(String option) {
    String line = assertThrows(UserError.class, () -> build(option)).getMessage();

    assertThat(line, startsWith(option.replaceFirst("=.*", "")));
    assertThat(line.lines().count(), is(1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--readMode=auto",
        "--readMode=mmap",
        "--readMode=read",
        "--writeBatchSize=1",
        "--maxFileBytes=1",
        "--maxFileBytes=1073741824",
      })
  void takesTheEdgesOfTheRanges(String option) {
    build(option);
  }

  @Test
  void looksUpWhatIsKnownUnlessItIsToAnalyzeAgain() {
    assertThat(steps(build()), containsString("SkipKnown"));
    assertThat(steps(build("--reanalyze")), not(containsString("SkipKnown")));
  }

  /** Two steps of one name would be numbered, and a number is no name to find a step by. */
  @Test
  void everyStepHasAStableName() {
    Pipeline pipeline = build("--stableUniqueNames=ERROR");
    pipeline.getOptions().setRunner(NotRun.class);

    // Names are checked before the runner is asked.
    assertThrows(NotRunException.class, () -> pipeline.run(pipeline.getOptions()));
  }

  private static final class NotRunException extends RuntimeException {}

  /** Runs nothing. */
  public static final class NotRun extends PipelineRunner<PipelineResult> {
    /** As Beam asks for one. */
    public static NotRun fromOptions(PipelineOptions options) {
      return new NotRun();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new NotRunException();
    }
  }

  private static String steps(Pipeline pipeline) {
    return PipelineTranslation.toProto(pipeline)
        .getComponents()
        .getTransformsMap()
        .keySet()
        .toString();
  }

  private static Pipeline build(String... arguments) {
    MidstreamOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(MidstreamOptions.class);
    Pipeline pipeline = Pipeline.create(options);
    MidstreamPipeline.build(
        pipeline,
        options,
        List.of("/music/*.mid"),
        new Database("jdbc:postgresql://127.0.0.1:1/none", "nobody", null, 1),
        UUID.fromString("00000000-1111-2222-3333-444444444444"));
    return pipeline;
  }
}
