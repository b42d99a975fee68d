package dev.midstream.source;

/** How the bytes of a local file are taken in; files in buckets are always fetched whole. */
public enum ReadMode {
  /** Read small files, map large ones ({@link ContentReader#AUTO_MAPPING_BYTES}). */
  AUTO,
  /** Map every file. */
  MMAP,
  /** Read every file. */
  READ
}
