package dev.midstream.simd;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * The vector twin at a width that need not be this CPU's: its class once more, in a class loader of
 * its own, so that the width is a constant there as well.
 */
final class ForcedWidth extends ClassLoader {
  private static final String PROPERTY = "midstream.simd.bits";
  private static final String ROOM = "dev.midstream.simd.";

  private ForcedWidth() {
    super(ForcedWidth.class.getClassLoader());
  }

  static SignalKernel of(int bits) {
    String before = System.setProperty(PROPERTY, Integer.toString(bits));
    try {
      Class<?> twin = new ForcedWidth().loadClass(ROOM + "VectorSignalKernel");
      Method width = twin.getDeclaredMethod("widthInBits");
      width.setAccessible(true);
      if (!width.invoke(null).equals(bits)) {
        throw new AssertionError("not " + bits + " bits wide");
      }
      Constructor<?> constructor = twin.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (SignalKernel) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    // The twins see what is private to their room only if they are in the same one.
    if (name.equals(ROOM + "VectorSignalKernel") || name.equals(ROOM + "ScalarSignalKernel")) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
    return super.loadClass(name, resolve);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
