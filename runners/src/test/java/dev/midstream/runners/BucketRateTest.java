package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.runners.FaultyProxy.Weather;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How fast a library in a bucket is read whose every answer takes {@code -Dmidstream.delay} ms
 * longer, 30 if not said, beside the same library on disk; a measurement, which asserts nothing
 * about time.
 */
@ExtendWith({SharedServer.class, SharedStores.class})
@Timeout(3000)
@EnabledIfSystemProperty(named = "midstream.rate.library", matches = ".+")
class BucketRateTest {
  private static final int FEW = 500;

  @Test
  void ratesOfAFolderAndABucket(TestServer database, Stores stores) throws Exception {
    Path library = Path.of(System.getProperty("midstream.rate.library"));
    Cloud cloud = Cloud.valueOf(System.getProperty("midstream.rate.cloud", "S3"));
    long delay = Long.getLong("midstream.delay", 30);
    try (ObjectServer server = cloud.start(stores);
        FaultyProxy proxy = FaultyProxy.before(server.address(), Weather.slow(delay))) {
      server.putAll(library);
      List<Path> all;
      try (Stream<Path> tree = Files.walk(library)) {
        all = tree.filter(Files::isRegularFile).sorted().limit(FEW).toList();
      }
      List<String> few = new ArrayList<>();
      for (Path file : all) {
        String key = "midstream-few/" + few.size() + "-" + file.getFileName();
        few.add(key);
        server.put(key, Files.readAllBytes(file));
      }
      String some = server.root() + "midstream-few/";
      rate(database, some, server.options(proxy.address()), "--remoteReads=1");
      double one = rate(database, some, server.options(proxy.address()), "--remoteReads=1");
      System.out.printf("%s, %d ms more: one at a time %,.0f files/s%n", cloud, delay, one);
      for (String key : few) {
        server.delete(key);
      }
      rate(database, library.toString(), List.of(), "--remoteReads=1");
      for (int round = 1; round <= Integer.getInteger("midstream.rate.rounds", 3); round++) {
        double local = rate(database, library.toString(), List.of(), "--remoteReads=1");
        System.out.printf("round %d: local %,.0f files/s%n", round, local);
        for (String reads : System.getProperty("midstream.rate.reads", "32,64").split(",", -1)) {
          double rate =
              rate(
                  database,
                  server.root(),
                  server.options(proxy.address()),
                  "--remoteReads=" + reads);
          System.out.printf(
              "round %d: %s at a time %,.0f files/s: %.2f of local, %.1f times one at a time,"
                  + " %.2f of what %s reads of %d ms allow%n",
              round,
              reads,
              rate,
              rate / local,
              rate / one,
              rate / (Integer.parseInt(reads) * 1000.0 / delay),
              reads,
              delay);
        }
      }
    }
  }

  private static double rate(TestServer server, String input, List<String> options, String reads)
      throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(
        List.of(
            "--input=" + input, "--jdbcUrl=" + server.newDatabase(), "--jdbcUser=postgres", reads));
    Command command = Command.run(all.toArray(String[]::new));
    assertThat(command.err(), command.status(), is(0));
    return RunRate.toldIn(command.out()).filesASecond();
  }
}
