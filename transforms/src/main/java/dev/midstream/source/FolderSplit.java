package dev.midstream.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Divides a library into parts that can be listed side by side: its upper folders, from the top
 * down, until there are enough, each as the tree below it; what an upper folder holds itself in
 * shares. Reads names only; whether a file has gone or come since is seen when its part is listed.
 */
public final class FolderSplit {
  /** Enough parts to keep every worker busy, though some be much larger than others. */
  static final int ENOUGH_PARTS = 256;

  /** The names of a share, about. */
  static final int SHARE_FILES = 10_000;

  private final List<FolderPart> parts = new ArrayList<>();
  private final Deque<Path> open = new ArrayDeque<>();
  private long files;

  private FolderSplit() {}

  /**
   * The specs of parts that together are the tree of {@code spec}, each file in one of them; of a
   * small tree, and of what is no spec of a folder, the spec itself.
   *
   * @param spec what {@code FileIO.match} shall match
   * @param fewFiles up to how many files a tree is listed as a whole
   */
  public static List<String> split(String spec, int fewFiles) {
    if (!spec.startsWith(FolderFileSystem.SCHEME + ":")) {
      return List.of(spec);
    }
    FolderSplit split = new FolderSplit();
    split.open(FolderFileSystem.folderOf(spec));
    boolean isSmall = split.open.isEmpty() && split.files <= fewFiles;
    return isSmall ? List.of(spec) : split.specs();
  }

  private void open(Path folder) {
    open.add(folder);
    while (!open.isEmpty() && parts.size() + open.size() < ENOUGH_PARTS) {
      divide(open.remove());
    }
  }

  private void divide(Path folder) {
    List<Path> below = new ArrayList<>();
    long here = 0;
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path path : names) {
        if (MidiNames.matches(path.getFileName().toString())) {
          here++;
        } else if (FolderLoops.isFolderToEnter(path)) {
          below.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The listing of this part will meet it again, and say so in a row.
      parts.add(FolderPart.tree(folder));
      return;
    }
    int shares = (int) Math.min(Integer.MAX_VALUE, (here + SHARE_FILES - 1) / SHARE_FILES);
    for (int share = 0; share < shares; share++) {
      parts.add(new FolderPart(folder, share, shares));
    }
    files += here;
    open.addAll(below);
  }

  private List<String> specs() {
    List<String> specs = new ArrayList<>(parts.size() + open.size());
    parts.forEach(part -> specs.add(part.spec()));
    open.forEach(folder -> specs.add(FolderPart.tree(folder).spec()));
    return specs;
  }
}
