package dev.midstream.buckets;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a bucket, as a spec of {@link BucketFileSystem} names it: {@code
 * midi-bucket://tree/s3://bucket/music/}. Beam finds a scheme only in a text without line ends, so
 * those of keys are escaped.
 *
 * @param kind what is meant by the place
 * @param uri the place
 */
record BucketPart(Kind kind, ObjectUri uri) implements Serializable {
  private static final long serialVersionUID = 1;

  /** What of a bucket is meant. */
  enum Kind {
    /** All MIDI files whose keys begin so, be that with a folder or within a name. */
    TREE,
    /** Those of them without a further slash in their keys: what a folder holds itself. */
    FOLDER,
    /** The MIDI files whose keys match a glob. */
    GLOB,
    /** The object of this key. */
    OBJECT,
    /** Folders and objects that begin so, without what lies in the folders: to divide a tree by. */
    LEVEL,
    /**
     * Some of a tree, and the tree itself if there is more: to see whether it is worth dividing.
     */
    SOME,
    /** The first of a tree, to see before any work whether there is one. */
    ANY,
    /** The first that matches a glob. */
    ANY_GLOB
  }

  private static final Pattern FORM =
      Pattern.compile(Pattern.quote(BucketFileSystem.SCHEME) + "://([a-z_]+)/(.*)", Pattern.DOTALL);
  private static final Pattern ESCAPED = Pattern.compile("[%\\n\\r\\u0085\\u2028\\u2029]");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-F]{4})");

  /** The part that {@code spec} names; the inverse of {@link #spec}. */
  static BucketPart of(String spec) {
    Matcher form = FORM.matcher(spec);
    if (!form.matches()) {
      throw new IllegalArgumentException("no part of a bucket: " + spec);
    }
    return new BucketPart(
        Kind.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
        ObjectUri.of(unescape(form.group(2))));
  }

  /** The text that {@code FileIO.match} understands. */
  String spec() {
    return BucketFileSystem.SCHEME
        + "://"
        + kind.name().toLowerCase(Locale.ROOT)
        + "/"
        + escape(uri.toString());
  }

  private static String escape(String text) {
    return ESCAPED.matcher(text).replaceAll(c -> "%%%04X".formatted((int) c.group().charAt(0)));
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            c -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(c.group(1), 16))));
  }
}
