package dev.midstream.benchmarks.runs;

import com.sun.management.OperatingSystemMXBean;
import dev.midstream.runners.Main;
import dev.midstream.transforms.Progress;
import dev.midstream.transforms.Progress.Snapshot;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command in a JVM of its own, looked at from inside: after what the command prints come lines
 * {@code figure NAME VALUE}.
 */
public final class MeasuredRun {
  private static final long SAMPLE_MILLIS = 20;
  private static final double NANOS = 1e9;

  private MeasuredRun() {}

  /** Takes the arguments of the command. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Watch watch = new Watch();
    watch.start();
    int status = Main.run(args);
    watch.interrupt();
    watch.join();
    Map<String, Double> figures = new TreeMap<>(watch.figures());
    figures.put("heap.gc.seconds", gcSeconds());
    figures.put("heap.allocated.bytes", Allocation.bytes());
    figures.put("jit.seconds", Processes.compilerCpuSeconds());
    figures.put(
        "cpu.seconds",
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
            / NANOS);
    figures.put("rss.peak.bytes", Processes.peakResidentBytes());
    Snapshot end = Progress.snapshot();
    figures.put("bytes.read", (double) end.bytes());
    end.nanos()
        .forEach(
            (stage, nanos) -> figures.put("stage." + stage.label() + ".seconds", nanos / NANOS));
    figures.forEach((name, value) -> System.out.println("figure " + name + " " + value));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static double gcSeconds() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum()
        / 1e3;
  }

  /** Looks now and then at what is gone when the run has ended. */
  private static final class Watch extends Thread {
    private record Moment(long nanos, long done) {}

    private final List<Moment> moments = new ArrayList<>();
    private final PoolWatch pools = new PoolWatch();
    private double serverSeconds;

    Watch() {
      super("midstream-watch");
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        for (int i = 0; ; i++) {
          moments.add(new Moment(System.nanoTime(), Progress.snapshot().done()));
          pools.look();
          if (i % 10 == 0) {
            serverSeconds = Math.max(serverSeconds, Processes.serverCpuSeconds());
          }
          Thread.sleep(SAMPLE_MILLIS);
        }
      } catch (InterruptedException e) {
        // The run has ended.
      }
    }

    Map<String, Double> figures() {
      Map<String, Double> figures = new TreeMap<>(pools.figures());
      figures.put("server.cpu.seconds", serverSeconds);
      double all = moments.get(moments.size() - 1).done();
      figures.put("rate.first", rate(0, 0.1 * all));
      figures.put("rate.last", rate(0.9 * all, all));
      return figures;
    }

    /** Files a second between two numbers of files. */
    private double rate(double from, double to) {
      Moment begin = first(from);
      Moment end = first(to);
      double seconds = (end.nanos() - begin.nanos()) / NANOS;
      return seconds > 0 ? (end.done() - begin.done()) / seconds : 0;
    }

    /** The last moment before work has begun, or the first at which so much was done. */
    private Moment first(double done) {
      Moment before = moments.get(0);
      for (Moment moment : moments) {
        if (done == 0 ? moment.done() > 0 : moment.done() >= done) {
          return done == 0 ? before : moment;
        }
        before = moment;
      }
      return before;
    }
  }
}
