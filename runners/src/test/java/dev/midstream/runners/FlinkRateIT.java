package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midstream.runners.cluster.FlinkCluster;
import dev.midstream.runners.cluster.FlinkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How fast a real cluster takes a library from disk, and the same library from a bucket whose every
 * answer takes {@code -Dmidstream.delay} ms longer, 30 if not said, by so many TaskManagers of so
 * many slots; with {@code -Dmidstream.rate.options} besides. A measurement, which asserts nothing
 * about time.
 */
@ExtendWith(SharedServer.class)
@Timeout(3000)
@EnabledIfSystemProperty(named = "midstream.rate.library", matches = ".+")
class FlinkRateIT {
  private static final long END_SECONDS = 600;

  @TempDir private Path folder;
  private FlinkCluster cluster;
  private TestServer database;
  private int slots;

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "2,1"})
  void rates(int taskManagers, int slotsOfEach, TestServer server) throws Exception {
    String library = System.getProperty("midstream.rate.library");
    long delay = Long.getLong("midstream.delay", 30);
    slots = taskManagers * slotsOfEach;
    String place = "%d × %d".formatted(taskManagers, slotsOfEach);
    try (GcsServer store = GcsServer.start();
        FlinkCluster started =
            FlinkCluster.in(folder)
                .with("taskmanager.numberOfTaskSlots", String.valueOf(slotsOfEach))
                .taskManagers(taskManagers)
                .start()) {
      store.putAll(Path.of(library));
      store.delay(delay);
      database = server;
      cluster = started;
      rate(place + ", folder, for the first time", library, List.of());
      rate(place + ", bucket, for the first time", store.root(), store.options(store.address()));
      double[] local = new double[Integer.getInteger("midstream.rate.rounds", 5)];
      double[] remote = new double[local.length];
      for (int round = 0; round < local.length; round++) {
        local[round] = rate(place + ", folder", library, List.of());
        remote[round] = rate(place + ", bucket", store.root(), store.options(store.address()));
      }
      System.out.printf(
          "%s: medians: %,.0f files/s from the folder, %,.0f with %d ms more: %.2f%n",
          place, median(local), median(remote), delay, median(remote) / median(local));
    }
  }

  private static double median(double[] rates) {
    return Arrays.stream(rates).sorted().toArray()[rates.length / 2];
  }

  /**
   * Files a second from when the command begins to work to when its job ends: the command is told
   * of that up to two seconds later, whenever it asks again.
   */
  private double rate(String what, String input, List<String> options) throws Exception {
    String url = database.newDatabase();
    List<String> arguments =
        new ArrayList<>(
            List.of("--reanalyze", "--input=" + input, "--jdbcUrl=" + url, "--jdbcUser=postgres"));
    arguments.addAll(options);
    String more = System.getProperty("midstream.rate.options", "");
    Arrays.stream(more.split(" ", -1)).filter(one -> !one.isEmpty()).forEach(arguments::add);
    Duration before = processorTime();
    try (FlinkProcess run = cluster.submit(Map.of(), slots, arguments)) {
      assertThat(run.out(), run.status(END_SECONDS), is(0));
      String files = "select files, extract(epoch from started_at) from midstream.run";
      List<String> row = TestServer.rows(url, files).get(0);
      double seconds = lastJobEnd() - Double.parseDouble(row.get(1));
      double rate = Double.parseDouble(row.get(0)) / seconds;
      System.out.printf(
          "%s: %,.0f files/s in %.1f s, %.1f s of the TaskManagers' processor time%n",
          what, rate, seconds, processorTime().minus(before).toMillis() / 1000.0);
      return rate;
    }
  }

  /** In seconds since 1970. */
  private double lastJobEnd() throws Exception {
    double last = 0;
    for (JsonNode job : cluster.rest("/jobs/overview").get("jobs")) {
      last = Math.max(last, job.get("end-time").asLong() / 1000.0);
    }
    return last;
  }

  private Duration processorTime() {
    return cluster.taskManagers().stream()
        .map(FlinkProcess::processorTime)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
