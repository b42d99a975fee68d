package dev.midstream.buckets;

/**
 * That a step reads from stores. When the last in this JVM no longer does, their clients and the
 * threads that read are ended: a worker lives longer than a job, and what nobody ends holds
 * connections, and the classes of the job. Who asks for a store later gets a new client.
 */
public final class StoreUse implements AutoCloseable {
  private static int users;

  private boolean ended;

  private StoreUse() {}

  /** Begins a use, which somebody has to close. */
  public static StoreUse begin() {
    synchronized (StoreUse.class) {
      users++;
    }
    return new StoreUse();
  }

  /** How many uses there are in this JVM, among which they share it. */
  public static int users() {
    synchronized (StoreUse.class) {
      return users;
    }
  }

  /**
   * Ends all that this JVM reads, for a run that has failed: the DirectRunner does not tear down
   * the steps that had no part in it, and what they have asked for would be asked for again, for
   * minutes, in whatever comes next.
   */
  public static void abandonAll() {
    synchronized (StoreUse.class) {
      Fetches.abandonAll();
      ObjectStores.closeAll();
    }
  }

  /** Ends it; nothing may be on its way any more. */
  @Override
  public void close() {
    synchronized (StoreUse.class) {
      if (ended) {
        return;
      }
      ended = true;
      users--;
      if (users == 0) {
        Fetches.endAll();
        ObjectStores.closeAll();
      }
    }
  }
}
