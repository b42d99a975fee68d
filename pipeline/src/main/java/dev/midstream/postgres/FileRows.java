package dev.midstream.postgres;

import dev.midstream.source.FileEntry;
import dev.midstream.source.LocalPaths;
import dev.midstream.transforms.FileOutcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code file}. */
final class FileRows {
  /**
   * The years 1 to 9999. A file system can tell of others, which the database does not read as they
   * are written here, and which mean no more than that the time is unknown.
   */
  private static final long FIRST_MILLIS = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private static final long LAST_MILLIS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private FileRows() {}

  /** Writes how files ended in the run {@code runId}. */
  static BatchUpsert<FileOutcome> upsert(UUID runId) {
    return new BatchUpsert<>(
        "midstream.file",
        "uri",
        List.of(
            Column.of("uri", "text", row -> row.entry().uri()),
            Column.of("size_bytes", "int8", row -> size(row.entry())),
            Column.cast("modified_at", "timestamptz", row -> modifiedAt(row.entry())),
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
            Column.cast("processed_at", "timestamptz", row -> Instant.now().toString()),
            Column.cast("missing_since", "timestamptz", row -> null)),
        null);
  }

  private static @Nullable Object size(FileEntry entry) {
    return entry.sizeBytes() == FileEntry.NOT_A_FILE ? null : entry.sizeBytes();
  }

  private static @Nullable Object modifiedAt(FileEntry entry) {
    long millis = entry.modifiedMillis();
    // A bucket that does not tell the time says 0; a local file of 1970 is one that was unpacked.
    boolean untold =
        millis == 0
            && (entry.sizeBytes() == FileEntry.NOT_A_FILE || !LocalPaths.isLocal(entry.uri()));
    return untold || millis < FIRST_MILLIS || millis > LAST_MILLIS
        ? null
        : Instant.ofEpochMilli(millis).toString();
  }

  /** What a file system or a defect says may hold anything; PostgreSQL takes no NUL. */
  private static String clean(String detail) {
    return detail.replaceAll("\\p{Cntrl}", " ");
  }
}
