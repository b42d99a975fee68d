package dev.midstream.buckets;

import java.io.IOException;

/** What a store answered instead, or that it did not: one line for people, no secret in it. */
final class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  /** What can be done about it. */
  enum Kind {
    /** There is no such object. */
    GONE,
    /** There is no such bucket. */
    NO_BUCKET,
    /** The store does not know who asks, or not any more: no object will be had. */
    WHO_ARE_YOU,
    /** Who asks is known, and may not. */
    FORBIDDEN,
    /** Something else is wrong with what was asked; asking again will not help. */
    REFUSED,
    /** Too many ask: ask again, later. */
    THROTTLED,
    /** The store has failed, or was not reached, or the connection broke: ask again. */
    FAILED
  }

  private final Kind kind;

  StoreException(Kind kind, String line, Throwable cause) {
    super(line.replaceAll("\\s+", " ").strip(), cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Whether the same request may be answered yet. */
  boolean maySucceedLater() {
    return kind == Kind.THROTTLED || kind == Kind.FAILED;
  }

  /**
   * What ends a run. The line is for the user, who is told the innermost cause; so what lies behind
   * it comes along in another way.
   */
  static IOException lastWord(String line, Exception behind) {
    IOException last = new IOException(line);
    last.addSuppressed(behind);
    return last;
  }

  /** The kind of an answer that says no more than its HTTP status. */
  static Kind kindOf(int status) {
    switch (status) {
      case 401:
        return Kind.WHO_ARE_YOU;
      case 403:
        return Kind.FORBIDDEN;
      case 404:
        return Kind.GONE;
      case 408:
        return Kind.FAILED;
      case 429:
      case 503:
        return Kind.THROTTLED;
      default:
        return status >= 500 ? Kind.FAILED : Kind.REFUSED;
    }
  }
}
