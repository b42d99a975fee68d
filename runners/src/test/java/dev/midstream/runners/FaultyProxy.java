package dev.midstream.runners;

import dev.midstream.source.MidiNames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and an HTTP server on 127.0.0.1, and makes the way long and bad. What
 * happens to a request is drawn from the seed, its path and how often it was made before, so that
 * it does not depend on who comes first.
 */
final class FaultyProxy implements AutoCloseable {
  /** What may become of a request. */
  enum Fault {
    BUSY,
    RESET,
    TRUNCATED
  }

  /**
   * How bad it is.
   *
   * @param delayMillis what is added to each request
   * @param busy the share of requests that are answered by 503
   * @param reset the share of answers that end within the body in a reset of the connection
   * @param truncated the share of those that end within the body as if they had come to their end
   */
  record Weather(long seed, long delayMillis, double busy, double reset, double truncated) {
    static Weather slow(long delayMillis) {
      return new Weather(0, delayMillis, 0, 0, 0);
    }
  }

  private final ServerSocket socket;
  private final URI server;
  private final Weather weather;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> made = new ConcurrentHashMap<>();
  private final Map<Fault, AtomicInteger> faults = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicLong first = new AtomicLong();
  private final AtomicLong last = new AtomicLong();

  private FaultyProxy(ServerSocket socket, URI server, Weather weather) {
    this.socket = socket;
    this.server = server;
    this.weather = weather;
    for (Fault fault : Fault.values()) {
      faults.put(fault, new AtomicInteger());
    }
  }

  static FaultyProxy before(URI server, Weather weather) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1000, InetAddress.getByName("127.0.0.1"));
    FaultyProxy proxy = new FaultyProxy(socket, server, weather);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** How often a fault was met so far. */
  int met(Fault fault) {
    return faults.get(fault).get();
  }

  /** How many requests were made so far. */
  int requests() {
    return requests.get();
  }

  /** The most requests for objects that were under way at once. */
  int mostAtOnce() {
    return most.get();
  }

  /** The seconds from the first request for an object to the end of the last answer. */
  double secondsOfObjects() {
    return (last.get() - first.get()) / 1e9;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      open.add(upstream);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      InputStream fromClient = new BufferedInputStream(client.getInputStream());
      InputStream fromServer = new BufferedInputStream(upstream.getInputStream());
      String head = head(fromClient);
      while (head != null && exchange(head, fromClient, client, fromServer, upstream)) {
        head = head(fromClient);
      }
      open.remove(upstream);
    } catch (IOException | InterruptedException | UncheckedIOException ended) {
      // One of the two has gone, or the proxy is closed.
    } finally {
      open.remove(client);
    }
  }

  private boolean exchange(
      String head, InputStream fromClient, Socket client, InputStream fromServer, Socket upstream)
      throws IOException, InterruptedException {
    requests.incrementAndGet();
    boolean isObject = MidiNames.matches(head.replaceFirst("(?s)^\\S+ ([^ ?]*).*", "$1"));
    if (isObject) {
      first.compareAndSet(0, System.nanoTime());
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(weather.delayMillis());
      Fault fault = draw(head);
      if (fault == Fault.BUSY) {
        byte[] answer =
            "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        client.getOutputStream().write(answer);
        return true;
      }
      OutputStream toServer = upstream.getOutputStream();
      toServer.write(head.getBytes(StandardCharsets.ISO_8859_1));
      copy(fromClient, toServer, length(head, 0));
      toServer.flush();
      return answer(head(fromServer), fault, fromServer, client);
    } finally {
      if (isObject) {
        last.set(System.nanoTime());
        now.decrementAndGet();
      }
    }
  }

  /** Passes an answer on; false if the connection has ended with it. */
  private static boolean answer(String head, Fault fault, InputStream fromServer, Socket client)
      throws IOException {
    if (head == null) {
      return false;
    }
    OutputStream toClient = client.getOutputStream();
    toClient.write(head.getBytes(StandardCharsets.ISO_8859_1));
    long length = length(head, -1);
    boolean hasBody = !head.matches("(?s)HTTP/1.1 (204|304|1\\d\\d).*");
    if (!hasBody) {
      return true;
    }
    if (fault != null) {
      copy(fromServer, toClient, Math.max(0, length) / 2);
      toClient.flush();
      if (fault == Fault.RESET) {
        client.setSoLinger(true, 0);
      }
      client.close();
      return false;
    }
    if (length >= 0) {
      copy(fromServer, toClient, length);
    } else {
      copyChunks(fromServer, toClient);
    }
    toClient.flush();
    return true;
  }

  private Fault draw(String head) {
    String path = head.substring(0, head.indexOf("\r\n"));
    int before = made.computeIfAbsent(path, none -> new AtomicInteger()).getAndIncrement();
    double lot =
        new SplittableRandom(weather.seed() * 31 + path.hashCode() * 1_000_003L + before)
            .nextDouble();
    Fault fault = null;
    if (lot < weather.busy()) {
      fault = Fault.BUSY;
    } else if (lot < weather.busy() + weather.reset()) {
      fault = Fault.RESET;
    } else if (lot < weather.busy() + weather.reset() + weather.truncated()) {
      fault = Fault.TRUNCATED;
    }
    if (fault != null) {
      faults.get(fault).incrementAndGet();
    }
    return fault;
  }

  /** The first line and the headers, to the empty line; null at the end of the stream. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int end = 0; end != 0x0D0A0D0A; ) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.write(b);
      end = end << 8 | b;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static long length(String head, long otherwise) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .map(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(otherwise);
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[8192];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException();
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    long size;
    do {
      String line = line(in);
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      size = Long.parseLong(line.replaceFirst(";.*", "").strip(), 16);
      copy(in, out, size + 2);
    } while (size > 0);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : open) {
      one.close();
    }
    threads.shutdownNow();
  }
}
