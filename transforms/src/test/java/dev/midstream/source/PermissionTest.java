package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file system refuses, in a JVM to which it does refuse something. */
class PermissionTest {
  @TempDir private Path folder;

  @Test
  void whatMayNotBeReadIsListedAndRejected() throws IOException {
    Files.write(folder.resolve("secret.mid"), new byte[3]);
    Files.write(folder.resolve("secret empty.mid"), new byte[0]);
    for (String name : List.of("hidden", "names only", "not even names.mid")) {
      Files.createDirectory(folder.resolve(name));
      Files.write(folder.resolve(name).resolve("inside.mid"), new byte[3]);
    }
    Files.write(folder.resolve("open.mid"), new byte[] {7});
    allow("secret.mid", "---------");
    allow("secret empty.mid", "---------");
    allow("hidden", "--x--x--x");
    allow("names only", "r--r--r--");
    allow("not even names.mid", "---------");
    allow("", "rwxr-xr-x");
    try {
      assumeTrue(
          Systems.javaWithoutPrivileges(Unprivileged.class, List.of(folder.toString()), folder),
          "runs as root, who has no way here to be refused anything");
    } finally {
      for (String name : List.of("hidden", "names only", "not even names.mid")) {
        allow(name, "rwxr-xr-x");
      }
    }
  }

  private void allow(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  /** Lists and reads the folder; what it asserts decides the status of its JVM. */
  static final class Unprivileged {
    private Unprivileged() {}

    public static void main(String[] args) throws IOException {
      FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
      Path folder = Path.of(args[0]);
      String prefix = LocalPaths.uriOf(folder) + "/";
      List<Metadata> found =
          FileSystems.match(FolderFileSystem.specOf(folder)).metadata().stream()
              .sorted((a, b) -> a.resourceId().toString().compareTo(b.resourceId().toString()))
              .toList();
      assertThat(
          found.stream()
              .map(file -> uriOf(file).substring(prefix.length()) + " " + file.sizeBytes())
              .toList(),
          contains(
              "hidden -1",
              "names only -1",
              "not even names.mid -1",
              "open.mid 1",
              "secret empty.mid 0",
              "secret.mid 3"));

      Rejected denied = new Rejected(RejectReason.UNREADABLE, 0, "permission denied");
      Rejected lost = new Rejected(RejectReason.UNREADABLE, 0, "a folder that may not be listed");
      for (ReadMode mode : ReadMode.values()) {
        ContentReader reader = new ContentReader(mode, 100, 0);
        for (Metadata file : found) {
          String uri = uriOf(file);
          Rejected expected =
              file.sizeBytes() < 0 ? lost : uri.endsWith("/open.mid") ? null : denied;
          FileEntry entry = new FileEntry(uri, file.sizeBytes(), file.lastModifiedMillis());
          assertThat(uri, reader.append(entry), equalTo(expected));
        }
        assertThat(reader.size(), is(1));
        // As files were listed before their folder was closed.
        for (String hidden : List.of("names only", "not even names.mid")) {
          for (long size : new long[] {3, 0, FileEntry.NOT_A_FILE}) {
            FileEntry entry = new FileEntry(prefix + hidden + "/inside.mid", size, 0);
            assertThat(entry.toString(), reader.append(entry), equalTo(denied));
          }
        }
      }
    }

    private static String uriOf(Metadata file) {
      return ((FolderResourceId) file.resourceId()).uri();
    }
  }
}
