package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midstream.runners.FaultyProxy.Fault;
import dev.midstream.runners.FaultyProxy.Weather;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole runs over a library in a bucket, against servers that speak the protocols of the clouds.
 */
@ExtendWith({SharedServer.class, SharedStores.class})
@Timeout(600)
class RunOverBucketsTest {
  /** Another library than the synthetic one, by {@code -Dmidstream.library}. */
  private static final Path LIBRARY =
      Path.of(System.getProperty("midstream.library", Testdata.LIBRARY.toString()));

  private static TestServer database;
  private static List<List<String>> expected;

  @BeforeAll
  static void share(TestServer shared) throws Exception {
    database = shared;
    String url = database.newDatabase();
    assertThat(run(url, LIBRARY.toString(), List.of()).status(), is(0));
    expected = withoutPlaceAndTime(Tables.of(url), LIBRARY + "/");
  }

  private static Command run(String url, String input, List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--input=" + input, "--jdbcUrl=" + url, "--jdbcUser=postgres"));
    all.addAll(Arrays.asList(more));
    return Command.run(all.toArray(String[]::new));
  }

  /** The tables but for where a file lies and when it was written there. */
  private static List<List<String>> withoutPlaceAndTime(List<List<String>> rows, String root) {
    List<List<String>> plain = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> other = new ArrayList<>(row);
      other.set(0, row.get(0).replace(root, ""));
      other.remove(2);
      plain.add(other);
    }
    return plain;
  }

  private static void assertSameTables(String url, ObjectServer server) throws Exception {
    assertThat(withoutPlaceAndTime(Tables.of(url), server.root()), is(expected));
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void aLibraryInABucketGivesTheSameTables(Cloud cloud, Stores stores) throws Exception {
    try (ObjectServer server = cloud.start(stores)) {
      server.putAll(LIBRARY);
      server.put("notes.txt", new byte[] {1});
      String url = database.newDatabase();
      Command first = run(url, server.root(), server.options(server.address()));
      assertThat(first.err(), first.status(), is(0));
      assertSameTables(url, server);
      assertThat(first.out(), not(containsString("retries")));

      // By a glob, on the other runner: all is known.
      Command second =
          run(url, server.root() + "**", server.options(server.address()), "--runner=FlinkRunner");
      assertThat(second.err(), second.status(), is(0));
      assertThat(second.out(), containsString("skipped      %,d".formatted(expected.size())));
      assertSameTables(url, server);
    }
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void faultsOnTheWayChangeNothing(Cloud cloud, Stores stores) throws Exception {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println("RunOverBucketsTest -Dmidstream.seed=" + seed);
    try (ObjectServer server = cloud.start(stores);
        FaultyProxy proxy =
            FaultyProxy.before(server.address(), new Weather(seed, 0, 0.05, 0.005, 0.005))) {
      server.putAll(LIBRARY);
      String url = database.newDatabase();
      Command command = run(url, server.root(), server.options(proxy.address()));
      assertThat(command.err(), command.status(), is(0));
      assertSameTables(url, server);
      int faults = proxy.met(Fault.BUSY) + proxy.met(Fault.RESET) + proxy.met(Fault.TRUNCATED);
      System.out.println(
          "%s: %d requests, %d × 503, %d resets, %d truncated; %s"
              .formatted(
                  cloud,
                  proxy.requests(),
                  proxy.met(Fault.BUSY),
                  proxy.met(Fault.RESET),
                  proxy.met(Fault.TRUNCATED),
                  retries(command)));
      assertThat(proxy.met(Fault.BUSY), is(greaterThan(0)));
      assertThat(retries(command), is(greaterThan(0)));
      // Those of listings are not counted.
      assertThat(retries(command), is(lessThanOrEqualTo(faults)));
    }
  }

  private static int retries(Command command) {
    return command
        .out()
        .lines()
        .filter(line -> line.startsWith("  retries "))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void manyReadsHideTheWay(Cloud cloud, Stores stores) throws Exception {
    assumeTrue(LIBRARY.equals(Testdata.LIBRARY), "one at a time would take too long");
    try (ObjectServer server = cloud.start(stores)) {
      server.putAll(LIBRARY.resolve("keys"));
      double one = seconds(server, 1);
      double many = seconds(server, 32);
      // Whatever else the machine does can only make it slower.
      for (int again = 0; again < 2 && one / many <= 5; again++) {
        many = Math.min(many, seconds(server, 32));
      }
      System.out.printf("%s: one at a time %.2f s, 32 at a time %.2f s%n", cloud, one, many);
      assertThat(one / many, is(greaterThan(5.0)));
    }
  }

  /** What it takes to read the objects, without the start and the end of a run. */
  private static double seconds(ObjectServer server, int reads) throws Exception {
    try (FaultyProxy proxy = FaultyProxy.before(server.address(), Weather.slow(30))) {
      List<String> options = server.options(proxy.address());
      Command command =
          run(database.newDatabase(), server.root(), options, "--remoteReads=" + reads);
      assertThat(command.err(), command.status(), is(0));
      // An answer may have been read before it is known to be sent.
      assertThat(
          proxy.mostAtOnce(), is(both(greaterThan(reads / 2)).and(lessThanOrEqualTo(reads + 4))));
      return proxy.secondsOfObjects();
    }
  }
}
