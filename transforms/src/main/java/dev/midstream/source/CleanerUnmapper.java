package dev.midstream.source;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/** Maps as JDK 17 can, and unmaps by the cleaner that would otherwise wait for the collector. */
final class CleanerUnmapper implements Unmapper {
  private final MethodHandle invokeCleaner;

  CleanerUnmapper() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      invokeCleaner =
          MethodHandles.lookup()
              .findVirtual(
                  unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
              .bindTo(instance.get(null));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("sun.misc.Unsafe.invokeCleaner is not there", e);
    }
  }

  @Override
  public FileMapping map(FileChannel channel, long size) throws IOException {
    MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    return FileMapping.of(buffer, () -> unmap(buffer));
  }

  private void unmap(ByteBuffer buffer) {
    try {
      invokeCleaner.invokeExact(buffer);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }
}
