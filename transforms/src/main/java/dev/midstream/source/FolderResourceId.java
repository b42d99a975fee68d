package dev.midstream.source;

import java.nio.file.Path;
import java.util.Objects;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/** A folder, or a file found in one, as {@link FolderFileSystem} names them. Immutable. */
public final class FolderResourceId implements ResourceId {
  private static final long serialVersionUID = 1;

  private final String spec;
  private final boolean directory;

  FolderResourceId(String spec, boolean directory) {
    if (!spec.startsWith(FolderFileSystem.SCHEME + ":")) {
      throw new IllegalArgumentException("not a " + FolderFileSystem.SCHEME + " spec: " + spec);
    }
    this.spec = spec;
    this.directory = directory;
  }

  /** The path as text, as {@link LocalPaths#uriOf} writes it. */
  public String uri() {
    return spec.substring(FolderFileSystem.SCHEME.length() + 1);
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
