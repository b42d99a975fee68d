package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMappingTest {
  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeftMapped() throws IOException {
    assertThat(FileMapping.live(), is(0));
    assertThat(OpenFiles.below(folder), is(empty()));
  }

  private FileChannel open(String name, byte[] content) throws IOException {
    return FileChannel.open(Files.write(folder.resolve(name), content), StandardOpenOption.READ);
  }

  @Test
  void aMappingShowsTheFileUntilItIsClosed() throws IOException {
    byte[] content = new byte[10_000];
    content[9_999] = 7;
    try (FileChannel channel = open("a.mid", content)) {
      FileMapping mapping = FileMapping.map(channel, content.length);
      byte[] read = new byte[content.length];
      mapping.buffer().get(read);
      assertThat(read, equalTo(content));
      assertThat(mapping.buffer().isReadOnly(), is(true));
      assertThat(FileMapping.live(), is(1));
      assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only Linux tells its mappings");
      // One handle and one mapping: the check of the other tests sees them.
      assertThat(OpenFiles.below(folder), hasSize(2));
      mapping.close();
      assertThat(OpenFiles.below(folder), hasSize(1));
    }
  }

  @Test
  void closingTwiceIsClosingOnce() throws IOException {
    try (FileChannel channel = open("a.mid", new byte[1])) {
      FileMapping first = FileMapping.map(channel, 1);
      FileMapping second = FileMapping.map(channel, 1);
      first.close();
      first.close();
      assertThat(FileMapping.live(), is(1));
      second.close();
    }
  }

  @Test
  void aRefusedMappingNamesTheLimitAndTakesNoPlace() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("w.mid"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // The JDK asks for read access before it asks the kernel; either way it is refused.
      Throwable refused = assertThrows(Exception.class, () -> FileMapping.map(channel, 10));
      assertThat(refused.getClass().getName(), containsString("NonReadableChannelException"));
    }
    if (Files.isDirectory(Path.of("/proc/self"))) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        IOException refused = assertThrows(IOException.class, () -> FileMapping.map(channel, 10));
        assertThat(refused.getMessage(), containsString("vm.max_map_count"));
      }
    }
  }

  @Test
  void aFileThatIsCutWhileItIsMappedFaultsAndTheJvmLives() throws IOException {
    // Long enough that the compilers get to it: their code meets the fault in another way.
    for (int round = 0; round < 2000; round++) {
      byte[] content = new byte[1 << 14];
      try (FileChannel channel = open("cut.mid", content);
          FileMapping mapping = FileMapping.map(channel, content.length);
          FileChannel cutter =
              FileChannel.open(folder.resolve("cut.mid"), StandardOpenOption.WRITE)) {
        cutter.truncate(0);
        assertThrows(InternalError.class, () -> mapping.copyTo(content, 0, content.length));
      }
    }
  }

  @Test
  void atTheCapAThreadWaitsUntilAMappingIsClosed() throws Exception {
    List<FileMapping> held = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    try (FileChannel channel = open("a.mid", new byte[4096])) {
      for (int i = 0; i < FileMapping.MOST_LIVE_MAPPINGS; i++) {
        held.add(FileMapping.map(channel, 4096));
      }
      assertThat(FileMapping.live(), is(FileMapping.MOST_LIVE_MAPPINGS));
      Thread waiter = new Thread(() -> mapAndClose(channel, failure, done));
      waiter.start();
      assertThat("waits", done.await(300, TimeUnit.MILLISECONDS), is(false));
      assertThat(FileMapping.live(), is(FileMapping.MOST_LIVE_MAPPINGS));
      held.get(17).close();
      assertThat("goes on", done.await(30, TimeUnit.SECONDS), is(true));
      waiter.join();
      assertThat(failure.get() == null, is(true));
      assertThat(FileMapping.live(), is(FileMapping.MOST_LIVE_MAPPINGS - 1));
      held.forEach(FileMapping::close);
    }
  }

  private static void mapAndClose(
      FileChannel channel, AtomicReference<Throwable> failure, CountDownLatch done) {
    try (FileMapping mapping = FileMapping.map(channel, 4096)) {
      if (mapping.buffer().remaining() != 4096) {
        throw new IllegalStateException("mapped " + mapping.buffer().remaining());
      }
    } catch (Throwable t) {
      failure.set(t);
    } finally {
      done.countDown();
    }
  }
}
