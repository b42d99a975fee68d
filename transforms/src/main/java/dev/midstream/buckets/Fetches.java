package dev.midstream.buckets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that read objects, as many as may be read at once, for all steps of this JVM; first
 * asked, first read. They are there when they are needed, and end when they no longer are.
 */
final class Fetches {
  private static final Map<Integer, Fetches> OF_THIS_JVM = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor threads;
  private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());

  private Fetches(int reads) {
    threads =
        new ThreadPoolExecutor(
            reads,
            reads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "midstream-fetch");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Those of this JVM that are {@code reads}. */
  static Fetches of(int reads) {
    return OF_THIS_JVM.computeIfAbsent(reads, Fetches::new);
  }

  /** Ends the threads of this JVM; those who ask for some later get new ones. */
  static void endAll() {
    for (Integer reads : OF_THIS_JVM.keySet()) {
      Fetches ended = OF_THIS_JVM.remove(reads);
      if (ended != null) {
        ended.threads.shutdown();
      }
    }
  }

  /** The same at once: what is being read is interrupted, and what waits is cancelled. */
  static void abandonAll() {
    for (Integer reads : OF_THIS_JVM.keySet()) {
      Fetches abandoned = OF_THIS_JVM.remove(reads);
      if (abandoned != null) {
        abandoned.threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
      }
    }
  }

  Future<Fetch.Result> submit(Fetch fetch) {
    return threads.submit(fetch);
  }

  /** How many wait for a thread. */
  int waiting() {
    return threads.getQueue().size();
  }

  /** When a store last answered, by {@link System#nanoTime}. */
  AtomicLong lastAnswer() {
    return lastAnswer;
  }
}
