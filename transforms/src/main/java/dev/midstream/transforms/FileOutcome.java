package dev.midstream.transforms;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.source.FileEntry;
import org.jspecify.annotations.Nullable;

/**
 * How one file ended: one row of the table {@code file}. Immutable.
 *
 * @param content its content; null if it could not be read
 * @param rejected why it has no analysis; null if it was analysed
 */
public record FileOutcome(
    FileEntry entry, @Nullable ContentId content, @Nullable Rejected rejected) {}
