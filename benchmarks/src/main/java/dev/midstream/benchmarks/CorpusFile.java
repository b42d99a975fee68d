package dev.midstream.benchmarks;

import dev.midstream.source.FileEntry;

/**
 * One file of the corpus.
 *
 * @param name its path below the input folder
 * @param entry its path as the pipeline has it, for readers that open it
 * @param content its bytes, which nobody writes to
 */
public record CorpusFile(String name, FileEntry entry, byte[] content) {}
