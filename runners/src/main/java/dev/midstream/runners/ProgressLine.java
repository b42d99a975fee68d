package dev.midstream.runners;

import dev.midstream.transforms.Progress;
import dev.midstream.transforms.Progress.Snapshot;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says how far a run is while it goes on: one line written over and over on a terminal, a line
 * every five seconds elsewhere.
 */
final class ProgressLine implements AutoCloseable {
  private static final long TERMINAL_MILLIS = 200;
  private static final long PLAIN_MILLIS = 5_000;
  private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream out;
  private final boolean terminal;
  private final int threads;
  private final Deque<Sample> recent = new ArrayDeque<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "midstream-progress");
            thread.setDaemon(true);
            return thread;
          });
  private int shown;

  private record Sample(long nanos, Snapshot counts) {}

  ProgressLine(PrintStream out, boolean terminal, int threads) {
    this.out = out;
    this.terminal = terminal;
    this.threads = threads;
  }

  /** Begins to tell, of a run that works with {@code threads} threads in this JVM. */
  static ProgressLine start(PrintStream out, int threads) {
    ProgressLine line = new ProgressLine(out, Terminal.isInteractive(), threads);
    line.recent.add(new Sample(System.nanoTime(), Progress.snapshot()));
    long period = line.terminal ? TERMINAL_MILLIS : PLAIN_MILLIS;
    var unused = line.clock.scheduleAtFixedRate(line::show, period, period, TimeUnit.MILLISECONDS);
    return line;
  }

  private void show() {
    String text = describe(System.nanoTime(), Progress.snapshot());
    if (terminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
      shown = text.length();
      out.flush();
    } else {
      out.println(text);
    }
  }

  /**
   * The line at a moment: files, rate over the last five seconds, rejects, what is left, and what
   * limits.
   */
  String describe(long nanos, Snapshot counts) {
    recent.addLast(new Sample(nanos, counts));
    while (recent.size() > 2 && nanos - recent.peekFirst().nanos() > RATE_NANOS) {
      recent.removeFirst();
    }
    Sample before = recent.peekFirst();
    double seconds = (nanos - before.nanos()) / 1e9;
    double rate = seconds > 0 ? (counts.done() - before.counts().done()) / seconds : 0;
    if (counts.done() == 0) {
      return "%,d files found".formatted(counts.matched());
    }
    String line =
        "%,d of %,d files, %,.0f files/s, %,d rejected"
            .formatted(counts.done(), counts.matched(), rate, counts.rejected());
    // Matching is taken to be done when it has found nothing more for a while.
    boolean matchingDone = seconds > 1 && counts.matched() == before.counts().matched();
    if (matchingDone && rate > 0) {
      long left = Math.round((counts.matched() - counts.done()) / rate);
      line += ", %d:%02d left".formatted(left / 60, left % 60);
    }
    String limit =
        new TimeShares(before.counts(), counts, nanos - before.nanos(), threads).greatest();
    return limit.isEmpty() ? line : line + ", limited by " + limit;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    if (terminal && shown > 0) {
      out.print("\r" + " ".repeat(shown) + "\r");
      out.flush();
    }
  }
}
