package dev.midstream.benchmarks.runs;

import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.ConnectionPools.Use;
import java.util.Map;
import java.util.TreeMap;

/** Looks at the connections of this JVM's pools, in use and waited for. */
final class PoolWatch {
  private long looks;
  private long inUse;
  private int mostInUse;
  private int mostWaiting;
  private Use last = ConnectionPools.use();

  void look() {
    last = ConnectionPools.use();
    if (last.inUse() + last.idle() == 0) {
      return;
    }
    looks++;
    inUse += last.inUse();
    mostInUse = Math.max(mostInUse, last.inUse());
    mostWaiting = Math.max(mostWaiting, last.waiting());
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("pool.used.mean", looks == 0 ? 0 : (double) inUse / looks);
    figures.put("pool.used.most", (double) mostInUse);
    figures.put("pool.waiting.most", (double) mostWaiting);
    figures.put("pool.borrows", (double) last.borrows());
    figures.put(
        "pool.borrow.micros", last.borrows() == 0 ? 0 : last.borrowNanos() / 1e3 / last.borrows());
    return figures;
  }
}
