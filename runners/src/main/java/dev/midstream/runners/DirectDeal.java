package dev.midstream.runners;

import dev.midstream.transforms.Deal;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.ReshuffleTrigger;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.construction.PTransformMatchers;
import org.apache.beam.sdk.util.construction.PTransformReplacements;
import org.apache.beam.sdk.util.construction.SingleInputOutputOverrideFactory;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * What {@link Deal} is for the DirectRunner: the same two shuffles with three ParDos around them
 * instead of ten, of which each element is a bundle in two instead of eight. For each bundle of
 * each ParDo that runner serializes the function twice, to see whether it has side inputs, which
 * takes as long as the analysis of some files. Other runners have a shuffle of their own in place
 * of {@code Reshuffle}.
 */
final class DirectDeal<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private final int lanes;

  private DirectDeal(int lanes) {
    this.lanes = lanes;
  }

  /** To be applied to a pipeline that the DirectRunner is to run. */
  static PTransformOverride override() {
    return PTransformOverride.of(PTransformMatchers.classEqualTo(Deal.class), new Factory<>());
  }

  private static final class Factory<T>
      extends SingleInputOutputOverrideFactory<PCollection<T>, PCollection<T>, Deal<T>> {
    @Override
    public PTransformReplacement<PCollection<T>, PCollection<T>> getReplacementTransform(
        AppliedPTransform<PCollection<T>, PCollection<T>, Deal<T>> deal) {
      return PTransformReplacement.of(
          PTransformReplacements.getSingletonMainInput(deal),
          new DirectDeal<>(deal.getTransform().lanes()));
    }
  }

  @Override
  public PCollection<T> expand(PCollection<T> elements) {
    Coder<T> coder = elements.getCoder();
    KvCoder<Integer, T> keyed = KvCoder.of(VarIntCoder.of(), coder);
    return elements
        .apply("Key each", ParDo.of(new KeyEachFn<>()))
        .setCoder(keyed)
        .apply("Hand on at once", handOnAtOnce())
        .apply("Alone", GroupByKey.create())
        .apply("Choose lane", ParDo.of(new ChooseLaneFn<>(lanes)))
        .setCoder(keyed)
        .apply("In lanes", GroupByKey.create())
        .apply("Go", ParDo.of(new GoFn<>()))
        .setCoder(coder)
        .setWindowingStrategyInternal(elements.getWindowingStrategy());
  }

  /** A shuffle lets each element go as soon as it comes, as {@code Reshuffle} does. */
  private static <V> Window<V> handOnAtOnce() {
    return Window.<V>into(new GlobalWindows())
        .triggering(new ReshuffleTrigger<>())
        .discardingFiredPanes()
        .withTimestampCombiner(TimestampCombiner.EARLIEST)
        .withAllowedLateness(Duration.ZERO);
  }

  /** A key of its own for each element, so that it becomes a bundle of its own. */
  private static final class KeyEachFn<T> extends DoFn<T, KV<Integer, T>> {
    @ProcessElement
    public void process(@Element T element, OutputReceiver<KV<Integer, T>> out) {
      out.output(KV.of(ThreadLocalRandom.current().nextInt(), element));
    }
  }

  private static final class ChooseLaneFn<T>
      extends DoFn<KV<Integer, Iterable<T>>, KV<Integer, T>> {
    private final int lanes;

    ChooseLaneFn(int lanes) {
      this.lanes = lanes;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<T>> alone, OutputReceiver<KV<Integer, T>> out) {
      for (T element : alone.getValue()) {
        out.output(KV.of(ThreadLocalRandom.current().nextInt(lanes), element));
      }
    }
  }

  private static final class GoFn<T> extends DoFn<KV<Integer, Iterable<T>>, T> {
    @ProcessElement
    public void process(@Element KV<Integer, Iterable<T>> lane, OutputReceiver<T> out) {
      lane.getValue().forEach(out::output);
    }
  }
}
