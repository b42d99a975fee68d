package dev.midstream.benchmarks;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** Where the classes of this program come from, also when Maven runs it in its own JVM. */
final class ClassPath {
  private ClassPath() {}

  /** The class path as {@code java -cp} takes it. */
  static String string() {
    return String.join(
        File.pathSeparator, Arrays.stream(urls()).map(ClassPath::pathOf).toArray(String[]::new));
  }

  static URL[] urls() {
    // Maven runs a main class with a class loader of its own; java.class.path is then Maven's.
    return ClassPath.class.getClassLoader() instanceof URLClassLoader loader
        ? loader.getURLs()
        : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(ClassPath::urlOf)
            .toArray(URL[]::new);
  }

  /** Where one class, and those packed with it, come from. */
  static String of(Class<?> one) {
    return pathOf(one.getProtectionDomain().getCodeSource().getLocation());
  }

  private static URL urlOf(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a class path entry that is no path: " + path, e);
    }
  }

  private static String pathOf(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry that is no file: " + url, e);
    }
  }
}
