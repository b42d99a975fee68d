package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens for {@code gs://}, which are shown with each request and got anew when they fail. */
@ExtendWith(SharedServer.class)
@Timeout(120)
class BucketTokenTest {
  /** Of the sample library, by who gets token-1 at first, and token-2 then. */
  private static Command run(TestServer database, String tokenToRead) throws Exception {
    TokenCredentials.reset();
    try (GcsServer server = GcsServer.start()) {
      server.putAll(Testdata.LIBRARY);
      server.ask("token-1", tokenToRead);
      return Command.run(
          server.options(server.address()).get(0),
          "--credentialFactoryClass=" + TokenCredentials.Factory.class.getName(),
          // So that one thread alone is told that its token is no longer good.
          "--remoteReads=1",
          "--input=" + server.root(),
          "--jdbcUrl=" + database.newDatabase(),
          "--jdbcUser=postgres");
    }
  }

  @Test
  void aTokenThatIsNoLongerGoodIsReplacedOnce(TestServer database) throws Exception {
    Command run = run(database, "token-2");
    assertThat(run.err(), run.status(), is(0));
    assertThat(run.out(), containsString("390 files in "));
    assertThat(run.out(), containsString("analysed     353"));
    assertThat(TokenCredentials.given(), is(2));
  }

  @Test
  void whoHasNoGoodTokenIsToldSo(TestServer database) throws Exception {
    Command run = run(database, "another");
    assertThat(run.complaints(), hasSize(1));
    assertThat(run.err(), containsString("401"));
    assertThat(run.status(), is(1));
    assertThat("threads that are left", readers(), is(0L));
  }

  /** Threads that are there after five seconds; an idle one would end by itself after ten. */
  private static long readers() throws InterruptedException {
    long end = System.nanoTime() + 5_000_000_000L;
    long alive;
    do {
      Thread.sleep(50);
      alive =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("midstream-fetch"))
              .count();
    } while (alive > 0 && System.nanoTime() < end);
    return alive;
  }
}
