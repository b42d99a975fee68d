package dev.midstream.benchmarks;

import dev.midstream.source.FileEntry;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;

/**
 * Loads a reader with classes of its own, so that the compiler knows only what this reader does
 * with them: as it would in a JVM where nothing else is measured.
 */
final class OwnClasses extends URLClassLoader {
  private static final String OURS = "dev.midstream.";

  /** What a reader and the benchmark hand to each other. */
  private static final Set<String> SHARED =
      Set.of(FileReader.class.getName(), CorpusFile.class.getName(), FileEntry.class.getName());

  private OwnClasses(URL[] urls) {
    super(urls, OwnClasses.class.getClassLoader());
  }

  /** A new {@code type}, made from {@code argument} if that is not null. */
  static FileReader open(Class<? extends FileReader> type, String argument) {
    try {
      // Never closed: the reader loads from it as long as it lives, which is as long as this JVM.
      Class<?> own = new OwnClasses(ClassPath.urls()).loadClass(type.getName());
      Constructor<?> constructor =
          argument == null
              ? own.getDeclaredConstructor()
              : own.getDeclaredConstructor(String.class);
      return (FileReader)
          (argument == null ? constructor.newInstance() : constructor.newInstance(argument));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot load " + type.getName() + " by itself", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || SHARED.contains(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
