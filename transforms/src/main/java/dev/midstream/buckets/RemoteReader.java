package dev.midstream.buckets;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.ContentReader;
import dev.midstream.source.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects whole, many at a time, into one array: each into a region of its own, as large as
 * the listing says. An object that has grown since is read once more, behind all others and alone,
 * so that a wrong listing costs no more memory than the largest file. Used by one thread; all
 * readers of a JVM share its {@link Fetches}.
 */
public final class RemoteReader {
  /** How often the room for one object is made larger. */
  private static final int MOST_GROWTHS = 8;

  private final Fetches fetches;
  private final long maxFileBytes;
  private final BooleanSupplier isStopped;

  /**
   * @param reads the most objects that are read at once in this JVM, at least 1
   * @param maxFileBytes the largest object that is read, at most 1 GiB
   * @param isStopped whether nothing more is wanted; asked before an object is tried again
   */
  public RemoteReader(int reads, long maxFileBytes, BooleanSupplier isStopped) {
    this.fetches = Fetches.of(reads);
    this.maxFileBytes = Math.min(maxFileBytes, 1L << 30);
    this.isStopped = isStopped;
  }

  /**
   * An object that was read, or why it was not.
   *
   * @param entry with size and time as they were when it was read
   * @param offset where its bytes begin
   * @param length how many there are
   * @param retries how often it was asked for again
   */
  public record Read(
      FileEntry entry, int offset, int length, @Nullable Rejected rejected, int retries) {}

  /**
   * Begins to read all of {@code objects}.
   *
   * @param into gets the bytes; it should have room for them, and is not to be used by others until
   *     the reading is finished or cancelled
   * @throws IOException if it cannot take so much
   */
  public Reading begin(List<FileEntry> objects, ContentReader into) throws IOException {
    int[] offsets = new int[objects.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = into.claim(room(objects.get(i)));
    }
    Reading reading = new Reading(objects, into, offsets);
    for (int i = 0; i < offsets.length; i++) {
      FileEntry object = objects.get(i);
      reading.waiting.add(fetches.submit(fetch(object, into, offsets[i], room(object))));
    }
    return reading;
  }

  /** How many objects, of all readers of this JVM, wait for one of the reads that are at work. */
  public int waiting() {
    return fetches.waiting();
  }

  /** A list of objects that is being read. Used by one thread. */
  public final class Reading {
    private final List<FileEntry> objects;
    private final ContentReader into;
    private final int[] offsets;
    private final List<Future<Fetch.Result>> waiting;

    private Reading(List<FileEntry> objects, ContentReader into, int[] offsets) {
      this.objects = objects;
      this.into = into;
      this.offsets = offsets;
      this.waiting = new ArrayList<>(offsets.length);
    }

    /** Whether {@link #finish} would have nothing to wait for, but for objects that have grown. */
    public boolean isDone() {
      // The last is mostly the last to come.
      for (int i = waiting.size() - 1; i >= 0; i--) {
        if (!waiting.get(i).isDone()) {
          return false;
        }
      }
      return true;
    }

    /**
     * Waits until all are read; what was read of them is in the order of the list.
     *
     * @throws IOException if nothing is to be had of a store any more
     * @throws CancellationException if the reader was stopped
     */
    public List<Read> finish() throws IOException, InterruptedException {
      try {
        // The last first, before which most others have come: one by one each would wake us up.
        for (int i = offsets.length - 1; i >= 0; i--) {
          resultOf(waiting.get(i));
        }
        List<Read> all = new ArrayList<>(offsets.length);
        for (int i = 0; i < offsets.length; i++) {
          all.add(read(offsets[i], resultOf(waiting.get(i))));
        }
        for (int i = 0; i < offsets.length; i++) {
          if (all.get(i) == null) {
            all.set(i, readGrown(objects.get(i), resultOf(waiting.get(i)), into));
          }
        }
        return all;
      } finally {
        cancel();
      }
    }

    /** Gives up what is not yet read. */
    public void cancel() {
      waiting.forEach(future -> future.cancel(true));
    }
  }

  private int room(FileEntry listed) {
    boolean isLikely = listed.sizeBytes() > 0 && listed.sizeBytes() <= maxFileBytes;
    return isLikely ? (int) listed.sizeBytes() : 0;
  }

  private Fetch fetch(FileEntry listed, ContentReader into, int offset, int room) {
    return new Fetch(
        listed, into.bytes(), offset, room, maxFileBytes, isStopped, fetches.lastAnswer());
  }

  private static @Nullable Read read(int offset, Fetch.Result result) {
    return result.hasOutgrown()
        ? null
        : new Read(result.entry(), offset, result.length(), result.rejected(), result.retries());
  }

  private Read readGrown(FileEntry listed, Fetch.Result first, ContentReader into)
      throws IOException, InterruptedException {
    Fetch.Result result = first;
    int retries = first.retries();
    int room = room(listed);
    for (int growth = 0; growth < MOST_GROWTHS && result.hasOutgrown(); growth++) {
      long wanted =
          result.outgrownTo() == ObjectChannel.UNKNOWN
              ? Math.max(64 << 10, 8L * room)
              : result.outgrownTo();
      room = (int) Math.min(maxFileBytes, wanted);
      int before = into.size();
      int offset = into.claim(room);
      Future<Fetch.Result> waiting = fetches.submit(fetch(listed, into, offset, room));
      try {
        result = resultOf(waiting);
      } finally {
        waiting.cancel(true);
      }
      retries += result.retries();
      into.release(before + result.length());
      if (!result.hasOutgrown()) {
        return new Read(result.entry(), before, result.length(), result.rejected(), retries);
      }
    }
    return new Read(
        listed,
        into.size(),
        0,
        new Rejected(
            RejectReason.CHANGED_WHILE_READ, 0, "overwritten or replaced while it was read"),
        retries);
  }

  private static Fetch.Result resultOf(Future<Fetch.Result> waiting)
      throws IOException, InterruptedException {
    try {
      return waiting.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CancellationException) {
        throw (CancellationException) cause;
      }
      throw cause instanceof IOException
          ? (IOException) cause
          : new IOException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
