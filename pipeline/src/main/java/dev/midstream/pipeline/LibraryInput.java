package dev.midstream.pipeline;

import dev.midstream.buckets.BucketFileSystem;
import dev.midstream.postgres.Coverage;
import dev.midstream.source.FolderFileSystem;
import dev.midstream.source.GlobExpression;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.MidiNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;

/** The option {@code --input} as patterns for {@code FileIO.match}, checked before any work. */
public final class LibraryInput {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  /** Between two places, not between the alternatives of a glob's braces. */
  private static final Pattern COMMA = Pattern.compile(",(?![^{}]*\\})");

  /** Any extension in any case; what a bucket has besides is filtered behind the match. */
  private static final String ALL_BELOW = "**";

  private LibraryInput() {}

  /**
   * The patterns of a comma-separated list of folders, files, globs and bucket URIs.
   *
   * @throws UserError for one that does not exist, or a list that matches nothing
   */
  public static List<String> patterns(String input) {
    if (input == null || input.isBlank()) {
      throw new UserError("--input is missing: name a folder, a glob or a bucket URI");
    }
    Set<String> patterns = new LinkedHashSet<>();
    boolean anything = false;
    for (String part : COMMA.split(input, -1)) {
      String place = part.strip();
      if (!place.isEmpty()) {
        String pattern = LocalPaths.isLocal(place) ? localPattern(place) : remotePattern(place);
        patterns.add(pattern);
        anything |= matchesSomething(pattern);
      }
    }
    if (!anything) {
      throw new UserError("--input=" + input + " matches no MIDI file");
    }
    return new ArrayList<>(patterns);
  }

  /** The place that a run over {@code patterns} looks at. */
  public static Coverage coverage(List<String> patterns) {
    List<String> prefixes = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    for (String pattern : patterns) {
      if (pattern.startsWith(FolderFileSystem.SCHEME + ":")) {
        prefixes.addAll(LocalPaths.prefixesOf(FolderFileSystem.folderOf(pattern)));
      } else if (BucketFileSystem.isSpec(pattern)) {
        String uri = BucketFileSystem.uriOf(pattern);
        if (BucketFileSystem.isTree(pattern)) {
          prefixes.add(uri);
        } else {
          expressions.add(GlobExpression.of(uri));
        }
      } else {
        expressions.add(GlobExpression.of(pattern));
      }
    }
    return new Coverage(prefixes, expressions);
  }

  private static String localPattern(String place) {
    Path path;
    try {
      path = LocalPaths.pathOf(place).toAbsolutePath().normalize();
    } catch (IllegalArgumentException e) {
      throw new UserError("--input=" + place + " is no path: " + e.getMessage(), e);
    }
    if (Files.isDirectory(path)) {
      return FolderFileSystem.specOf(path);
    }
    if (Files.exists(path) || GLOB.matcher(place).find()) {
      return path.toString();
    }
    throw new UserError("--input=" + place + " does not exist");
  }

  private static String remotePattern(String place) {
    if (BucketFileSystem.isBucket(place)) {
      try {
        return BucketFileSystem.specOf(place);
      } catch (IllegalArgumentException e) {
        throw new UserError("--input=" + e.getMessage(), e);
      }
    }
    if (GLOB.matcher(place).find() || MidiNames.matches(place)) {
      return place;
    }
    return place.endsWith("/") ? place + ALL_BELOW : place + "/" + ALL_BELOW;
  }

  private static boolean matchesSomething(String pattern) {
    if (pattern.startsWith(FolderFileSystem.SCHEME + ":")) {
      return holdsMidi(FolderFileSystem.folderOf(pattern));
    }
    try {
      if (BucketFileSystem.isSpec(pattern)) {
        return BucketFileSystem.matchesAny(pattern);
      }
      return !FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().isEmpty();
    } catch (IOException | IllegalArgumentException e) {
      // A syntax error goes on to draw where it is.
      String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String place = BucketFileSystem.isSpec(pattern) ? BucketFileSystem.uriOf(pattern) : pattern;
      throw new UserError("--input=" + place + " cannot be listed: " + line, e);
    }
  }

  /** Looks no further than the first. */
  private static boolean holdsMidi(Path folder) {
    try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return tree.anyMatch(
          path -> !path.equals(folder) && MidiNames.matches(path.getFileName().toString()));
    } catch (IOException | UncheckedIOException e) {
      // A folder in it that may not be listed, or a loop of links: the run will say so in a row.
      return true;
    }
  }
}
