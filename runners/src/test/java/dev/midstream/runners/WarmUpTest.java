package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
  /** Used nowhere else, so that nobody has generated its class before. */
  private static final class Cold extends DoFn<String, String> {
    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      out.output(element);
    }
  }

  private static boolean isGenerated() {
    try {
      Class.forName(Cold.class.getName() + "$DoFnInvoker");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void classesOfStepsAreThereBeforeTheyRun() throws Exception {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of("element")).apply(ParDo.of(new Cold()));
    assertThat("before", isGenerated(), is(false));

    WarmUp.begin(pipeline).join();

    assertThat("after", isGenerated(), is(true));
  }
}
