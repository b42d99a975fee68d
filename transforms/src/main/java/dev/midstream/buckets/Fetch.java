package dev.midstream.buckets;

import dev.midstream.buckets.BucketPart.Kind;
import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.FileEntry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object to its end, each time from its beginning, until that succeeds: so that its bytes
 * are always those of one state of it. An object that alone cannot be had is rejected after {@link
 * #ATTEMPTS}; if none can be had, the store is waited for, for {@link BucketListing#PATIENCE}, and
 * then the run fails.
 */
final class Fetch implements Callable<Fetch.Result> {
  /** How often an object is asked for while the store answers others. */
  static final int ATTEMPTS = 8;

  /** How long an attempt may take, besides its bytes at {@link #SLOWEST_BYTES_A_SECOND}. */
  private static final Duration ATTEMPT = Duration.ofSeconds(60);

  private static final long SLOWEST_BYTES_A_SECOND = 64 << 10;

  private final FileEntry listed;
  private final byte[] into;
  private final int offset;
  private final int room;
  private final long maxFileBytes;
  private final BooleanSupplier isStopped;
  private final AtomicLong lastAnswer;
  private long otherLength = ObjectChannel.UNKNOWN;

  /** Writes to {@code into} from {@code offset} on, never more than {@code room} bytes. */
  Fetch(
      FileEntry listed,
      byte[] into,
      int offset,
      int room,
      long maxFileBytes,
      BooleanSupplier isStopped,
      AtomicLong lastAnswer) {
    this.listed = listed;
    this.into = into;
    this.offset = offset;
    this.room = room;
    this.maxFileBytes = maxFileBytes;
    this.isStopped = isStopped;
    this.lastAnswer = lastAnswer;
  }

  /**
   * How it ended.
   *
   * @param outgrownTo the length of what has no room, {@link ObjectChannel#UNKNOWN} if the store
   *     does not tell; {@link #FITS} if it has
   */
  record Result(
      FileEntry entry, int length, @Nullable Rejected rejected, long outgrownTo, int retries) {
    static final long FITS = -2;

    boolean hasOutgrown() {
      return outgrownTo != FITS;
    }
  }

  @Override
  public Result call() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    for (int failures = 1; ; failures++) {
      if (isStopped.getAsBoolean()) {
        throw new CancellationException("the run ends early");
      }
      IOException failure;
      try {
        Result result = attempt(failures - 1);
        lastAnswer.set(System.nanoTime());
        return result;
      } catch (FileNotFoundException e) {
        return rejected(RejectReason.VANISHED, gone(), failures - 1);
      } catch (StoreException e) {
        Result refusal = refusal(e, failures - 1);
        if (refusal != null) {
          lastAnswer.set(System.nanoTime());
          return refusal;
        }
        failure = e;
      } catch (IOException e) {
        failure = e;
      }
      giveUpOnTheStore(begun, failure);
      if (failures >= ATTEMPTS && lastAnswer.get() - begun > 0) {
        return rejected(reasonOf(failure), tried(failures, failure), failures - 1);
      }
      Again.await(failures);
    }
  }

  private static String gone() {
    return "listed, but not there when it was read";
  }

  private static String tried(int attempts, IOException failure) {
    return "not had in %d attempts: %s".formatted(attempts, message(failure));
  }

  private static String message(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }

  /** What an answer means that will not change; null if another may come. */
  private @Nullable Result refusal(StoreException e, int retries) throws IOException {
    switch (e.kind()) {
      case GONE:
        return rejected(RejectReason.VANISHED, gone(), retries);
      case FORBIDDEN:
        return rejected(RejectReason.UNREADABLE, "permission denied", retries);
      case REFUSED:
        return rejected(RejectReason.UNREADABLE, e.getMessage(), retries);
      case NO_BUCKET:
      case WHO_ARE_YOU:
        throw StoreException.lastWord("cannot read on: " + e.getMessage(), e);
      default:
        return null;
    }
  }

  private void giveUpOnTheStore(long begun, IOException failure) throws IOException {
    long since = Math.max(begun, lastAnswer.get());
    long waited = System.nanoTime() - since;
    if (waited > BucketListing.PATIENCE.toNanos()) {
      throw StoreException.lastWord(
          "nothing to be had for %d s, the last of it %s: %s"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(waited), listed.uri(), message(failure)),
          failure);
    }
  }

  private static RejectReason reasonOf(IOException failure) {
    return failure instanceof OtherLength
        ? RejectReason.CHANGED_WHILE_READ
        : RejectReason.UNREADABLE;
  }

  private Result rejected(RejectReason reason, String detail, int retries) {
    return new Result(listed, 0, new Rejected(reason, 0, detail), Result.FITS, retries);
  }

  private Result attempt(int retries) throws IOException {
    long deadline =
        System.nanoTime()
            + ATTEMPT.toNanos()
            + TimeUnit.SECONDS.toNanos(room / SLOWEST_BYTES_A_SECOND);
    try (ReadableByteChannel channel = FileSystems.open(resource())) {
      long told = ObjectChannel.UNKNOWN;
      long modified = ObjectChannel.UNKNOWN;
      if (channel instanceof ObjectChannel) {
        told = ((ObjectChannel) channel).length();
        modified = ((ObjectChannel) channel).modifiedMillis();
      }
      if (told > maxFileBytes) {
        return tooLarge(told, retries);
      }
      if (told > room) {
        return new Result(listed, 0, null, told, retries);
      }
      int read = readAll(channel, deadline);
      if (read > room) {
        return room >= maxFileBytes
            ? tooLarge(read, retries)
            : new Result(listed, 0, null, ObjectChannel.UNKNOWN, retries);
      }
      if (read < told) {
        throw new IOException("cut short: %d of %d bytes".formatted(read, told));
      }
      return new Result(entryNow(read, told, modified), read, null, Result.FITS, retries);
    }
  }

  private ResourceId resource() {
    String uri = listed.uri();
    return BucketFileSystem.isBucket(uri)
        ? BucketResourceId.of(Kind.OBJECT, ObjectUri.of(uri))
        : FileSystems.matchNewResource(uri, false);
  }

  private Result tooLarge(long length, int retries) {
    String detail = length + " bytes or more; --maxFileBytes allows " + maxFileBytes;
    Rejected rejected = new Rejected(RejectReason.TOO_LARGE, maxFileBytes, detail);
    return new Result(listed, 0, rejected, Result.FITS, retries);
  }

  /** How many bytes there are; more than {@code room} if there are more. */
  private int readAll(ReadableByteChannel channel, long deadline) throws IOException {
    ByteBuffer region = ByteBuffer.wrap(into, offset, room);
    // One more byte than there is room for tells whether that was the end.
    ByteBuffer beyond = ByteBuffer.allocate(1);
    while (channel.read(region.hasRemaining() ? region : beyond) >= 0) {
      if (!beyond.hasRemaining()) {
        return room + 1;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("too slow: %d bytes so far".formatted(region.position() - offset));
      }
    }
    return region.position() - offset;
  }

  /**
   * The object as it was read: as listed, or as it has become since.
   *
   * @throws OtherLength if it has not changed since, and yet has another length
   */
  private FileEntry entryNow(int length, long told, long modifiedMillis) throws IOException {
    // The time of an answer has no milliseconds; that of a listing may have.
    boolean isSameTime =
        modifiedMillis == ObjectChannel.UNKNOWN
            || TimeUnit.MILLISECONDS.toSeconds(modifiedMillis)
                == TimeUnit.MILLISECONDS.toSeconds(listed.modifiedMillis());
    if (!isSameTime) {
      return new FileEntry(listed.uri(), length, modifiedMillis);
    }
    if (length == listed.sizeBytes()) {
      return listed;
    }
    // Cut off somewhere on the way; or the listing counts otherwise, and the store says so twice.
    if (told != length || otherLength != length) {
      otherLength = told;
      throw new OtherLength(length, listed.sizeBytes());
    }
    return new FileEntry(listed.uri(), length, listed.modifiedMillis());
  }

  private static final class OtherLength extends IOException {
    private static final long serialVersionUID = 1;

    OtherLength(long length, long listed) {
      super("%d bytes, and %d when listed".formatted(length, listed));
    }
  }
}
