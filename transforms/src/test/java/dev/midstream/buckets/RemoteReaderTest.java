package dev.midstream.buckets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.buckets.RemoteReader.Read;
import dev.midstream.buckets.StoreException.Kind;
import dev.midstream.midi.RejectReason;
import dev.midstream.midi.Seed;
import dev.midstream.source.ContentReader;
import dev.midstream.source.FileEntry;
import dev.midstream.source.ReadMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects that answer well, late, wrongly and not at all. */
@Timeout(120)
class RemoteReaderTest {
  private static final long LISTED = 1_700_000_000_123L;
  private static final long LATER = 1_700_000_100_000L;

  private final Random random = Seed.of(RemoteReaderTest.class);
  private final ContentReader into = new ContentReader(ReadMode.READ, 1 << 20, 0);

  @BeforeEach
  void reset() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    FakeStore.reset();
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(FakeStore.OPEN.get(), is(0));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static FileEntry listed(String name, long size) {
    return new FileEntry("fake://" + name, size, LISTED);
  }

  private List<Read> read(int reads, FileEntry... files) throws Exception {
    return new RemoteReader(reads, 1 << 20, () -> false).begin(List.of(files), into).finish();
  }

  private Read readOne(FileEntry file) throws Exception {
    return read(2, file).get(0);
  }

  private byte[] content(Read read) {
    return Arrays.copyOfRange(into.bytes(), read.offset(), read.offset() + read.length());
  }

  @Test
  void manyAreReadAtOnceEachIntoItsPlace() throws Exception {
    List<byte[]> contents = new ArrayList<>();
    List<FileEntry> files = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] content = bytes(random.nextInt(3000));
      contents.add(content);
      files.add(listed("o" + i, content.length));
      FakeStore.OBJECTS.put(
          "o" + i,
          request -> {
            TimeUnit.MILLISECONDS.sleep(1);
            return FakeStore.whole(content, LISTED / 1000 * 1000);
          });
    }
    List<Read> reads = read(20, files.toArray(FileEntry[]::new));
    for (int i = 0; i < 500; i++) {
      assertThat(reads.get(i).rejected(), is(nullValue()));
      assertThat(reads.get(i).entry(), is(files.get(i)));
      assertThat(content(reads.get(i)), equalTo(contents.get(i)));
      assertThat(reads.get(i).retries(), is(0));
    }
    assertThat(FakeStore.MOST_OPEN.get(), is(lessThanOrEqualTo(20)));
  }

  @Test
  void whatIsCutShortIsReadAgainFromItsBeginning() throws Exception {
    byte[] content = bytes(1000);
    byte[] other = bytes(1000);
    FakeStore.OBJECTS.put(
        "o",
        request ->
            request < 2
                ? FakeStore.answer(other, 1000, LISTED, 600)
                : FakeStore.whole(content, LISTED));
    Read read = readOne(listed("o", 1000));
    assertThat(content(read), equalTo(content));
    assertThat(read.retries(), is(2));
  }

  @Test
  void whatBreaksOffOrIsBusyIsAskedForAgain() throws Exception {
    byte[] content = bytes(1000);
    FakeStore.OBJECTS.put(
        "o",
        request -> {
          switch (request) {
            case 0:
              throw new StoreException(Kind.THROTTLED, "503 SlowDown", null);
            case 1:
              throw new StoreException(Kind.FAILED, "500", null);
            case 2:
              throw new IOException("Connection reset");
            default:
              return FakeStore.whole(content, LISTED);
          }
        });
    Read read = readOne(listed("o", 1000));
    assertThat(content(read), equalTo(content));
    assertThat(read.retries(), is(3));
  }

  @Test
  void whatHasChangedIsReadAsItIsNow() throws Exception {
    for (int length : new int[] {0, 10, 999, 1000, 1001, 70_000}) {
      byte[] now = bytes(length);
      FakeStore.OBJECTS.put("o", request -> FakeStore.whole(now, LATER));
      Read read = readOne(listed("o", 1000));
      assertThat(read.rejected(), is(nullValue()));
      assertThat(content(read), equalTo(now));
      assertThat(read.entry(), is(new FileEntry("fake://o", length, LATER)));
    }
  }

  @Test
  void aGrownOneDoesNotTouchItsNeighbours() throws Exception {
    byte[] before = bytes(100);
    byte[] grown = bytes(100_000);
    byte[] after = bytes(100);
    FakeStore.OBJECTS.put("a", request -> FakeStore.whole(before, LISTED));
    FakeStore.OBJECTS.put("b", request -> FakeStore.whole(grown, LATER));
    FakeStore.OBJECTS.put("c", request -> FakeStore.whole(after, LISTED));
    List<Read> reads = read(2, listed("a", 100), listed("b", 1), listed("c", 100));
    assertThat(content(reads.get(0)), equalTo(before));
    assertThat(content(reads.get(1)), equalTo(grown));
    assertThat(content(reads.get(2)), equalTo(after));
  }

  @Test
  void aStoreThatTellsNoLengthIsReadToTheEnd() throws Exception {
    byte[] content = bytes(300_000);
    FakeStore.OBJECTS.put(
        "o", request -> FakeStore.answer(content, ObjectChannel.UNKNOWN, LATER, content.length));
    Read read = readOne(listed("o", 5));
    assertThat(content(read), equalTo(content));
  }

  /** As those of Beam's other file systems are: no length, no time. */
  @Test
  void aPlainChannelIsReadToTheEnd() throws Exception {
    byte[] content = bytes(5000);
    FakeStore.OBJECTS.put("o", request -> Channels.newChannel(new ByteArrayInputStream(content)));
    Read read = readOne(listed("o", 5000));
    assertThat(content(read), equalTo(content));
    assertThat(read.entry(), is(listed("o", 5000)));
  }

  @Test
  void anotherLengthIsBelievedWhenItIsToldTwice() throws Exception {
    byte[] content = bytes(50);
    FakeStore.OBJECTS.put("o", request -> FakeStore.whole(content, LISTED));
    Read read = readOne(listed("o", 60));
    assertThat(content(read), equalTo(content));
    assertThat(read.retries(), is(1));
    assertThat(read.entry(), is(listed("o", 50)));
  }

  @Test
  void whatIsGoneOrForbiddenIsRejected() throws Exception {
    Read gone = readOne(listed("none", 10));
    assertThat(gone.rejected().reason(), is(RejectReason.VANISHED));
    FakeStore.OBJECTS.put(
        "o",
        request -> {
          throw new StoreException(Kind.FORBIDDEN, "403", null);
        });
    Read forbidden = readOne(listed("o", 10));
    assertThat(forbidden.rejected().reason(), is(RejectReason.UNREADABLE));
    assertThat(forbidden.rejected().detail(), is("permission denied"));
    assertThat(FakeStore.requests("o"), is(1));
  }

  @Test
  void whatIsTooLargeIsNotRead() throws Exception {
    byte[] large = bytes((1 << 20) + 1);
    FakeStore.OBJECTS.put("told", request -> FakeStore.whole(large, LATER));
    FakeStore.OBJECTS.put(
        "untold", request -> FakeStore.answer(large, ObjectChannel.UNKNOWN, LATER, large.length));
    for (String name : List.of("told", "untold")) {
      for (long size : new long[] {0, 5, large.length, Long.MAX_VALUE}) {
        Read read = readOne(listed(name, size));
        assertThat(read.rejected().reason(), is(RejectReason.TOO_LARGE));
      }
    }
    assertThat(into.bytes().length, is(lessThanOrEqualTo(8 << 20)));
  }

  @Test
  void oneThatIsAlwaysCutShortIsRejectedAndHoldsUpNobody() throws Exception {
    byte[] content = bytes(1000);
    FakeStore.OBJECTS.put("bad", request -> FakeStore.answer(content, 1000, LISTED, 999));
    FakeStore.OBJECTS.put(
        "slow",
        request -> {
          TimeUnit.MILLISECONDS.sleep(300);
          return FakeStore.whole(content, LISTED);
        });
    List<Read> reads = read(2, listed("bad", 1000), listed("slow", 1000));
    assertThat(reads.get(0).rejected().reason(), is(RejectReason.UNREADABLE));
    assertThat(
        reads.get(0).rejected().detail(),
        startsWith("not had in 8 attempts: cut short: 999 of 1000 bytes"));
    assertThat(content(reads.get(1)), equalTo(content));
  }

  @Test
  void whoIsNotKnownAnyMoreEndsTheRun() {
    FakeStore.OBJECTS.put(
        "o",
        request -> {
          throw new StoreException(Kind.WHO_ARE_YOU, "400 ExpiredToken", null);
        });
    IOException e = assertThrows(IOException.class, () -> readOne(listed("o", 1)));
    assertThat(e.getMessage(), is("cannot read on: 400 ExpiredToken"));
  }

  @Test
  void whoStopsDoesNotWaitForAStoreThatIsDown() {
    AtomicBoolean stopped = new AtomicBoolean();
    FakeStore.OBJECTS.put(
        "o",
        request -> {
          stopped.set(request >= 2);
          throw new IOException("down");
        });
    RemoteReader reader = new RemoteReader(2, 1 << 20, stopped::get);
    assertThrows(
        CancellationException.class, () -> reader.begin(List.of(listed("o", 1)), into).finish());
  }

  @Test
  void aChannelGivesNoMoreThanItHas() throws IOException {
    try (var channel = FakeStore.answer(bytes(3), 3, LATER, 3)) {
      ByteBuffer buffer = ByteBuffer.allocate(10);
      assertThat(channel.read(buffer), is(3));
      assertThat(channel.read(buffer), is(-1));
    }
  }
}
