package dev.midstream.runners;

import dev.midstream.transforms.StopSignal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM while a run goes on: the first one lets it run dry, so that it ends by the way
 * that it always ends, only earlier; the second one, or too long a wait, ends the process at once.
 * Not by a shutdown hook: those of Flink, of Maven and of the pool would take away beside it what
 * the run still needs.
 */
final class Interruption implements AutoCloseable {
  /** With what comes after it, the process is gone within ten seconds. */
  private static final long DRY_MILLIS = TimeUnit.SECONDS.toMillis(7);

  private static final String[][] SIGNALS = {{"INT", "130"}, {"TERM", "143"}};

  private final Runnable lastWords;
  private final List<Runnable> restore = new ArrayList<>();
  private volatile int status;
  private volatile boolean ended;

  private Interruption(Runnable lastWords) {
    this.lastWords = lastWords;
  }

  /** Listens until it is closed; {@code lastWords} are said if the run does not end in time. */
  static Interruption listen(Runnable lastWords) {
    Interruption interruption = new Interruption(lastWords);
    for (String[] signal : SIGNALS) {
      interruption.handle(signal[0], Integer.parseInt(signal[1]));
    }
    return interruption;
  }

  /** Signals do what they always do: for a run that works elsewhere, which none of ours reaches. */
  static Interruption deaf() {
    return new Interruption(() -> {});
  }

  /** The exit status that tells of the signal; 0 without one. */
  int status() {
    return status;
  }

  /** By its name: the compiler warns of this package, though it is there to be used. */
  private void handle(String signal, int exitStatus) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object own =
          Proxy.newProxyInstance(
              handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  received(exitStatus);
                  return null;
                }
                return method.getName().equals("hashCode")
                    ? (Object) System.identityHashCode(proxy)
                    : method.getName().equals("equals") ? proxy == arguments[0] : "Interruption";
              });
      var handle = signals.getMethod("handle", signals, handlers);
      Object raised = signals.getConstructor(String.class).newInstance(signal);
      Object before = handle.invoke(null, raised, own);
      restore.add(
          () -> {
            try {
              handle.invoke(null, raised, before);
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (InvocationTargetException takenByTheJvm) {
      // As -Xrs asks for: then a signal ends the process as it does without us.
    } catch (ReflectiveOperationException notHere) {
      // No more than a JVM without this package can do.
    }
  }

  private synchronized void received(int exitStatus) {
    if (status != 0) {
      System.exit(status);
    }
    status = exitStatus;
    System.err.println("midstream: stopping; what is read is still written (again: at once)");
    StopSignal.give();
    Thread patience = new Thread(this::endInTime, "midstream-interruption");
    patience.setDaemon(true);
    patience.start();
  }

  private void endInTime() {
    try {
      Thread.sleep(DRY_MILLIS);
    } catch (InterruptedException e) {
      return;
    }
    if (ended) {
      return;
    }
    lastWords.run();
    // Shutdown hooks stop the embedded server.
    System.exit(status);
  }

  /** Signals do again what they did before. */
  @Override
  public void close() {
    ended = true;
    restore.forEach(Runnable::run);
  }
}
