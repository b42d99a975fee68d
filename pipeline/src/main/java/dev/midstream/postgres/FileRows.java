package dev.midstream.postgres;

import dev.midstream.source.FileEntry;
import dev.midstream.transforms.FileOutcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code file}. */
final class FileRows {
  private FileRows() {}

  /** Writes how files ended in the run {@code runId}. */
  static BatchUpsert<FileOutcome> upsert(UUID runId) {
    return new BatchUpsert<>(
        "midstream.file",
        "uri",
        List.of(
            Column.of("uri", "text", row -> row.entry().uri()),
            Column.of("size_bytes", "int8", row -> size(row.entry())),
            Column.of("modified_at", "timestamptz", row -> modifiedAt(row.entry())),
            Column.of(
                "sha256", "bytea", row -> row.content() == null ? null : row.content().toBytes()),
            Column.of("status", "text", row -> row.rejected() == null ? "analyzed" : "rejected"),
            Column.of(
                "reject_reason",
                "text",
                row -> row.rejected() == null ? null : row.rejected().reason().code()),
            Column.of(
                "reject_detail",
                "text",
                row -> row.rejected() == null ? null : clean(row.rejected().detail())),
            Column.of(
                "reject_offset",
                "int8",
                row -> row.rejected() == null ? null : row.rejected().byteOffset()),
            Column.cast("run_id", "uuid", row -> runId.toString()),
            Column.of("processed_at", "timestamptz", row -> Instant.now().toString())),
        null);
  }

  private static @Nullable Object size(FileEntry entry) {
    return entry.sizeBytes() == FileEntry.NOT_A_FILE ? null : entry.sizeBytes();
  }

  private static @Nullable Object modifiedAt(FileEntry entry) {
    return entry.modifiedMillis() == 0
        ? null
        : Instant.ofEpochMilli(entry.modifiedMillis()).toString();
  }

  /** What a file system or a defect says may hold anything; PostgreSQL takes no NUL. */
  private static String clean(String detail) {
    return detail.replaceAll("\\p{Cntrl}", " ");
  }
}
