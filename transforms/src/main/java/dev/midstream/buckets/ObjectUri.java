package dev.midstream.buckets;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket, as users write it.
 *
 * @param scheme {@code s3}, {@code gs} or {@code azfs}
 * @param bucket the bucket; for Azure the account and the container, with a slash between
 * @param key the key of an object, or how the keys of many begin; empty for the whole bucket
 */
record ObjectUri(String scheme, String bucket, String key) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Pattern FORM =
      Pattern.compile("(?:(s3|gs)://([^/]+)|(azfs)://([^/]+/[^/]+))(?:/(.*))?", Pattern.DOTALL);

  /**
   * The place that {@code text} names.
   *
   * @throws IllegalArgumentException if it names none; the message says how one is written
   */
  static ObjectUri of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          text + " names no bucket: s3://BUCKET/…, gs://BUCKET/… or azfs://ACCOUNT/CONTAINER/…");
    }
    boolean isAzure = form.group(3) != null;
    return new ObjectUri(
        form.group(isAzure ? 3 : 1),
        form.group(isAzure ? 4 : 2),
        form.group(5) == null ? "" : form.group(5));
  }

  /** The same bucket and another key. */
  ObjectUri withKey(String other) {
    return new ObjectUri(scheme, bucket, other);
  }

  /** The bucket alone, for messages. */
  String bucketUri() {
    return scheme + "://" + bucket;
  }

  @Override
  public String toString() {
    return bucketUri() + "/" + key;
  }
}
