package dev.midstream.buckets;

import dev.midstream.buckets.BucketPart.Kind;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * An object, or a part of a bucket, as {@link BucketFileSystem} names them. It holds what the spec
 * says, and not the spec, which nobody asks for where an object is listed or read. Immutable.
 */
public final class BucketResourceId implements ResourceId {
  private static final long serialVersionUID = 1;

  private final BucketPart part;

  private BucketResourceId(BucketPart part) {
    this.part = part;
  }

  static BucketResourceId of(Kind kind, ObjectUri uri) {
    return new BucketResourceId(new BucketPart(kind, uri));
  }

  /** The one that {@code spec} names. */
  static BucketResourceId of(String spec) {
    return new BucketResourceId(BucketPart.of(spec));
  }

  /** Its URI, as users write it: {@code s3://bucket/key}. */
  public String uri() {
    return part().uri().toString();
  }

  BucketPart part() {
    return part;
  }

  @Override
  public ResourceId resolve(String other, ResolveOptions option) {
    boolean isFolder = option == StandardResolveOptions.RESOLVE_DIRECTORY;
    ObjectUri uri = part().uri();
    String folder = uri.key().isEmpty() || uri.key().endsWith("/") ? uri.key() : uri.key() + "/";
    String key = folder + other;
    return isFolder
        ? of(Kind.TREE, uri.withKey(key.endsWith("/") ? key : key + "/"))
        : of(Kind.OBJECT, uri.withKey(key));
  }

  @Override
  public ResourceId getCurrentDirectory() {
    ObjectUri uri = part().uri();
    return isDirectory()
        ? this
        : of(Kind.TREE, uri.withKey(uri.key().substring(0, uri.key().lastIndexOf('/') + 1)));
  }

  @Override
  public String getScheme() {
    return BucketFileSystem.SCHEME;
  }

  @Override
  public @Nullable String getFilename() {
    String key = part().uri().key();
    int end = key.endsWith("/") ? key.length() - 1 : key.length();
    return end <= 0 ? null : key.substring(key.lastIndexOf('/', end - 1) + 1, end);
  }

  @Override
  public boolean isDirectory() {
    return part().kind() == Kind.TREE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BucketResourceId && part.equals(((BucketResourceId) other).part);
  }

  @Override
  public int hashCode() {
    return part.hashCode();
  }

  /** The spec, from which {@code FileSystems.matchNewResource} makes an equal resource again. */
  @Override
  public String toString() {
    return part.spec();
  }
}
