package dev.midstream.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links that lead back to a folder which they lie in. They are known by what all the folders above
 * are, also those above where a listing begins, so that it does not matter where that is.
 */
final class FolderLoops {
  private FolderLoops() {}

  /** Whether {@code path} is a folder, or a link to one that it does not lie in itself. */
  static boolean isFolderToEnter(Path path) {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    return Files.isDirectory(path) && !above(path).contains(keyOf(path));
  }

  /** What the folders are that {@code path} lies in. */
  static Set<Object> above(Path path) {
    Set<Object> keys = new HashSet<>();
    for (Path up = path.toAbsolutePath().getParent(); up != null; up = up.getParent()) {
      keys.add(keyOf(up));
    }
    keys.remove(null);
    return keys;
  }

  private static @Nullable Object keyOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
