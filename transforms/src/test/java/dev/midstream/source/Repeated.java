package dev.midstream.source;

import java.util.concurrent.atomic.AtomicReference;

/** Somebody who does the same thing to a file again and again, until closed. */
final class Repeated implements AutoCloseable {
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;

  /** What is done again and again. */
  interface Action {
    void run() throws Exception;
  }

  private Repeated(Action action) {
    thread = new Thread(() -> repeat(action), "repeated");
  }

  static Repeated start(Action action) {
    Repeated repeated = new Repeated(action);
    repeated.thread.start();
    return repeated;
  }

  private void repeat(Action action) {
    try {
      while (!closed) {
        action.run();
      }
    } catch (Exception e) {
      failure.set(e);
    }
  }

  /** Fails if the action has. */
  void check() {
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
