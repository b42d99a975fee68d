package dev.midstream.buckets;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.util.escape.CharEscapers;
import com.google.auth.Credentials;
import dev.midstream.buckets.ObjectStore.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Opens objects of Google Cloud Storage, and lists them, by plain requests: the request of Google's
 * client takes three times the processor time, most of what a small file costs, and its classes the
 * first tenths of a second of a job, in which nothing else can be done. Thread-safe.
 */
final class GcsMedia {
  private static final RequestConfig REQUEST =
      RequestConfig.custom()
          .setConnectTimeout(Math.toIntExact(ObjectStores.CONNECT_TIMEOUT.toMillis()))
          .setSocketTimeout(Math.toIntExact(ObjectStores.READ_TIMEOUT.toMillis()))
          .build();

  /** More than any reason takes. */
  private static final int MOST_REFUSAL_BYTES = 1 << 16;

  private final CloseableHttpClient http;
  private final @Nullable Credentials credentials;
  private final URI service;
  private final HttpHost host;
  private final String objects;
  private final String buckets;

  /**
   * @param rootUrl of the service, with a slash at its end
   * @param servicePath below it, the same
   */
  GcsMedia(
      CloseableHttpClient http,
      @Nullable Credentials credentials,
      String rootUrl,
      String servicePath) {
    this.http = http;
    this.credentials = credentials;
    service = URI.create(rootUrl);
    host = URIUtils.extractHost(service);
    objects = service.getRawPath() + "download/" + servicePath + "b/";
    buckets = service.getRawPath() + servicePath + "b/";
  }

  /**
   * For a place on a host: a key is sent as it is, and not taken for a path, read, and put together
   * again.
   */
  private static final class Get extends BasicHttpRequest implements Configurable {
    Get(String place) {
      super("GET", place);
    }

    @Override
    public RequestConfig getConfig() {
      return REQUEST;
    }
  }

  /**
   * Opens an object; null if the answer is one that Google's client has to see to, such as that a
   * token is no longer good.
   *
   * @throws GoogleJsonResponseException if the store refuses
   */
  @Nullable ObjectChannel open(String bucket, String key) throws IOException {
    String place =
        CharEscapers.escapeUriConformant(bucket) + "/o/" + CharEscapers.escapeUriConformant(key);
    // The bytes as they are stored, which is what the listed size counts.
    CloseableHttpResponse answer = answer(new Get(objects + place + "?alt=media"));
    return answer == null ? null : channel(answer);
  }

  /**
   * A page of a listing; null if the answer is one that Google's client has to see to.
   *
   * @param query behind the question mark, escaped
   * @throws GoogleJsonResponseException if the store refuses
   */
  @Nullable Page list(String bucket, String query) throws IOException {
    Get get = new Get(buckets + CharEscapers.escapeUriConformant(bucket) + "/o?" + query);
    // Google compresses only for those who say so twice.
    get.setHeader("User-Agent", "midstream (gzip)");
    CloseableHttpResponse answer = answer(get);
    if (answer == null) {
      return null;
    }
    // To its end, at which it gives its connection back.
    try (InputStream bytes = answer.getEntity().getContent();
        InputStream text = unpacked(answer.getEntity(), bytes)) {
      return GcsPage.read(new InputStreamReader(text, StandardCharsets.UTF_8));
    }
  }

  private static InputStream unpacked(HttpEntity body, InputStream bytes) throws IOException {
    Header encoding = body.getContentEncoding();
    boolean isPacked = encoding != null && encoding.getValue().equalsIgnoreCase("gzip");
    return isPacked ? new GZIPInputStream(bytes) : bytes;
  }

  /** A good answer, which the caller closes; null if it needs care. */
  private @Nullable CloseableHttpResponse answer(Get get) throws IOException {
    get.setHeader("Accept-Encoding", "gzip");
    authorize(get);
    CloseableHttpResponse answer = http.execute(host, get);
    int status = answer.getStatusLine().getStatusCode();
    if (status == 200) {
      return answer;
    }
    String body = refusal(answer);
    if (status < 400 || status == 401) {
      return null;
    }
    String said = answer.getStatusLine().getReasonPhrase();
    throw new GoogleJsonResponseException(
        new HttpResponseException.Builder(status, said, new HttpHeaders()), details(body));
  }

  private void authorize(Get get) throws IOException {
    if (credentials == null || !credentials.hasRequestMetadata()) {
      return;
    }
    Map<String, List<String>> headers = credentials.getRequestMetadata(service);
    if (headers != null) {
      headers.forEach((name, values) -> values.forEach(value -> get.addHeader(name, value)));
    }
  }

  private static String refusal(CloseableHttpResponse answer) throws IOException {
    HttpEntity body = answer.getEntity();
    if (body == null) {
      return "";
    }
    try (InputStream bytes = body.getContent()) {
      byte[] said = unpacked(body, bytes).readNBytes(MOST_REFUSAL_BYTES);
      if (said.length == MOST_REFUSAL_BYTES) {
        answer.close();
      }
      return new String(said, StandardCharsets.UTF_8);
    }
  }

  /** Gives up what is left of an answer, and its connection. */
  private static void giveUp(CloseableHttpResponse answer) {
    try {
      answer.close();
    } catch (IOException e) {
      // It is given up already.
    }
  }

  private static ObjectChannel channel(CloseableHttpResponse answer) throws IOException {
    HttpEntity body = answer.getEntity();
    Header modified = answer.getFirstHeader("Last-Modified");
    return new ObjectChannel(
        body.getContent(),
        () -> giveUp(answer),
        body.getContentLength() < 0 ? ObjectChannel.UNKNOWN : body.getContentLength(),
        millis(modified == null ? null : modified.getValue()));
  }

  static long millis(@Nullable String httpDate) {
    try {
      return httpDate == null
          ? ObjectChannel.UNKNOWN
          : ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant()
              .toEpochMilli();
    } catch (DateTimeException e) {
      return ObjectChannel.UNKNOWN;
    }
  }

  private static @Nullable GoogleJsonError details(String body) {
    try {
      return Transport.getJsonFactory().fromString(body, GoogleJsonErrorContainer.class).getError();
    } catch (IOException | IllegalArgumentException notJson) {
      return null;
    }
  }
}
