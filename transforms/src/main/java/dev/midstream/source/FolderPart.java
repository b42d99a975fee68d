package dev.midstream.source;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a folder, as a spec of {@link FolderFileSystem} names it: the whole tree below it
 * ({@code midi-folder:/music}), or one share of the files that it holds itself ({@code
 * midi-folder://2of16/music}), so that a folder with millions of files can be listed by several
 * workers, and piece by piece. A file falls into a share by the bytes of its name, on every worker
 * into the same.
 *
 * @param folder the folder
 * @param share the share, from 0 on; 0 for the whole tree
 * @param shares of how many, at least 1; 0 for the whole tree
 */
record FolderPart(Path folder, int share, int shares) {
  private static final Pattern SHARE =
      Pattern.compile("//(\\d{1,9})of([1-9]\\d{0,8})(/.*)", Pattern.DOTALL);

  FolderPart {
    boolean isTree = share == 0 && shares == 0;
    if (!isTree && (share < 0 || share >= shares)) {
      throw new IllegalArgumentException("no share: " + share + " of " + shares);
    }
  }

  /** The whole tree below {@code folder}. */
  static FolderPart tree(Path folder) {
    return new FolderPart(folder, 0, 0);
  }

  /** The part that {@code spec} names; the inverse of {@link #spec}. */
  static FolderPart of(String spec) {
    String scheme = FolderFileSystem.SCHEME + ":";
    Matcher share = SHARE.matcher(spec.substring(Math.min(spec.length(), scheme.length())));
    if (!spec.startsWith(scheme) || !share.matches()) {
      return tree(new FolderResourceId(spec, true).path());
    }
    return new FolderPart(
        new FolderResourceId(scheme + share.group(3), true).path(),
        Integer.parseInt(share.group(1)),
        Integer.parseInt(share.group(2)));
  }

  /** The text that {@code FileIO.match} understands. */
  String spec() {
    String tree = FolderResourceId.specOf(folder);
    if (isTree()) {
      return tree;
    }
    String scheme = FolderFileSystem.SCHEME + ":";
    return scheme + "//" + share + "of" + shares + tree.substring(scheme.length());
  }

  boolean isTree() {
    return shares == 0;
  }

  /** Whether the file that the folder itself holds under {@code name} belongs to this share. */
  boolean holds(Path name) {
    // The hash of a path is made from its bytes; its low bits alone would favour some endings.
    return Math.floorMod((name.hashCode() * 0x9E3779B1) >>> 8, shares) == share;
  }
}
