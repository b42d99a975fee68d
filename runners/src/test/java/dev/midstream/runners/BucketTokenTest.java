package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens for {@code gs://}, which are shown with each request and got anew when they fail. */
@Timeout(120)
class BucketTokenTest {
  @Test
  void aTokenThatIsNoLongerGoodIsReplacedOnce() throws Exception {
    TokenCredentials.reset();
    try (TestServer database = TestServer.start();
        GcsServer server = GcsServer.start()) {
      server.putAll(Testdata.LIBRARY);
      // Good to list with; whoever then reads is told that it has been withdrawn.
      server.ask("token-1", "token-2");
      Command run =
          Command.run(
              server.options(server.address()).get(0),
              "--credentialFactoryClass=" + TokenCredentials.Factory.class.getName(),
              "--remoteReads=1",
              "--input=" + server.root(),
              "--jdbcUrl=" + database.newDatabase(),
              "--jdbcUser=postgres");
      assertThat(run.err(), run.status(), is(0));
      assertThat(run.out(), containsString("390 files in "));
      assertThat(run.out(), containsString("analysed     353"));
      assertThat(TokenCredentials.given(), is(2));
    }
  }

  @Test
  void whoHasNoGoodTokenIsToldSo() throws Exception {
    TokenCredentials.reset();
    try (TestServer database = TestServer.start();
        GcsServer server = GcsServer.start()) {
      server.putAll(Testdata.LIBRARY);
      server.ask("token-1", "another");
      Command run =
          Command.run(
              server.options(server.address()).get(0),
              "--credentialFactoryClass=" + TokenCredentials.Factory.class.getName(),
              "--input=" + server.root(),
              "--jdbcUrl=" + database.newDatabase(),
              "--jdbcUser=postgres");
      assertThat(run.complaints().size(), is(1));
      assertThat(run.err(), containsString("401"));
      assertThat(run.status(), is(1));
    }
  }
}
