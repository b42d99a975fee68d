package dev.midstream.buckets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Midstream asks of a store: one request a call, and no retries, which are counted and paced
 * in one place for all stores ({@link Patience}). Thread-safe.
 */
interface ObjectStore extends AutoCloseable {
  /** How the names of folders end; a key is a path only by this convention. */
  String DELIMITER = "/";

  /**
   * A page of a listing, in the order of keys.
   *
   * @param folders what comes up to the next slash of the keys that have one, if that was asked
   * @param next what the next page is asked by; null behind the last
   */
  record Page(List<Entry> objects, List<String> folders, @Nullable String next) {}

  /**
   * An object as listed.
   *
   * @param modifiedMillis when it was written, in milliseconds since 1970 UTC
   */
  record Entry(String key, long sizeBytes, long modifiedMillis) {}

  /**
   * A page of the objects of {@code bucket} whose keys begin with {@code prefix}.
   *
   * @param byFolder whether keys with a further slash are told as their folders only
   * @param page null for the first
   */
  Page list(String bucket, String prefix, boolean byFolder, @Nullable String page)
      throws StoreException;

  /**
   * Begins to read an object: one request, so that what is read is one state of it.
   *
   * @throws StoreException for what the store answers; what happens to the connection later is an
   *     {@link java.io.IOException} of the channel
   */
  ObjectChannel open(String bucket, String key) throws StoreException;

  /** Where it is reached, for messages. */
  String endpoint();

  /** Ends its connections, and its threads if it has any. */
  @Override
  void close();
}
