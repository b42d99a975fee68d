package dev.midstream.transforms;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;

/**
 * Knows which contents are analysed already and stored, so that copies are not analysed again. Goes
 * to the workers, and is asked by one thread of each at a time.
 */
public interface KnownContents extends Serializable {
  /**
   * Those of {@code contents} whose analysis, by this version of the analyser, is stored for good.
   *
   * @throws Exception if that cannot be found out, which ends the bundle
   */
  Set<ContentId> among(Collection<ContentId> contents) throws Exception;

  /** Called on each worker before the first question. */
  default void open() {}

  /** Called on each worker after the last question; also after none, or without {@link #open}. */
  default void close() {}

  /** Knows none: everything is analysed. */
  static KnownContents none() {
    return contents -> Set.of();
  }
}
