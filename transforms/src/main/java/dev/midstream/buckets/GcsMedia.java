package dev.midstream.buckets;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.util.escape.CharEscapers;
import com.google.auth.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.jspecify.annotations.Nullable;

/**
 * Opens objects of Google Cloud Storage by plain requests: the request of Google's client takes
 * three times the processor time, most of what a small file costs. Thread-safe.
 */
final class GcsMedia {
  private static final RequestConfig REQUEST =
      RequestConfig.custom()
          .setConnectTimeout(Math.toIntExact(ObjectStores.CONNECT_TIMEOUT.toMillis()))
          .setSocketTimeout(Math.toIntExact(ObjectStores.READ_TIMEOUT.toMillis()))
          // A key is what it is, whatever it looks like as a path.
          .setNormalizeUri(false)
          .build();

  /** More than any reason takes. */
  private static final int MOST_REFUSAL_BYTES = 1 << 16;

  private final HttpClient http;
  private final @Nullable Credentials credentials;
  private final String root;

  /**
   * @param rootUrl of the service, with a slash at its end
   * @param servicePath below it, the same
   */
  GcsMedia(HttpClient http, @Nullable Credentials credentials, String rootUrl, String servicePath) {
    this.http = http;
    this.credentials = credentials;
    this.root = rootUrl + "download/" + servicePath + "b/";
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
    HttpGet get = new HttpGet(root + place + "?alt=media");
    get.setConfig(REQUEST);
    // The bytes as they are stored, which is what the listed size counts.
    get.setHeader("Accept-Encoding", "gzip");
    authorize(get);
    HttpResponse answer = http.execute(get);
    int status = answer.getStatusLine().getStatusCode();
    if (status == 200) {
      return channel(get, answer);
    }
    String body = refusal(get, answer.getEntity());
    if (status < 400 || status == 401) {
      return null;
    }
    String said = answer.getStatusLine().getReasonPhrase();
    throw new GoogleJsonResponseException(
        new HttpResponseException.Builder(status, said, new HttpHeaders()), details(body));
  }

  private void authorize(HttpGet get) throws IOException {
    if (credentials == null || !credentials.hasRequestMetadata()) {
      return;
    }
    Map<String, List<String>> headers = credentials.getRequestMetadata(get.getURI());
    if (headers != null) {
      headers.forEach((name, values) -> values.forEach(value -> get.addHeader(name, value)));
    }
  }

  private static String refusal(HttpGet get, @Nullable HttpEntity body) throws IOException {
    if (body == null) {
      return "";
    }
    byte[] said = body.getContent().readNBytes(MOST_REFUSAL_BYTES);
    if (said.length == MOST_REFUSAL_BYTES) {
      get.abort();
    }
    return new String(said, StandardCharsets.UTF_8);
  }

  private static ObjectChannel channel(HttpGet get, HttpResponse answer) throws IOException {
    HttpEntity body = answer.getEntity();
    Header modified = answer.getFirstHeader("Last-Modified");
    return new ObjectChannel(
        body.getContent(),
        get::abort,
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
