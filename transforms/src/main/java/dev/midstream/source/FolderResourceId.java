package dev.midstream.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/** A folder, or a file found in one, as {@link FolderFileSystem} names them. Immutable. */
public final class FolderResourceId implements ResourceId {
  private static final long serialVersionUID = 1;

  private static final Pattern LINE_END = Pattern.compile("\\R");

  private final String spec;
  private final boolean directory;

  FolderResourceId(String spec, boolean directory) {
    if (!spec.startsWith(FolderFileSystem.SCHEME + ":")) {
      throw new IllegalArgumentException("not a " + FolderFileSystem.SCHEME + " spec: " + spec);
    }
    this.spec = spec;
    this.directory = directory;
  }

  /**
   * The scheme and the path. Beam finds a scheme only in front of a slash and a text without line
   * ends: a path of other text is written as its URI has it, behind two more slashes, which no path
   * begins with.
   */
  static String specOf(Path path) {
    String uri = LocalPaths.uriOf(path);
    boolean isPlain = uri.startsWith("/") && !LINE_END.matcher(uri).find();
    return FolderFileSystem.SCHEME + ":" + (isPlain ? uri : "//" + LocalPaths.escapedOf(path));
  }

  /** The path as text, as {@link LocalPaths#uriOf} writes it. */
  public String uri() {
    String text = spec.substring(FolderFileSystem.SCHEME.length() + 1);
    return text.startsWith("///") ? LocalPaths.uriOf(Path.of(URI.create("file:" + text))) : text;
  }

  Path path() {
    return LocalPaths.pathOf(uri());
  }

  @Override
  public ResourceId resolve(String other, ResolveOptions option) {
    return new FolderResourceId(
        FolderFileSystem.specOf(path().resolve(other)),
        option == StandardResolveOptions.RESOLVE_DIRECTORY);
  }

  @Override
  public ResourceId getCurrentDirectory() {
    Path parent = path().getParent();
    return directory || parent == null
        ? this
        : new FolderResourceId(FolderFileSystem.specOf(parent), true);
  }

  @Override
  public String getScheme() {
    return FolderFileSystem.SCHEME;
  }

  @Override
  public @Nullable String getFilename() {
    Path name = path().getFileName();
    return name == null ? null : name.toString();
  }

  @Override
  public boolean isDirectory() {
    return directory;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FolderResourceId
        && spec.equals(((FolderResourceId) other).spec)
        && directory == ((FolderResourceId) other).directory;
  }

  @Override
  public int hashCode() {
    return Objects.hash(spec, directory);
  }

  /** The spec, from which {@code FileSystems.matchNewResource} makes an equal resource again. */
  @Override
  public String toString() {
    return spec;
  }
}
