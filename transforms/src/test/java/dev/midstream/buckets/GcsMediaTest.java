package dev.midstream.buckets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.sun.net.httpserver.HttpServer;
import dev.midstream.buckets.ObjectStore.Entry;
import dev.midstream.buckets.ObjectStore.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings by plain requests, from a server that answers as it is told. */
class GcsMediaTest {
  private static final String LISTING =
      "{\"items\": [{\"name\": \"ä.mid\", \"size\": \"7\", \"updated\": \"1970-01-01T00:00:01Z\"}]}";

  private static final String REFUSAL =
      "{\"error\": {\"code\": 403, \"errors\": [{\"reason\": \"rateLimitExceeded\"}]}}";

  private final CloseableHttpClient http = HttpClients.createMinimal();
  private HttpServer server;
  private GcsMedia media;

  /** What was asked for last. */
  private volatile String asked;

  private volatile int status = 200;
  private volatile boolean isPacked;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          byte[] body = (status == 200 ? LISTING : REFUSAL).getBytes(StandardCharsets.UTF_8);
          String who = exchange.getRequestHeaders().getFirst("User-Agent");
          String takes = exchange.getRequestHeaders().getFirst("Accept-Encoding");
          // As Google does it.
          if (who.contains("gzip") && takes.contains("gzip")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
              packing.write(body);
            }
            body = packed.toByteArray();
            isPacked = true;
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          }
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String root = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    media = new GcsMedia(http, null, root, "storage/v1/");
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    http.close();
  }

  @Test
  void aPageComesPacked() throws IOException {
    Page page = media.list("music", "prefix=a%2F");
    assertThat(isPacked, is(true));
    assertThat(asked, is("/storage/v1/b/music/o?prefix=a%2F"));
    assertThat(page.objects(), contains(new Entry("ä.mid", 7, 1000)));
    assertThat(page.next(), is(nullValue()));
  }

  @Test
  void aConnectionServesTheNextPage() throws IOException {
    // A client has two for a host: one that was not given back would be missed.
    for (int page = 0; page < 5; page++) {
      assertThat(media.list("music", "prefix=").objects().size(), is(1));
    }
  }

  @Test
  void whatNeedsCareIsLeftToGooglesClient() throws IOException {
    status = 401;
    assertThat(media.list("music", "prefix="), is(nullValue()));
    status = 307;
    assertThat(media.list("music", "prefix="), is(nullValue()));
  }

  @Test
  void aRefusalIsToldWithItsReason() {
    status = 403;
    GoogleJsonResponseException refusal =
        assertThrows(GoogleJsonResponseException.class, () -> media.list("music", "prefix="));
    assertThat(refusal.getStatusCode(), is(403));
    assertThat(refusal.getDetails().getErrors().get(0).getReason(), is("rateLimitExceeded"));
  }
}
