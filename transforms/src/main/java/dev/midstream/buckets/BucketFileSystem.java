package dev.midstream.buckets;

import dev.midstream.buckets.BucketPart.Kind;
import dev.midstream.source.GlobExpression;
import dev.midstream.source.MidiNames;
import dev.midstream.source.ReadOnlyFileSystem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The MIDI files of buckets, for {@code FileIO.match}: a spec {@code
 * midi-bucket://tree/s3://bucket/music/} names all below a prefix; {@link BucketSplit} makes specs
 * of its parts.
 *
 * <p>Beam's own file systems ask a store again for each object that a listing has told them about,
 * two to four times more before its first byte comes, do not tell which state of it they read, and
 * list no folder by itself. This takes their options and credentials, lists by pages alone, and
 * reads an object by one request. It writes nothing.
 */
public final class BucketFileSystem extends ReadOnlyFileSystem<BucketResourceId> {
  /** The scheme of the specs and resources of this file system. */
  public static final String SCHEME = "midi-bucket";

  private static final List<String> SCHEMES = List.of("s3://", "gs://", "azfs://");

  private final ObjectStores stores;

  BucketFileSystem(PipelineOptions options) {
    this.stores = new ObjectStores(options);
  }

  /** Whether {@code uri} stands for a place in a bucket. */
  public static boolean isBucket(String uri) {
    return SCHEMES.stream().anyMatch(uri::startsWith);
  }

  /**
   * The spec of what a user means by {@code place}: a glob, an object with the name of a MIDI file,
   * or else all MIDI files below it.
   *
   * @throws IllegalArgumentException if it names no bucket
   */
  public static String specOf(String place) {
    ObjectUri uri = ObjectUri.of(place);
    String key = uri.key();
    String literal = GlobExpression.literalPrefix(key);
    if (key.equals(literal + "**") && (literal.isEmpty() || literal.endsWith("/"))) {
      return new BucketPart(Kind.TREE, uri.withKey(literal)).spec();
    }
    if (!key.equals(literal)) {
      return new BucketPart(Kind.GLOB, uri).spec();
    }
    if (MidiNames.matches(key)) {
      return new BucketPart(Kind.OBJECT, uri).spec();
    }
    boolean isFolder = key.isEmpty() || key.endsWith("/");
    return new BucketPart(Kind.TREE, isFolder ? uri : uri.withKey(key + "/")).spec();
  }

  /** Whether {@code spec} is one of this file system. */
  public static boolean isSpec(String spec) {
    return spec.startsWith(SCHEME + ":");
  }

  /**
   * Whether {@code spec} means all below a prefix, and not what matches a glob or is one object.
   */
  public static boolean isTree(String spec) {
    return BucketPart.of(spec).kind() == Kind.TREE;
  }

  /** The place that {@code spec} names, as users write it; of a tree, how all its URIs begin. */
  public static String uriOf(String spec) {
    return BucketPart.of(spec).uri().toString();
  }

  /**
   * Whether {@code spec} matches anything now; looks no further than the first.
   *
   * @throws IOException if the store cannot be asked; the message is a line that says why
   */
  public static boolean matchesAny(String spec) throws IOException {
    BucketPart part = BucketPart.of(spec);
    Kind kind = part.kind() == Kind.GLOB ? Kind.ANY_GLOB : Kind.ANY;
    String any = new BucketPart(kind, part.uri()).spec();
    return !FileSystems.match(any, EmptyMatchTreatment.ALLOW).metadata().isEmpty();
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      BucketPart part = BucketPart.of(spec);
      try {
        var found = new BucketListing(store(part.uri()), part).read();
        boolean isMissing = part.kind() == Kind.OBJECT && found.isEmpty();
        results.add(
            isMissing
                ? MatchResult.create(
                    Status.NOT_FOUND, new FileNotFoundException("no such object: " + part.uri()))
                : MatchResult.create(Status.OK, found));
      } catch (IOException e) {
        results.add(MatchResult.create(Status.ERROR, e));
      }
    }
    return results;
  }

  private ObjectStore store(ObjectUri uri) throws IOException {
    try {
      return stores.of(uri);
    } catch (RuntimeException e) {
      throw new IOException(
          "no client for %s: %s".formatted(uri.bucketUri(), String.valueOf(e.getMessage())), e);
    }
  }

  @Override
  protected BucketResourceId matchNewResource(String spec, boolean isDirectory) {
    return BucketResourceId.of(spec);
  }

  @Override
  protected ReadableByteChannel open(BucketResourceId id) throws IOException {
    ObjectUri uri = id.part().uri();
    return store(uri).open(uri.bucket(), uri.key());
  }

  @Override
  protected IOException refusal() {
    return new IOException(SCHEME + ": lists and reads, and does nothing else");
  }
}
