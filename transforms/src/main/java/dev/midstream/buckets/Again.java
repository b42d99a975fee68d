package dev.midstream.buckets;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a request is made again: twice as long each time, up to {@link
 * #MOST_MILLIS}, and by lot, so that those who failed together do not come back together.
 */
final class Again {
  private static final long FIRST_MILLIS = 100;
  private static final long MOST_MILLIS = 10_000;

  private Again() {}

  /** Waits after {@code failures} failures in a row, at least 1. */
  static void await(int failures) throws InterruptedException {
    long most = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(20, failures - 1));
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
