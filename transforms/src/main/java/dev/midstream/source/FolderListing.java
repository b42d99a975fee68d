package dev.midstream.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.jspecify.annotations.Nullable;

/** Lists a part of a folder, following links but for their loops. */
final class FolderListing extends SimpleFileVisitor<Path> {
  private static final Set<FileVisitOption> FOLLOW = EnumSet.of(FileVisitOption.FOLLOW_LINKS);

  private final FolderPart part;
  private final Set<Object> above;
  private final List<Metadata> found = new ArrayList<>();

  FolderListing(FolderPart part) {
    this.part = part;
    this.above = FolderLoops.above(part.isTree() ? part.folder() : part.folder().resolve("."));
  }

  /** What has been found so far. */
  List<Metadata> found() {
    return found;
  }

  void read() throws IOException {
    if (part.isTree()) {
      walk(part.folder());
      return;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(part.folder())) {
      for (Path path : names) {
        Path name = path.getFileName();
        if (part.holds(name) && MidiNames.matches(name.toString())) {
          walk(path);
        }
      }
    } catch (AccessDeniedException | DirectoryIteratorException e) {
      if (part.share() == 0) {
        listLost(part.folder());
      }
    }
  }

  private void walk(Path from) throws IOException {
    Files.walkFileTree(from, FOLLOW, Integer.MAX_VALUE, this);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
    if (above.contains(attributes.fileKey()) && !path.equals(part.folder())) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (!Files.isExecutable(path)) {
      return listLost(path);
    }
    return list(path, attributes);
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
    return list(path, attributes);
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException e) {
    // A loop of links is no loss. What has vanished meanwhile is not there.
    if (Files.isDirectory(path) && !LocalPaths.mayBeListed(path)) {
      return listLost(path);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
    if (e != null) {
      listLost(path);
    }
    return FileVisitResult.CONTINUE;
  }

  /**
   * A folder that cannot be listed, or not to its end, is as much a loss as a file that cannot be
   * read.
   */
  private FileVisitResult listLost(Path path) {
    found.add(metadata(path, FileEntry.NOT_A_FILE, 0));
    return FileVisitResult.SKIP_SUBTREE;
  }

  private FileVisitResult list(Path path, BasicFileAttributes attributes) {
    if (!path.equals(part.folder()) && MidiNames.matches(path.getFileName().toString())) {
      long size = attributes.isRegularFile() ? attributes.size() : FileEntry.NOT_A_FILE;
      found.add(metadata(path, size, attributes.lastModifiedTime().toMillis()));
    }
    return FileVisitResult.CONTINUE;
  }

  private static Metadata metadata(Path path, long size, long modifiedMillis) {
    return Metadata.builder()
        .setResourceId(new FolderResourceId(FolderFileSystem.specOf(path), false))
        .setSizeBytes(size)
        .setLastModifiedMillis(modifiedMillis)
        .setIsReadSeekEfficient(true)
        .build();
  }
}
