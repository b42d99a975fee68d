package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed, the next run completes the library to the one that an undisturbed run makes.
 * Few kills over the synthetic library; {@code -Dmidstream.kills}, {@code -Dmidstream.restarts} and
 * {@code -Dmidstream.library} ask for more, over another one.
 */
@ExtendWith(SharedServer.class)
@Timeout(value = 4, unit = TimeUnit.HOURS)
class KillTest {
  private static final int KILLS = Integer.getInteger("midstream.kills", 2);
  private static final int RESTARTS = Integer.getInteger("midstream.restarts", 2);
  private static final Path LIBRARY =
      Path.of(System.getProperty("midstream.library", Testdata.LIBRARY.toString()));

  /** Many small batches, so that there is much to be torn apart. */
  private static final String BATCH =
      "--writeBatchSize=" + (LIBRARY.equals(Testdata.LIBRARY) ? 5 : 100);

  private static final long END_SECONDS = 1200;

  @TempDir private Path folder;

  private static Random random() {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println("KillTest: repeat with -Dmidstream.seed=" + seed);
    return new Random(seed);
  }

  private static String[] over(String url) {
    return new String[] {"--input=" + LIBRARY, "--jdbcUrl=" + url, "--jdbcUser=postgres", BATCH};
  }

  private static List<List<String>> undisturbed(String url) throws Exception {
    Command run = Command.run(over(url));
    assertThat(run.err(), run.status(), is(0));
    return Tables.of(url);
  }

  @Test
  void aKilledRunAndTheNextMakeTheLibraryOfAnUndisturbedOne(TestServer server) throws Exception {
    Random random = random();
    List<List<String>> expected = undisturbed(server.newDatabase());
    int torn = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String url = server.newDatabase();
      long rows = killAt(random.nextInt(expected.size()), random.nextInt(50), url);
      torn += rows > 0 && rows < expected.size() ? 1 : 0;
      Command next = Command.run(over(url));
      assertThat(next.err(), next.status(), is(0));
      assertThat("kill " + kill + " at " + rows + " rows", Tables.of(url), is(expected));
      TestServer.execute(url, "drop schema midstream cascade");
    }
    System.out.printf(
        "KillTest: %d kills of a run over %d files, %d of them amid its rows%n",
        KILLS, expected.size(), torn);
  }

  /** Kills a run soon after it has written some rows, and returns how many it had written. */
  private long killAt(long rows, long millisLater, String url) throws Exception {
    try (ChildRun run = ChildRun.start(folder.resolve("killed.txt"), over(url));
        Watch library = Watch.over(url)) {
      while (run.isAlive() && library.written() < rows) {
        Thread.sleep(15);
      }
      Thread.sleep(millisLater);
      run.kill();
      return library.written();
    }
  }

  @Test
  void aRunOutlivesItsDatabase(TestServer other) throws Exception {
    Random random = random();
    try (CrashableServer server = new CrashableServer(folder.resolve("database"))) {
      List<List<String>> expected = undisturbed(other.newDatabase());
      int restarts = 0;
      try (ChildRun run = ChildRun.start(folder.resolve("run.txt"), over(server.url()));
          Watch library = Watch.over(server.url())) {
        long step = expected.size() / (RESTARTS + 1);
        while (run.isAlive() && restarts < RESTARTS) {
          if (library.written() >= step * restarts + 1) {
            Thread.sleep(random.nextInt(100));
            server.crash();
            restarts++;
          }
          Thread.sleep(5);
        }
        assertThat(run.out(), run.status(END_SECONDS), is(0));
      }
      assertThat(Tables.of(server.url()), is(expected));
      assertThat(
          TestServer.rows(server.url(), "select status from midstream.run"),
          is(List.of(List.of("finished"))));
      System.out.printf(
          "KillTest: %d restarts of the database during one run over %d files%n",
          restarts, expected.size());
      assertThat("restarts before the run was over", restarts > 0, is(true));
    }
  }

  /** The embedded server lives on without the run that started it, until the next run comes. */
  @Test
  void theEmbeddedServerOfAKilledRunIsTakenOver() throws Exception {
    String[] arguments = {
      "--input=" + LIBRARY, "--dataDir=" + folder.resolve("data"), BATCH, "--reanalyze"
    };
    Path pidFile = folder.resolve("data/data/postmaster.pid");
    try (ChildRun run = ChildRun.start(folder.resolve("killed.txt"), arguments)) {
      try (Watch library = Watch.over(folder.resolve("data"))) {
        while (library.written() == 0) {
          assertThat(run.out(), run.isAlive(), is(true));
          Thread.sleep(20);
        }
      }
      run.kill();
    }
    assertThat("left behind", pidFile.toFile().exists(), is(true));

    Command next = Command.run(arguments);
    assertThat(next.err(), next.status(), is(0));
    assertThat("left behind", pidFile.toFile().exists(), is(false));
    Command query =
        Command.run(arguments[1], "--query=select status from midstream.run order by started_at");
    assertThat(query.out().lines().toList(), is(List.of("status", "running", "finished")));
  }
}
