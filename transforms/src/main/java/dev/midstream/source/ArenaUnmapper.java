package dev.midstream.source;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Maps into a confined arena of its own and unmaps by closing it. By method handles, because class
 * files for JDK 17 cannot name {@code java.lang.foreign}.
 */
final class ArenaUnmapper implements Unmapper {
  private final MethodHandle ofConfined;
  private final MethodHandle map;
  private final MethodHandle asByteBuffer;
  private final MethodHandle close;

  ArenaUnmapper() {
    try {
      Class<?> arena = Class.forName("java.lang.foreign.Arena");
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      ofConfined =
          lookup
              .findStatic(arena, "ofConfined", MethodType.methodType(arena))
              .asType(MethodType.methodType(Object.class));
      map =
          lookup
              .findVirtual(
                  FileChannel.class,
                  "map",
                  MethodType.methodType(
                      segment, FileChannel.MapMode.class, long.class, long.class, arena))
              .asType(
                  MethodType.methodType(
                      Object.class,
                      FileChannel.class,
                      FileChannel.MapMode.class,
                      long.class,
                      long.class,
                      Object.class));
      asByteBuffer =
          lookup
              .findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class))
              .asType(MethodType.methodType(ByteBuffer.class, Object.class));
      close =
          lookup
              .findVirtual(arena, "close", MethodType.methodType(void.class))
              .asType(MethodType.methodType(void.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java.lang.foreign is not as it is from JDK 22 on", e);
    }
  }

  @Override
  public FileMapping map(FileChannel channel, long size) throws IOException {
    try {
      Object arena = ofConfined.invokeExact();
      try {
        Object segment = map.invokeExact(channel, FileChannel.MapMode.READ_ONLY, 0L, size, arena);
        ByteBuffer buffer = (ByteBuffer) asByteBuffer.invokeExact(segment);
        return FileMapping.of(buffer, () -> close(arena));
      } catch (Throwable t) {
        close(arena);
        throw t;
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IOException(t);
    }
  }

  private void close(Object arena) {
    try {
      close.invokeExact(arena);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }
}
