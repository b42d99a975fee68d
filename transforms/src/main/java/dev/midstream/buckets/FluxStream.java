package dev.midstream.buckets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** What an asynchronous client sends, to be read as it comes in. Not thread-safe. */
final class FluxStream extends InputStream {
  private final Stream<ByteBuffer> stream;
  private final Iterator<ByteBuffer> buffers;
  private ByteBuffer current = ByteBuffer.allocate(0);

  /**
   * @param timeout how long to wait for each piece
   */
  FluxStream(Flux<ByteBuffer> flux, Duration timeout) {
    stream = flux.timeout(timeout).toStream(1);
    buffers = stream.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (!current.hasRemaining()) {
        if (!buffers.hasNext()) {
          return -1;
        }
        current = buffers.next();
      }
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
    int read = Math.min(length, current.remaining());
    current.get(into, offset, read);
    return read;
  }

  /** Ends the transfer, and reads nothing on. */
  @Override
  public void close() {
    stream.close();
  }
}
