package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.midstream.pipeline.LibraryInput;
import dev.midstream.pipeline.MidstreamOptions;
import dev.midstream.postgres.Database;
import dev.midstream.transforms.Deal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dealing on the DirectRunner, with what takes the place of the shuffles of other runners. */
@Timeout(60)
class DirectDealTest {
  private static final List<Integer> ELEMENTS = IntStream.range(0, 300).boxed().toList();
  private static final AtomicInteger UNDER_WAY = new AtomicInteger();
  private static final AtomicInteger MOST_UNDER_WAY = new AtomicInteger();

  private final Deal<Integer> deal = Deal.toWorkers();
  private final Pipeline pipeline = Pipeline.create(options());

  private static DirectOptions options() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(2);
    options.setStableUniqueNames(PipelineOptions.CheckEnabled.ERROR);
    return options;
  }

  private PCollection<Integer> dealt() {
    return pipeline.apply(Create.of(ELEMENTS)).apply("Deal", deal);
  }

  private void run() {
    pipeline.replaceAll(List.of(DirectDeal.override()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void everyElementComesOutOnce() {
    PAssert.that(dealt()).containsInAnyOrder(ELEMENTS);
    run();
  }

  @Test
  void aFewAreUnderWayAtATime() {
    UNDER_WAY.set(0);
    MOST_UNDER_WAY.set(0);
    PCollection<Integer> ended =
        dealt()
            .apply("Begin", ParDo.of(new BeginFn()))
            .apply("Work", ParDo.of(new WorkFn()))
            .apply("End", ParDo.of(new EndFn()));
    PAssert.that(ended).containsInAnyOrder(ELEMENTS);
    run();

    assertThat(UNDER_WAY.get(), is(0));
    // Some three a lane, now and then eight on a busy machine; without lanes all of them.
    assertThat(MOST_UNDER_WAY.get(), lessThan(ELEMENTS.size() / 3));
  }

  @Test
  void takesThreeStepsAndTwoShuffles() {
    dealt();
    pipeline.replaceAll(List.of(DirectDeal.override()));

    List<Class<?>> steps = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(Node node) {
            PTransform<?, ?> transform = node.getTransform();
            boolean dealing = node.getFullName().startsWith("Deal/");
            if (dealing
                && (transform instanceof ParDo.MultiOutput || transform instanceof GroupByKey)) {
              steps.add(transform.getClass());
            }
          }
        });
    assertThat(
        steps,
        is(
            List.of(
                ParDo.MultiOutput.class,
                GroupByKey.class,
                ParDo.MultiOutput.class,
                GroupByKey.class,
                ParDo.MultiOutput.class)));
  }

  /** Flink has a shuffle of its own, which it puts in the place of Beam's. */
  @ParameterizedTest
  @CsvSource({"DirectRunner, 0", "FlinkRunner, 4"})
  void onlyTheGraphForTheDirectRunnerIsWithoutReshuffles(String runner, int reshuffles) {
    MidstreamOptions options =
        CommandLine.parse(List.of("--runner=" + runner, "--input=" + Testdata.LIBRARY)).options();
    Pipeline graph =
        new Launcher(options)
            .compose(
                LibraryInput.patterns(options.getInput()),
                new Database("jdbc:postgresql:", "nobody", null, 1),
                UUID.randomUUID());

    AtomicInteger found = new AtomicInteger();
    graph.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(Node node) {
            if (node.getTransform() instanceof Reshuffle) {
              found.incrementAndGet();
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    assertThat(found.get(), is(reshuffles));
  }

  private static final class BeginFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process(@Element Integer element, OutputReceiver<Integer> out) {
      MOST_UNDER_WAY.accumulateAndGet(UNDER_WAY.incrementAndGet(), Math::max);
      out.output(element);
    }
  }

  private static final class WorkFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process(@Element Integer element, OutputReceiver<Integer> out)
        throws InterruptedException {
      Thread.sleep(2);
      out.output(element);
    }
  }

  private static final class EndFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process(@Element Integer element, OutputReceiver<Integer> out) {
      UNDER_WAY.decrementAndGet();
      out.output(element);
    }
  }
}
