package dev.midstream.runners;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The three requests of Google Cloud Storage's JSON protocol that reading needs, as its reference
 * describes them: a listing, by pages and by folders; the bytes of an object; and the error for
 * what is not there. There is no emulator that runs without downloads of its own. It works in one
 * thread, and an answer that is to be late waits in none, so that it takes little of a machine on
 * which something is measured.
 */
final class GcsServer implements ObjectServer {
  private static final int MOST_OF_A_PAGE = 1000;
  private static final int MOST_OF_A_REQUEST = 1 << 16;

  /** Where a proxy is asked, a host is named, too. */
  private static final Pattern PATH =
      Pattern.compile("(http://[^/]+)?(/download)?/storage/v1/b/(?<bucket>[^/]+)/o(/(?<key>.+))?");

  private record Stored(byte[] content, Instant written, String date, long generation) {
    static Stored now(byte[] content, long generation) {
      Instant now = Instant.now();
      String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
      return new Stored(content, now, date, generation);
    }
  }

  private final ConcurrentNavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final ObjectMapper json = new ObjectMapper();
  private final EventLoopGroup thread = new NioEventLoopGroup(1);
  private final int port;
  private volatile boolean refusing;
  private volatile @Nullable String listingToken;
  private volatile @Nullable String objectToken;
  private volatile long delayMillis;
  private long generations;

  private GcsServer() throws InterruptedException {
    Channel channel =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new HttpObjectAggregator(MOST_OF_A_REQUEST))
                        .addLast(new Late());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    port = ((InetSocketAddress) channel.localAddress()).getPort();
  }

  static GcsServer start() throws InterruptedException {
    return new GcsServer();
  }

  /** Answers each request when it is time. */
  private final class Late extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
      String method = request.method().name();
      String uri = request.uri();
      String token = request.headers().get(HttpHeaderNames.AUTHORIZATION);
      var unused =
          connection
              .executor()
              .schedule(
                  () -> send(connection, method, uri, token), delayMillis, TimeUnit.MILLISECONDS);
    }

    private void send(
        ChannelHandlerContext connection, String method, String uri, @Nullable String token) {
      FullHttpResponse answer;
      try {
        answer = answer(method, uri, token);
      } catch (RuntimeException e) {
        answer = failure(500, "backendError", e.toString());
      }
      var unused = connection.writeAndFlush(answer);
    }
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
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
    objects.put(key, Stored.now(content, ++generations));
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

  private static boolean shows(@Nullable String shown, @Nullable String token) {
    return token == null || ("Bearer " + token).equals(shown);
  }

  /** From now on each answer comes so much later. */
  void delay(long millis) {
    delayMillis = millis;
  }

  private FullHttpResponse answer(String method, String uri, @Nullable String token) {
    if (refusing) {
      return failure(401, "authError", "Invalid Credentials");
    }
    QueryStringDecoder place = new QueryStringDecoder(uri);
    Matcher path = PATH.matcher(place.rawPath());
    if (!method.equals("GET") || !path.matches()) {
      return failure(400, "badRequest", "only GET of objects");
    }
    String key = path.group("key");
    if (!shows(token, key == null ? listingToken : objectToken)) {
      return failure(401, "authError", "Invalid Credentials");
    }
    if (!decoded(path.group("bucket")).equals(BUCKET)) {
      return failure(404, "notFound", "The specified bucket does not exist.");
    }
    if (key == null) {
      return list(place.parameters());
    }
    Stored stored = objects.get(decoded(key));
    return stored == null ? failure(404, "notFound", "No such object") : object(stored);
  }

  private static FullHttpResponse object(Stored stored) {
    FullHttpResponse answer = answer(200, "application/octet-stream", stored.content());
    answer
        .headers()
        .set(HttpHeaderNames.LAST_MODIFIED, stored.date())
        .set("x-goog-generation", String.valueOf(stored.generation()));
    return answer;
  }

  private FullHttpResponse list(Map<String, List<String>> asked) {
    String prefix = first(asked, "prefix", "");
    String delimiter = first(asked, "delimiter", null);
    String behind = first(asked, "pageToken", "");
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
    return answer(200, answer);
  }

  private static @Nullable String first(
      Map<String, List<String>> asked, String name, @Nullable String otherwise) {
    return asked.containsKey(name) ? asked.get(name).get(0) : otherwise;
  }

  private FullHttpResponse failure(int status, String reason, String message) {
    ObjectNode error = json.createObjectNode();
    ObjectNode details = error.putObject("error").put("code", status).put("message", message);
    details.putArray("errors").addObject().put("reason", reason).put("message", message);
    return answer(status, error);
  }

  private static FullHttpResponse answer(int status, ObjectNode body) {
    return answer(
        status,
        "application/json; charset=UTF-8",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static FullHttpResponse answer(int status, String type, byte[] body) {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return answer;
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
