package dev.midstream.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says that this process has open or mapped; nothing where there is no /proc. */
final class OpenFiles {
  private OpenFiles() {}

  /** Handles to and mappings of files below {@code folder}. */
  static List<String> below(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    Path self = Path.of("/proc/self");
    if (!Files.isDirectory(self)) {
      return open;
    }
    try (Stream<String> maps = Files.lines(self.resolve("maps"))) {
      maps.filter(line -> line.contains(folder.toString())).forEach(open::add);
    }
    try (Stream<Path> handles = Files.list(self.resolve("fd"))) {
      for (Path handle : handles.toList()) {
        try {
          Path target = Files.readSymbolicLink(handle);
          if (target.startsWith(folder)) {
            open.add(handle + " -> " + target);
          }
        } catch (NoSuchFileException closedMeanwhile) {
          continue;
        }
      }
    }
    return open;
  }
}
