package dev.midstream.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;

/**
 * A file in memory, from {@link #map} to {@link #close}: unmapped at once, not when a garbage
 * collector gets to it. The live mappings of the JVM are capped well below the kernel's limit
 * ({@code vm.max_map_count}, 65,530 by default), past which a JVM dies without an exception; a
 * thread that would exceed the cap waits. Used by one thread.
 */
public final class FileMapping implements AutoCloseable {
  /** The most mappings alive at once in this JVM. */
  public static final int MOST_LIVE_MAPPINGS = 256;

  private static final Semaphore PERMITS = new Semaphore(MOST_LIVE_MAPPINGS);
  private static final Unmapper UNMAPPER = Unmapper.forThisJvm();

  private final ByteBuffer buffer;
  private final Runnable unmap;
  private boolean closed;

  private FileMapping(ByteBuffer buffer, Runnable unmap) {
    this.buffer = buffer;
    this.unmap = unmap;
  }

  /**
   * Maps the first {@code size} bytes of {@code channel}, read only.
   *
   * @throws IOException if the system refuses; the message names the limit to look at
   */
  public static FileMapping map(FileChannel channel, long size) throws IOException {
    PERMITS.acquireUninterruptibly();
    boolean mapped = false;
    try {
      FileMapping mapping = UNMAPPER.map(channel, size);
      mapped = true;
      return mapping;
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + " (mapping refused: see vm.max_map_count, or use --readMode=read)", e);
    } finally {
      if (!mapped) {
        PERMITS.release();
      }
    }
  }

  static FileMapping of(ByteBuffer buffer, Runnable unmap) {
    return new FileMapping(buffer, unmap);
  }

  /** The mapped bytes; valid until {@link #close}, and never to be touched after it. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /**
   * Copies the first {@code length} bytes. If the file was cut short meanwhile, the {@link
   * InternalError} by which the JVM says so comes out of this call.
   */
  void copyTo(byte[] into, int offset, int length) {
    buffer.get(into, offset, length);
    deliverFault();
  }

  /**
   * A fault in mapped memory is no exception of the instruction that met it: the JVM throws it when
   * the thread next comes out of the runtime (HotSpot), and that might be far from here, in the
   * middle of a close. An array of arrays, too many to be expanded in line, is always made by the
   * runtime.
   */
  private static void deliverFault() {
    byte[][] throughTheRuntime = new byte[8][1];
    if (throughTheRuntime.length != 8) {
      throw new AssertionError();
    }
  }

  /** Mappings alive in this JVM now. */
  public static int live() {
    return MOST_LIVE_MAPPINGS - PERMITS.availablePermits();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        unmap.run();
      } finally {
        PERMITS.release();
      }
    }
  }
}
