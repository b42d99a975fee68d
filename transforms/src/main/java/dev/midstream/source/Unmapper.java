package dev.midstream.source;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * The two ways of a mapping with an end: an arena from JDK 22 on, {@code Unsafe.invokeCleaner}
 * before. Nothing outside this package knows which.
 */
interface Unmapper {
  FileMapping map(FileChannel channel, long size) throws IOException;

  static Unmapper forThisJvm() {
    return Runtime.version().feature() >= 22 ? new ArenaUnmapper() : new CleanerUnmapper();
  }
}
