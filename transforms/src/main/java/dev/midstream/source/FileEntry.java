package dev.midstream.source;

/**
 * A file as listed: what travels through the graph until the bytes are needed.
 *
 * @param uri absolute path, or the URI of an object in a bucket
 * @param sizeBytes its size when listed, in bytes; {@link #NOT_A_FILE} for a name that stands for
 *     no regular file
 * @param modifiedMillis its modification time when listed, in milliseconds since 1970 UTC; 0 where
 *     the file system does not tell
 */
public record FileEntry(String uri, long sizeBytes, long modifiedMillis) {
  /** The size of what has the name of a MIDI file and is none: a folder, a pipe, a broken link. */
  public static final long NOT_A_FILE = -1;
}
