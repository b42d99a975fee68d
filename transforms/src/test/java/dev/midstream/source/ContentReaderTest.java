package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.midi.Seed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes of files, in every mode; and files that are not what the listing said. */
class ContentReaderTest {
  private static final long MOST_BYTES = 8 << 20;
  private static final int THRESHOLD = (int) ContentReader.AUTO_MAPPING_BYTES;

  @TempDir private Path folder;

  /** Every test leaves neither a mapping nor a handle, whatever went wrong in it. */
  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    assertThat(FileMapping.live(), is(0));
    assertThat(OpenFiles.below(folder), is(empty()));
  }

  private static ContentReader reader(ReadMode mode) {
    return new ContentReader(mode, MOST_BYTES, 0);
  }

  private FileEntry write(String name, byte[] content) throws IOException {
    Path path = Files.write(folder.resolve(name), content);
    return entry(path, content.length);
  }

  private static FileEntry entry(Path path, long size) throws IOException {
    long modified =
        Files.exists(path) ? Files.getLastModifiedTime(path).toMillis() : 1_700_000_000_000L;
    return new FileEntry(LocalPaths.uriOf(path), size, modified);
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void filesOfEverySizeAreReadToTheByte(ReadMode mode) throws IOException {
    Random random = Seed.of(ContentReaderTest.class);
    // Alone in an array that fits, and one after another in one that must grow.
    ContentReader all = reader(mode);
    for (int size : new int[] {0, 1, 4096, THRESHOLD - 1, THRESHOLD, THRESHOLD + 1, 4095, 0}) {
      byte[] content = random(random, size);
      FileEntry entry = write(size + ".mid", content);
      ContentReader alone = new ContentReader(mode, MOST_BYTES, size);
      assertThat(alone.append(entry), is(nullValue()));
      assertThat(alone.size(), is(size));
      assertThat(Arrays.equals(alone.bytes(), content), is(true));
      assertThat(alone.entry(), equalTo(entry));

      int offset = all.size();
      assertThat(all.append(entry), is(nullValue()));
      assertThat(all.size(), is(offset + size));
      assertThat(Arrays.equals(all.bytes(), offset, offset + size, content, 0, size), is(true));
    }
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aFileAtTheLimitIsReadAndOneBeyondIsNot(ReadMode mode) throws IOException {
    ContentReader reader = new ContentReader(mode, 1000, 0);
    assertThat(reader.append(write("fits.mid", new byte[1000])), is(nullValue()));
    assertThat(
        reader.append(write("large.mid", new byte[1001])),
        equalTo(
            new Rejected(
                RejectReason.TOO_LARGE, 1000, "1001 bytes or more; --maxFileBytes allows 1000")));
    assertThat(reader.size(), is(1000));
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void whatVanishedIsRejected(ReadMode mode) throws IOException {
    Rejected vanished =
        new Rejected(RejectReason.VANISHED, 0, "listed, but not there when it was read");
    for (long size : new long[] {100, 0, FileEntry.NOT_A_FILE}) {
      ContentReader reader = reader(mode);
      FileEntry gone = entry(folder.resolve("gone.mid"), size);
      assertThat(reader.append(gone), equalTo(vanished));
      assertThat(reader.size(), is(0));
      assertThat(reader.entry(), equalTo(gone));
    }
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aFolderIsNoFile(ReadMode mode) throws IOException {
    Path path = Files.createDirectory(folder.resolve("folder.mid"));
    Rejected rejected = new Rejected(RejectReason.NOT_A_FILE, 0, "a folder");
    // As a folder is listed; and as one that was a file when it was listed, of the size that the
    // folder has by now, as it may be on ext4, or of another.
    for (long size : new long[] {FileEntry.NOT_A_FILE, 0, 40, 4096}) {
      assertThat(reader(mode).append(entry(path, size)), equalTo(rejected));
    }
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aPipeIsNoFileAndNobodyWaitsForIt(ReadMode mode) throws IOException {
    Path path = folder.resolve("pipe.mid");
    Systems.makePipe(path);
    Rejected rejected = new Rejected(RejectReason.NOT_A_FILE, 0, "a pipe, a socket or a device");
    // Opening a pipe blocks until somebody writes into it; other listings give it the size 0.
    for (long size : new long[] {FileEntry.NOT_A_FILE, 0}) {
      FileEntry entry = entry(path, size);
      assertThat(
          assertTimeoutPreemptively(Duration.ofSeconds(10), () -> reader(mode).append(entry)),
          equalTo(rejected));
    }
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aLinkThatLeadsNowhereIsNoFile(ReadMode mode) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.mid"), Path.of("/no/such file"));
    assertThat(
        reader(mode).append(new FileEntry(LocalPaths.uriOf(link), FileEntry.NOT_A_FILE, 0)),
        equalTo(
            new Rejected(RejectReason.NOT_A_FILE, 0, "a link that leads nowhere: /no/such file")));
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aLinkThatLeadsSomewhereIsItsTarget(ReadMode mode) throws IOException {
    FileEntry target = write("target", new byte[] {1, 2, 3});
    Path link = Files.createSymbolicLink(folder.resolve("link.mid"), folder.resolve("target"));
    ContentReader reader = reader(mode);
    assertThat(
        reader.append(new FileEntry(LocalPaths.uriOf(link), 3, target.modifiedMillis())),
        is(nullValue()));
    assertThat(Arrays.copyOf(reader.bytes(), reader.size()), equalTo(new byte[] {1, 2, 3}));
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void whatHasBecomeAFileSinceIsRead(ReadMode mode) throws IOException {
    FileEntry now = write("mended.mid", new byte[] {1, 2, 3});
    ContentReader reader = reader(mode);
    FileEntry listed = new FileEntry(now.uri(), FileEntry.NOT_A_FILE, 0);
    assertThat(reader.append(listed), is(nullValue()));
    assertThat(reader.size(), is(3));
    assertThat(reader.entry(), equalTo(now));
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aFileThatChangedSinceTheListingIsReadAsItIsNow(ReadMode mode) throws IOException {
    byte[] now = random(Seed.of(ContentReaderTest.class), 5000);
    Path path = Files.write(folder.resolve("grown.mid"), now);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_234_567_890_123L));
    String uri = LocalPaths.uriOf(path);
    for (long sizeWhenListed : new long[] {0, 1, 4999, 5001, 100_000}) {
      ContentReader reader = reader(mode);
      assertThat(reader.append(new FileEntry(uri, sizeWhenListed, 99)), is(nullValue()));
      assertThat(Arrays.equals(reader.bytes(), 0, reader.size(), now, 0, 5000), is(true));
      // Otherwise the next run would take it for unchanged.
      assertThat(reader.entry(), equalTo(new FileEntry(uri, 5000, 1_234_567_890_123L)));
    }
  }

  @Test
  void aFailureLeavesTheFilesBeforeAndAfterWhole() throws IOException {
    FileEntry first = write("1.mid", new byte[] {1, 1});
    FileEntry last = write("2.mid", new byte[] {2, 2, 2});
    for (ReadMode mode : ReadMode.values()) {
      ContentReader reader = reader(mode);
      assertThat(reader.append(first), is(nullValue()));
      reader.append(entry(folder.resolve("gone.mid"), 7));
      reader.append(write("large.mid", new byte[(int) MOST_BYTES + 1]));
      assertThat(reader.append(last), is(nullValue()));
      assertThat(Arrays.copyOf(reader.bytes(), reader.size()), equalTo(new byte[] {1, 1, 2, 2, 2}));
    }
  }

  @Test
  void aFileThatIsCutShortWhileItIsReadIsRejected() throws Exception {
    // Compiled and interpreted code meet the fault of a mapping in different ways.
    ContentReader warm = reader(ReadMode.MMAP);
    FileEntry small = write("small.mid", new byte[1]);
    for (int i = 0; i < 50_000; i++) {
      warm.append(small);
    }
    int length = 64 << 20;
    Path path = folder.resolve("cut.mid");
    FileEntry listed = new FileEntry(LocalPaths.uriOf(path), length, 0);
    for (ReadMode mode : EnumSet.of(ReadMode.READ, ReadMode.MMAP)) {
      ContentReader reader = new ContentReader(mode, length, length);
      int seen = 0;
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        for (int round = 0; round < 200 && seen < 10; round++) {
          file.setLength(length);
          int delayMicros = 10 * round % 3000;
          CountDownLatch start = new CountDownLatch(1);
          Thread cutter = new Thread(() -> cut(file, start, delayMicros));
          cutter.start();
          start.countDown();
          int before = reader.size();
          Rejected rejected = reader.append(listed);
          cutter.join();
          if (rejected == null) {
            // Too early or too late: as it was then.
            assertThat(reader.size() - before, is(reader.entry().sizeBytes() == 0 ? 0 : length));
            reader = new ContentReader(mode, length, length);
          } else {
            assertThat(rejected.reason(), is(RejectReason.CHANGED_WHILE_READ));
            assertThat(rejected.detail(), startsWith("cut short while it was "));
            assertThat(reader.size(), is(before));
            seen++;
          }
        }
      }
      assertThat(mode + " met the cut " + seen + " times", seen > 0, is(true));
    }
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void aFileThatWasReplacedSinceTheListingIsReadAsItIsNow(ReadMode mode) throws IOException {
    Random random = Seed.of(ContentReaderTest.class);
    for (int length : new int[] {5000, THRESHOLD}) {
      for (int newLength : new int[] {length, length - 1000, length + 1000}) {
        for (boolean byRenaming : new boolean[] {true, false}) {
          FileEntry listed = write("replaced.mid", random(random, length));
          byte[] now = random(random, newLength);
          Path path = folder.resolve("replaced.mid");
          if (byRenaming) {
            Path other = Files.write(folder.resolve("other"), now);
            Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
          } else {
            Files.write(path, now);
          }
          FileTime later = FileTime.fromMillis(listed.modifiedMillis() + 5_000);
          Files.setLastModifiedTime(path, later);

          ContentReader reader = reader(mode);
          assertThat(reader.append(listed), is(nullValue()));
          assertThat(Arrays.equals(reader.bytes(), 0, reader.size(), now, 0, newLength), is(true));
          // Or its old time, which makes the next run read it again.
          boolean unnoticed = newLength == length && length == 5000;
          assertThat(
              reader.entry(),
              equalTo(
                  new FileEntry(
                      listed.uri(),
                      newLength,
                      unnoticed ? listed.modifiedMillis() : later.toMillis())));
        }
      }
    }
  }

  @Test
  void aFileThatIsOverwrittenAllTheTimeIsRejected() throws Exception {
    int length = 4 << 20;
    for (ReadMode mode : EnumSet.of(ReadMode.READ, ReadMode.MMAP)) {
      FileEntry listed = write("busy.mid", new byte[length]);
      Path path = folder.resolve("busy.mid");
      AtomicLong writes = new AtomicLong();
      int seen = 0;
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
          Repeated writer =
              Repeated.start(
                  () -> {
                    long n = writes.incrementAndGet();
                    file.seek(n * 4096 % length);
                    file.write((int) n);
                    // The kernel's own times are coarser than a read.
                    Files.setLastModifiedTime(path, FileTime.fromMillis(n));
                  })) {
        ContentReader reader = reader(mode);
        for (int round = 0; round < 200 && seen < 10; round++) {
          Rejected rejected = reader.append(listed);
          if (rejected == null) {
            // The writer was not given a processor all the while.
            reader = reader(mode);
            continue;
          }
          assertThat(
              rejected,
              equalTo(
                  new Rejected(
                      RejectReason.CHANGED_WHILE_READ,
                      0,
                      "overwritten or replaced while it was read")));
          assertThat(reader.size(), is(0));
          assertThat(reader.entry(), equalTo(listed));
          seen++;
        }
        writer.check();
      }
      assertThat(mode + " met " + writes + " writes " + seen + " times", seen > 0, is(true));
    }
  }

  /** One file or the other, never some of both. */
  @Test
  void aFileThatIsReplacedByAnotherIsReadWhole() throws Exception {
    byte[] ones = new byte[1_000_000];
    byte[] twos = new byte[1_500_000];
    Arrays.fill(ones, (byte) 1);
    Arrays.fill(twos, (byte) 2);
    FileEntry listed = write("swapped.mid", ones);
    Path path = folder.resolve("swapped.mid");
    AtomicLong swaps = new AtomicLong();
    try (Repeated swapper =
        Repeated.start(
            () -> {
              Path next = folder.resolve("next");
              Files.write(next, swaps.incrementAndGet() % 2 == 0 ? ones : twos);
              Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            })) {
      for (ReadMode mode : EnumSet.of(ReadMode.READ, ReadMode.MMAP)) {
        long until = swaps.get() + 200;
        int read = 0;
        while (swaps.get() < until || read == 0) {
          swapper.check();
          ContentReader reader = reader(mode);
          Rejected rejected = reader.append(listed);
          if (rejected == null) {
            byte[] whole = reader.bytes()[0] == 1 ? ones : twos;
            assertThat(reader.entry().sizeBytes(), is((long) whole.length));
            assertThat(
                Arrays.equals(reader.bytes(), 0, reader.size(), whole, 0, whole.length), is(true));
            read++;
          } else {
            assertThat(rejected.reason(), is(RejectReason.CHANGED_WHILE_READ));
          }
        }
      }
    }
  }

  private static void cut(RandomAccessFile file, CountDownLatch start, int delayMicros) {
    try {
      start.await();
      long until = System.nanoTime() + delayMicros * 1000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      file.setLength(0);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void moreFilesThanMappingsAreMappedOneAfterAnother() throws IOException {
    int files = FileMapping.MOST_LIVE_MAPPINGS + 50;
    ContentReader reader = new ContentReader(ReadMode.MMAP, MOST_BYTES, 0);
    for (int i = 0; i < files; i++) {
      assertThat(reader.append(write(i + ".mid", new byte[] {(byte) i, 7})), is(nullValue()));
      assertThat(FileMapping.live(), is(0));
    }
    assertThat(reader.size(), is(2 * files));
    for (int i = 0; i < files; i++) {
      assertThat(reader.bytes()[2 * i], is((byte) i));
    }
  }

  @Test
  void manyThreadsNeverExceedTheMostMappings() throws Exception {
    for (int i = 0; i < 400; i++) {
      write(i + ".mid", new byte[10_000]);
    }
    List<FileEntry> entries;
    try (Stream<Path> paths = Files.list(folder)) {
      entries = paths.map(path -> new FileEntry(LocalPaths.uriOf(path), 10_000, 0)).toList();
    }
    List<Thread> threads =
        Stream.generate(
                () ->
                    new Thread(
                        () -> {
                          ContentReader reader = new ContentReader(ReadMode.MMAP, MOST_BYTES, 0);
                          entries.forEach(reader::append);
                          if (reader.size() != 400 * 10_000) {
                            throw new IllegalStateException("read " + reader.size());
                          }
                        }))
            .limit(8)
            .toList();
    Set<Throwable> failures = java.util.concurrent.ConcurrentHashMap.newKeySet();
    threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, e) -> failures.add(e)));
    threads.forEach(Thread::start);
    int most = 0;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        most = Math.max(most, FileMapping.live());
        Thread.onSpinWait();
      }
    }
    assertThat(failures, is(empty()));
    // A mapping lives no longer than its file is read: one a thread.
    assertThat(most + " mappings at once", most <= 8, is(true));
  }
}
