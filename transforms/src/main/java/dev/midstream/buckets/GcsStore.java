package dev.midstream.buckets;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.client.util.escape.CharEscapers;
import com.google.api.services.storage.Storage;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import dev.midstream.buckets.StoreException.Kind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Storage and what speaks its JSON protocol, as Beam's {@code GcsOptions} say. Not
 * Beam's own client, which opens its connections one by one as they are needed and keeps five.
 */
final class GcsStore implements ObjectStore {
  /** What is asked for of a listing. */
  private static final String FIELDS = "items(name,size,updated),prefixes,nextPageToken";

  private final PoolingHttpClientConnectionManager connections =
      new PoolingHttpClientConnectionManager();
  private final @Nullable Credentials credentials;
  private final String rootUrl;
  private final String servicePath;
  private final GcsMedia media;
  private final String endpoint;

  /** Made when it is first needed, which mostly is never: its classes take time to load. */
  private @Nullable Storage careful;

  GcsStore(PipelineOptions options) {
    GcsOptions gcs = options.as(GcsOptions.class);
    credentials = gcs.getGcpCredential();
    connections.setMaxTotal(ObjectStores.MOST_CONNECTIONS);
    connections.setDefaultMaxPerRoute(ObjectStores.MOST_CONNECTIONS);
    String given = gcs.getGcsEndpoint();
    if (given == null) {
      rootUrl = Storage.DEFAULT_ROOT_URL;
      servicePath = Storage.DEFAULT_SERVICE_PATH;
      endpoint = "Google Cloud Storage";
    } else {
      URI uri = URI.create(given);
      rootUrl = uri.getScheme() + "://" + uri.getRawAuthority() + "/";
      servicePath = uri.getRawPath().replaceFirst("^/", "").replaceFirst("(?<!/)$", "/");
      endpoint = given;
    }
    CloseableHttpClient http =
        isBehindProxy(rootUrl) ? googles() : HttpClients.createMinimal(connections);
    media = new GcsMedia(http, credentials, rootUrl, servicePath);
  }

  /** The HTTP client that Google's own uses, which knows proxies. */
  private CloseableHttpClient googles() {
    return ApacheHttpTransport.newDefaultHttpClientBuilder()
        .setConnectionManager(connections)
        .disableContentCompression()
        .disableCookieManagement()
        .build();
  }

  private synchronized Storage careful() {
    if (careful == null) {
      HttpRequestInitializer authorized =
          credentials == null ? request -> {} : new HttpCredentialsAdapter(credentials);
      careful =
          new Storage.Builder(
                  new ApacheHttpTransport(googles()),
                  Transport.getJsonFactory(),
                  request -> {
                    authorized.initialize(request);
                    patient(request);
                  })
              .setApplicationName(
                  "apache-beam/" + ReleaseInfo.getReleaseInfo().getSdkVersion() + " (GPN:Beam)")
              .setRootUrl(rootUrl)
              .setServicePath(servicePath)
              .build();
    }
    return careful;
  }

  /**
   * By the JVM's properties; the smallest client, which takes the least of a worker, knows none.
   */
  private static boolean isBehindProxy(String url) {
    ProxySelector selector = ProxySelector.getDefault();
    return selector != null && !selector.select(URI.create(url)).equals(List.of(Proxy.NO_PROXY));
  }

  private static void patient(HttpRequest request) {
    request.setConnectTimeout(Math.toIntExact(ObjectStores.CONNECT_TIMEOUT.toMillis()));
    request.setReadTimeout(Math.toIntExact(ObjectStores.READ_TIMEOUT.toMillis()));
    request.setIOExceptionHandler(null);
  }

  @Override
  public Page list(String bucket, String prefix, boolean byFolder, @Nullable String page)
      throws StoreException {
    String query =
        "fields="
            + FIELDS
            + "&prefix="
            + CharEscapers.escapeUriConformant(prefix)
            + (byFolder ? "&delimiter=" + CharEscapers.escapeUriConformant(DELIMITER) : "")
            + (page == null ? "" : "&pageToken=" + CharEscapers.escapeUriConformant(page));
    try {
      Page plain = media.list(bucket, query);
      return plain == null ? listWithCare(bucket, prefix, byFolder, page) : plain;
    } catch (IOException e) {
      throw failure(e, bucket, true);
    }
  }

  /** By Google's own request, which follows where it is sent and gets a new token. */
  private Page listWithCare(String bucket, String prefix, boolean byFolder, @Nullable String page)
      throws IOException {
    Storage.Objects.List request =
        careful()
            .objects()
            .list(bucket)
            .setPrefix(prefix)
            .setDelimiter(byFolder ? DELIMITER : null)
            .setPageToken(page)
            .setFields(FIELDS);
    try (Reader answer =
        new InputStreamReader(request.executeAsInputStream(), StandardCharsets.UTF_8)) {
      return GcsPage.read(answer);
    }
  }

  @Override
  public ObjectChannel open(String bucket, String key) throws StoreException {
    try {
      ObjectChannel channel = media.open(bucket, key);
      return channel == null ? openWithCare(bucket, key) : channel;
    } catch (IOException e) {
      throw failure(e, bucket, false);
    }
  }

  /** The same of an object. */
  private ObjectChannel openWithCare(String bucket, String key) throws IOException {
    Storage.Objects.Get get = careful().objects().get(bucket, key);
    get.setReturnRawInputStream(true);
    HttpResponse answer = get.executeMedia();
    Long length = answer.getHeaders().getContentLength();
    return new ObjectChannel(
        answer.getContent(),
        () -> giveUp(answer),
        length == null ? ObjectChannel.UNKNOWN : length,
        GcsMedia.millis(answer.getHeaders().getLastModified()));
  }

  private static void giveUp(HttpResponse answer) {
    try {
      answer.disconnect();
    } catch (IOException e) {
      // It is given up already.
    }
  }

  private StoreException failure(IOException e, String bucket, boolean isListing) {
    if (!(e instanceof HttpResponseException)) {
      return new StoreException(Kind.FAILED, String.valueOf(e.getMessage()), e);
    }
    int status = ((HttpResponseException) e).getStatusCode();
    String reason = reason(e);
    Kind kind = StoreException.kindOf(status);
    if (status == 403 && reason.toLowerCase(Locale.ROOT).contains("ratelimit")) {
      kind = Kind.THROTTLED;
    } else if (status == 404 && (isListing || reason.contains("bucket"))) {
      kind = Kind.NO_BUCKET;
    }
    return new StoreException(
        kind, "gs://%s at %s answers %d %s".formatted(bucket, endpoint, status, reason), e);
  }

  /** The word for programs that comes along with a status. */
  private static String reason(IOException e) {
    if (e instanceof GoogleJsonResponseException) {
      var details = ((GoogleJsonResponseException) e).getDetails();
      if (details != null && details.getErrors() != null && !details.getErrors().isEmpty()) {
        return String.valueOf(details.getErrors().get(0).getReason());
      }
    }
    return "";
  }

  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
