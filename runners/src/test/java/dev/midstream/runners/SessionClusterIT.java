package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.runners.cluster.FlinkCluster;
import dev.midstream.runners.cluster.FlinkProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker of a session cluster lives longer than its jobs, and gets the classes of each anew: what
 * a job leaves behind that holds them adds up, until there is no room for more.
 */
@ExtendWith({SharedServer.class, SharedStores.class})
@Timeout(300)
@DisabledForJreRange(min = JRE.JAVA_22, disabledReason = "the cluster would be the same one")
class SessionClusterIT {
  private static final String LOADER = "org.apache.flink.util.ChildFirstClassLoader";
  private static final int FILES = 20;
  private static final long END_SECONDS = 120;
  private static final long GONE_SECONDS = 10;

  @TempDir private Path folder;

  @Test
  void jobsOverBucketsOfAllCloudsLeaveNoClassesBehind(TestServer database, Stores stores)
      throws Exception {
    List<ObjectServer> buckets = new ArrayList<>();
    FlinkCluster.Builder builder = FlinkCluster.in(folder).taskManagers(1);
    try {
      for (Cloud cloud : Cloud.values()) {
        if (cloud.isHere()) {
          ObjectServer store = cloud.start(stores);
          buckets.add(store);
          store.environment().forEach(builder::environment);
          putSome(store);
        }
      }
      try (FlinkCluster cluster = builder.start()) {
        FlinkProcess worker = cluster.taskManagers().get(0);
        run(cluster, buckets, database.newDatabase());
        // What a job holds until the next begins is no leak, so one more.
        run(cluster, buckets, database.newDatabase());
        awaitOneLoader(worker);
      }
    } finally {
      for (ObjectServer store : buckets) {
        store.close();
      }
    }
  }

  private static void awaitOneLoader(FlinkProcess worker) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
    while (worker.instances(LOADER) > 1 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
    assertThat(worker.instances(LOADER), is(1));
  }

  private static void putSome(ObjectServer store) throws Exception {
    try (Stream<Path> tree = Files.walk(Testdata.LIBRARY)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().limit(FILES).toList()) {
        store.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
  }

  private static void run(FlinkCluster cluster, List<ObjectServer> stores, String url)
      throws Exception {
    String roots = stores.stream().map(ObjectServer::root).collect(Collectors.joining(","));
    List<String> options =
        new ArrayList<>(List.of("--input=" + roots, "--jdbcUrl=" + url, "--jdbcUser=postgres"));
    stores.forEach(store -> options.addAll(store.options(store.address())));
    try (FlinkProcess run = cluster.submit(1, options.toArray(String[]::new))) {
      assertThat(run.out(), run.status(END_SECONDS), is(0));
    }
    assertThat(
        TestServer.value(url, "select count(*) from midstream.file"),
        is(String.valueOf(FILES * stores.size())));
  }
}
