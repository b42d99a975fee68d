package dev.midstream.runners;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;

/**
 * What the first bundle of each step would wait for, made while the database starts: the class that
 * Beam generates to call a DoFn. A JVM has one for each class of DoFn, whichever pipeline it is in.
 */
final class WarmUp {
  private WarmUp() {}

  /**
   * Begins.
   *
   * @param pipeline of the same steps as the one that will run; nobody changes it from here on
   * @return the thread in which it is done, which ends by itself and keeps no JVM from ending
   */
  static Thread begin(Pipeline pipeline) {
    Thread thread = new Thread(() -> generate(pipeline), "midstream-warm-up");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void generate(Pipeline pipeline) {
    try {
      pipeline.traverseTopologically(
          new PipelineVisitor.Defaults() {
            @Override
            public void visitPrimitiveTransform(TransformHierarchy.Node node) {
              if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
                DoFn<?, ?> fn = parDo.getFn();
                DoFnInvokers.invokerFor(fn);
              }
            }
          });
    } catch (RuntimeException | LinkageError e) {
      // The step itself will meet it again, and tell.
    }
  }
}
