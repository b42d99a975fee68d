package dev.midstream.runners;

import dev.midstream.transforms.Progress.Snapshot;
import dev.midstream.transforms.RunStage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the threads of a run did between two moments, as shares of their time: what has the greatest
 * share is what limits the run. The rest is the runner's own work, and waiting for some.
 */
final class TimeShares {
  private static final String REST = "Beam and waiting";

  /** By descending share. */
  private final Map<String, Double> shares = new LinkedHashMap<>();

  /**
   * @param nanos between the two moments
   * @param threads that the runner works with
   */
  TimeShares(Snapshot before, Snapshot after, long nanos, int threads) {
    Map<String, Long> spent = new LinkedHashMap<>();
    long sum = 0;
    for (RunStage stage : RunStage.values()) {
      long inStage = after.nanos().get(stage) - before.nanos().get(stage);
      spent.put(stage.label(), inStage);
      sum += inStage;
    }
    // Flink has more threads than slots: a shuffle is read by another than it was written by.
    long all = Math.max(sum, nanos * threads);
    if (sum == 0) {
      return;
    }
    spent.put(REST, all - sum);
    spent.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> shares.put(entry.getKey(), (double) entry.getValue() / all));
  }

  /** What most of the time went to; empty if nothing was done, or elsewhere. */
  String greatest() {
    return shares.keySet().stream().findFirst().orElse("");
  }

  /** All that make up at least one in a hundred, the greatest first; empty if nothing was done. */
  @Override
  public String toString() {
    return shares.entrySet().stream()
        .filter(entry -> Math.round(100 * entry.getValue()) > 0)
        .map(entry -> "%s %d %%".formatted(entry.getKey(), Math.round(100 * entry.getValue())))
        .collect(Collectors.joining(", "));
  }
}
