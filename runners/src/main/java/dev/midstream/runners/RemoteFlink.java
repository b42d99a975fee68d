package dev.midstream.runners;

import dev.midstream.postgres.Database;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a run on a Flink cluster needs besides what the user says. */
final class RemoteFlink {
  /** A step that looks up, one that asks for copies, and one that writes. */
  private static final int CONNECTIONS_A_SLOT = 3;

  private static final int RETRIES = 3;
  private static final long RETRY_MILLIS = 10_000;

  /** Time ends a bundle before so many elements do, which no batch of files may be cut by. */
  private static final long BUNDLE_ELEMENTS = 1_000_000;

  private RemoteFlink() {}

  /**
   * Has the graph work as a stream, which ends when all is read: its steps work at the same time,
   * all slots get the same share of the batches, and at the end of each of its bundles Beam hands
   * its metrics to Flink. As a batch job a step would wait for the one before it, and its only
   * bundle would end when the job does.
   *
   * <p>A job whose worker is lost begins again, and leaves out what it has written.
   */
  static void configure(FlinkPipelineOptions options) {
    options.setStreaming(true);
    options.setMaxBundleSize(Math.max(BUNDLE_ELEMENTS, options.getMaxBundleSize()));
    if (options.getNumberOfExecutionRetries() < 0) {
      options.setNumberOfExecutionRetries(RETRIES);
    }
    if (options.getExecutionRetryDelay() < 0) {
      options.setExecutionRetryDelay(RETRY_MILLIS);
    }
  }

  /** How many slots a run works in, and how many connections it takes at most. */
  static String describe(FlinkPipelineOptions options, Database database) {
    int slots = options.getParallelism();
    if (slots < 1) {
      slots = Math.max(1, StreamExecutionEnvironment.getExecutionEnvironment().getParallelism());
    }
    return database.poolSize() == 0
        ? "%d slots, %d database connections there and 1 here"
            .formatted(slots, CONNECTIONS_A_SLOT * slots)
        : "%d slots, %d database connections for each TaskManager and %d here"
            .formatted(slots, database.poolSize(), database.poolSize());
  }
}
