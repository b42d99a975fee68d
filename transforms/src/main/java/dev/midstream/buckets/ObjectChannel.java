package dev.midstream.buckets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of one state of an object, as they come in, and what the store says about it. What is
 * closed before its end is given up, not read on. Not thread-safe.
 */
final class ObjectChannel implements ReadableByteChannel {
  /** The length or time of an object of which the store does not tell it. */
  static final long UNKNOWN = -1;

  private final InputStream stream;
  private final Runnable giveUp;
  private final long length;
  private final long modifiedMillis;
  private boolean open = true;
  private boolean ended;

  /**
   * @param giveUp ends the transfer without waiting for what is left of it
   * @param length in bytes, or {@link #UNKNOWN}
   * @param modifiedMillis when this state was written, as the answer tells it, mostly in whole
   *     seconds; or {@link #UNKNOWN}
   */
  ObjectChannel(InputStream stream, Runnable giveUp, long length, long modifiedMillis) {
    this.stream = stream;
    this.giveUp = giveUp;
    this.length = length;
    this.modifiedMillis = modifiedMillis;
  }

  long length() {
    return length;
  }

  long modifiedMillis() {
    return modifiedMillis;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasArray()) {
      throw new IllegalArgumentException("only into arrays");
    }
    int read = stream.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
    if (read < 0) {
      ended = true;
    } else {
      into.position(into.position() + read);
    }
    return read;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    if (ended) {
      stream.close();
    } else {
      giveUp.run();
    }
  }
}
