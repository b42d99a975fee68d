package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store that only a proxy reaches: it is listed and read by way of that. */
@ExtendWith(SharedServer.class)
@Timeout(60)
class BucketProxyTest {
  private static final String STORE = "store.invalid";

  private record Via(SocketAddress address) {
    ProxySelector selector() {
      return new ProxySelector() {
        @Override
        public List<Proxy> select(URI uri) {
          boolean isStore = STORE.equals(uri.getHost());
          return List.of(isStore ? new Proxy(Proxy.Type.HTTP, address) : Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
          // Who asked is told.
        }
      };
    }
  }

  @Test
  void aBucketBehindAProxy(TestServer database) throws Exception {
    ProxySelector usual = ProxySelector.getDefault();
    try (GcsServer server = GcsServer.start()) {
      server.putAll(Testdata.LIBRARY);
      URI at = server.address();
      ProxySelector.setDefault(
          new Via(new InetSocketAddress(at.getHost(), at.getPort())).selector());
      Command run =
          Command.run(
              "--gcsEndpoint=http://" + STORE + "/storage/v1/",
              server.options(at).get(1),
              "--input=" + server.root(),
              "--jdbcUrl=" + database.newDatabase(),
              "--jdbcUser=postgres");
      assertThat(run.err(), run.status(), is(0));
      assertThat(run.out(), containsString("390 files in "));
      assertThat(run.out(), containsString("analysed     353"));
    } finally {
      ProxySelector.setDefault(usual);
    }
  }
}
