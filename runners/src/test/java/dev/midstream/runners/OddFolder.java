package dev.midstream.runners;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of everything that a music library should not hold, beside good files; two of them
 * change all the time until this is closed.
 */
final class OddFolder implements AutoCloseable {
  /** Read for long enough that whoever changes it gets a turn meanwhile. */
  private static final int BUSY_BYTES = 64 << 20;

  private final Path folder;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean closed;

  private OddFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @param largest what {@code --maxFileBytes} will say; more than the files that change have
   */
  static OddFolder make(Path folder, int largest) throws Exception {
    OddFolder odd = new OddFolder(folder);
    odd.goodFiles();
    odd.content(largest);
    odd.noFiles();
    odd.closedOnes();
    odd.changing();
    return odd;
  }

  /** URI, status, reason and detail of the row that each must become, by URI. */
  List<List<String>> rows() {
    return rows.stream().sorted((a, b) -> a.get(0).compareTo(b.get(0))).toList();
  }

  private void goodFiles() throws Exception {
    copy("good.mid");
    copy("deep/er/good.KAR");
    // A folder may have any name, and what is in it is found.
    copy("folder.mid/inside.mid");
    rejected("folder.mid", "not_a_file", "a folder");
    // A name that is not UTF-8 is one all the same; its bytes are in the URI.
    shell("cp \"$0\" \"$1/$(printf 'b\\344r.mid')\"", Testdata.LIBRARY + "/keys/d-major-2.mid");
    analyzed("file://" + folder + "/b%E4r.mid");
  }

  private void content(int largest) throws Exception {
    write("empty.mid", "");
    rejected("empty.mid", "empty", "the file has no bytes");
    write("note.mid", "to do");
    rejected("note.mid", "not_midi", "no MThd header; it begins 74 6F 20 64 6F (to do)");
    write("torn.mid", "MThd\0\0\0\6\0\0\0");
    rejected("torn.mid", "truncated_header", "the file ends 11 bytes into its header of 14");
    write("trackless.mid", "MThd\0\0\0\6\0\0\0\1\0\140");
    rejected("trackless.mid", "no_tracks", "a header, but no track chunk");
    write("silent.mid", "MThd\0\0\0\6\0\0\0\1\0\140MTrk\0\0\0\0");
    rejected("silent.mid", "no_events", "no event in 1 track chunks");
    // Four million notes of three bytes, of which none ever ends.
    String notes = "\0\74\1".repeat((1 << 22) + 1);
    write("crowded.mid", "MThd\0\0\0\6\0\0\0\1\0\140MTrk\0\300\0\4\0\220" + notes.substring(1));
    rejected("crowded.mid", "too_many_events", "more than 4194304 notes or events");
    try (RandomAccessFile file = new RandomAccessFile(path("large.mid").toFile(), "rw")) {
      file.setLength(largest + 1L);
    }
    rejected(
        "large.mid",
        "too_large",
        "%d bytes or more; --maxFileBytes allows %d".formatted(largest + 1L, largest));
  }

  private void noFiles() throws Exception {
    shell("mkfifo \"$1/pipe.mid\"", "");
    rejected("pipe.mid", "not_a_file", "a pipe, a socket or a device");
    Files.createSymbolicLink(path("link.mid"), Path.of("/no/such/file.mid"));
    rejected("link.mid", "not_a_file", "a link that leads nowhere: /no/such/file.mid");
    Files.createSymbolicLink(path("self.mid"), Path.of("self.mid"));
    rejected("self.mid", "not_a_file", "a link that leads nowhere: self.mid");
    Files.createSymbolicLink(path("loop"), folder);
  }

  private void closedOnes() throws Exception {
    copy("secret.mid");
    copy("closed/secret.mid");
    rows.removeIf(row -> row.get(0).endsWith("/secret.mid"));
    allow("secret.mid", "---------");
    allow("closed", "---------");
    rejected("secret.mid", "unreadable", "permission denied");
    rejected("closed", "unreadable", "a folder that may not be listed");
  }

  private void changing() throws Exception {
    // Whether the cut meets the opening, the reading or the time is a matter of luck.
    rejected("cut.mid", "changed_while_read", null);
    repeat("cut.mid", (file, n) -> file.setLength(n % 2 == 0 ? BUSY_BYTES : BUSY_BYTES / 2));
    rejected("busy.mid", "changed_while_read", "overwritten or replaced while it was read");
    repeat(
        "busy.mid",
        (file, n) -> {
          file.seek(n * 4096 % BUSY_BYTES);
          file.write((int) n);
        });
  }

  private interface Change {
    void apply(RandomAccessFile file, long n) throws IOException;
  }

  private void repeat(String name, Change change) throws IOException {
    Path path = path(name);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(BUSY_BYTES);
    }
    Thread writer =
        new Thread(
            () -> {
              try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                for (long n = 1; !closed; n++) {
                  change.apply(file, n);
                  // The kernel's own times are coarser than some reads.
                  Files.setLastModifiedTime(path, FileTime.fromMillis(n));
                  Thread.sleep(1);
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            "writer of " + name);
    writer.start();
    writers.add(writer);
  }

  private Path path(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return path;
  }

  private void write(String name, String bytes) throws IOException {
    Files.write(path(name), bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void copy(String name) throws IOException {
    Files.copy(Testdata.LIBRARY.resolve("keys/d-major-2.mid"), path(name));
    analyzed(folder.resolve(name).toString());
  }

  private void analyzed(String uri) {
    add(uri, "analyzed", null, null);
  }

  private void rejected(String name, String reason, String detail) {
    add(folder.resolve(name).toString(), "rejected", reason, detail);
  }

  private void add(String uri, String status, String reason, String detail) {
    List<String> row = new ArrayList<>();
    row.add(uri);
    row.add(status);
    row.add(reason);
    row.add(detail);
    rows.add(row);
  }

  private void allow(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
  }

  /** The argument is {@code $0}, the folder {@code $1}. */
  private void shell(String script, String argument) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script, argument, folder.toString()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(script + " ended with status " + process.exitValue());
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    for (Thread writer : writers) {
      writer.join();
    }
    allow("closed", "rwx------");
  }
}
