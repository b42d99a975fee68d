package dev.midstream.runners;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The three requests of Google Cloud Storage's JSON protocol that reading needs, as its reference
 * describes them: a listing, by pages and by folders; the bytes of an object; and the error for
 * what is not there. There is no emulator that runs without downloads of its own.
 */
final class GcsServer implements ObjectServer {
  private static final int MOST_OF_A_PAGE = 1000;

  private record Stored(byte[] content, Instant written, long generation) {}

  private final ConcurrentNavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean refusing;
  private volatile @Nullable String listingToken;
  private volatile @Nullable String objectToken;
  private volatile long delayMillis;
  private long generations;

  private GcsServer(HttpServer server) {
    this.server = server;
  }

  static GcsServer start() throws IOException {
    // Otherwise a body waits 40 ms for the word that its headers have come.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    GcsServer server = new GcsServer(http);
    http.createContext("/storage/v1/b/", server::handle);
    http.createContext("/download/storage/v1/b/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public String root() {
    return "gs://" + BUCKET + "/";
  }

  @Override
  public List<String> options(URI at) {
    return List.of(
        "--gcsEndpoint=" + at + "/storage/v1/",
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
  }

  @Override
  public synchronized void put(String key, byte[] content) {
    objects.put(key, new Stored(content, Instant.now(), ++generations));
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  /** From now on nobody is known. */
  void refuseAll() {
    refusing = true;
  }

  /** From now on each who lists, and each who reads, has to show a token. */
  void ask(String toList, String toRead) {
    listingToken = toList;
    objectToken = toRead;
  }

  private static boolean shows(HttpExchange exchange, @Nullable String token) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    return token == null || ("Bearer " + token).equals(shown);
  }

  /** From now on each answer comes so much later. */
  void delay(long millis) {
    delayMillis = millis;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      TimeUnit.MILLISECONDS.sleep(delayMillis);
      if (refusing) {
        fail(exchange, 401, "authError", "Invalid Credentials");
        return;
      }
      String[] path =
          exchange.getRequestURI().getRawPath().replaceFirst("^/download", "").split("/", 7);
      String bucket = decoded(path[4]);
      boolean isObject = path.length == 7;
      if (!shows(exchange, isObject ? objectToken : listingToken)) {
        fail(exchange, 401, "authError", "Invalid Credentials");
        return;
      }
      Stored stored = isObject ? objects.get(decoded(path[6])) : null;
      if (!exchange.getRequestMethod().equals("GET") || !path[5].equals("o")) {
        fail(exchange, 400, "badRequest", "only GET of objects");
      } else if (!bucket.equals(BUCKET)) {
        fail(exchange, 404, "notFound", "The specified bucket does not exist.");
      } else if (!isObject) {
        list(exchange, query(exchange));
      } else if (stored == null) {
        fail(exchange, 404, "notFound", "No such object");
      } else {
        send(exchange, stored);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Stored stored) throws IOException {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(stored.written().atOffset(ZoneOffset.UTC));
    exchange.getResponseHeaders().set("Last-Modified", date);
    exchange.getResponseHeaders().set("x-goog-generation", String.valueOf(stored.generation()));
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    int length = stored.content().length;
    exchange.sendResponseHeaders(200, length == 0 ? -1 : length);
    if (length > 0) {
      exchange.getResponseBody().write(stored.content());
    }
  }

  private void list(HttpExchange exchange, Map<String, String> asked) throws IOException {
    String prefix = asked.getOrDefault("prefix", "");
    String delimiter = asked.get("delimiter");
    String behind = asked.getOrDefault("pageToken", "");
    ObjectNode answer = json.createObjectNode();
    ArrayNode items = json.createArrayNode();
    TreeSet<String> folders = new TreeSet<>();
    String last = null;
    for (var entry : objects.tailMap(prefix).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(prefix)) {
        break;
      }
      int slash = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
      String name = slash < 0 ? key : key.substring(0, slash + delimiter.length());
      if (name.compareTo(behind) <= 0) {
        continue;
      }
      if (!folders.contains(name) && items.size() + folders.size() == MOST_OF_A_PAGE) {
        answer.put("nextPageToken", last);
        break;
      }
      last = name;
      if (slash >= 0) {
        folders.add(name);
      } else {
        items
            .addObject()
            .put("name", key)
            .put("size", String.valueOf(entry.getValue().content().length))
            .put("updated", entry.getValue().written().toString());
      }
    }
    if (!items.isEmpty()) {
      answer.set("items", items);
    }
    if (!folders.isEmpty()) {
      folders.forEach(answer.putArray("prefixes")::add);
    }
    answer(exchange, 200, answer);
  }

  private void fail(HttpExchange exchange, int status, String reason, String message)
      throws IOException {
    ObjectNode error = json.createObjectNode();
    ObjectNode details = error.putObject("error").put("code", status).put("message", message);
    details.putArray("errors").addObject().put("reason", reason).put("message", message);
    answer(exchange, status, error);
  }

  private void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] both = pair.split("=", 2);
      values.put(
          both[0], both.length < 2 ? "" : URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
