package dev.midstream.runners;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.api.java.ExecutionEnvironment;

/**
 * The configuration of a Flink that runs inside this JVM. Such a Flink looks for user code in the
 * system class loader, where it is not if something like Maven has loaded us into one of its own. A
 * job that names a class path gets a loader below Flink's own instead; parent first, so that all
 * classes are ours and exist once.
 */
final class EmbeddedFlink {
  private static final Set<String> IN_THIS_JVM = Set.of("[auto]", "[local]");

  private EmbeddedFlink() {}

  /** Whether a run works in this JVM, and not on a cluster that it was, or is, submitted to. */
  @SuppressWarnings("deprecation") // The old API, but Beam's, and the only one that tells.
  static boolean isMeant(FlinkPipelineOptions options) {
    return IN_THIS_JVM.contains(options.getFlinkMaster())
        && ExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }

  /** Configures {@code options} if they ask for an embedded Flink and bring no configuration. */
  static void configure(FlinkPipelineOptions options) throws IOException {
    if (!IN_THIS_JVM.contains(options.getFlinkMaster()) || options.getFlinkConfDir() != null) {
      return;
    }
    Path folder = Files.createTempDirectory("midstream-flink");
    Path file = folder.resolve("config.yaml");
    String ourCode =
        EmbeddedFlink.class.getProtectionDomain().getCodeSource().getLocation().toString();
    Files.writeString(
        file,
        """
        classloader.resolve-order: parent-first
        classloader.check-leaked-classloader: false
        pipeline.classpaths: ["%s"]
        """
            .formatted(ourCode.replace("\"", "%22")));
    file.toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    options.setFlinkConfDir(folder.toString());
  }

  /**
   * Waits until an embedded Flink is gone, which stops behind the back of the finished job; and
   * lets the shutdown hooks that it forgets to take back do their work now, because Maven closes
   * the class loader that they would need at the end of the JVM.
   */
  static void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline
        && Thread.getAllStackTraces().keySet().stream().anyMatch(EmbeddedFlink::isFlinks)) {
      Thread.sleep(20);
    }
    for (Thread hook : shutdownHooks()) {
      if (hook.getName().endsWith(" shutdown hook")
          && Runtime.getRuntime().removeShutdownHook(hook)) {
        hook.start();
        hook.join(TimeUnit.SECONDS.toMillis(5));
      }
    }
  }

  private static boolean isFlinks(Thread thread) {
    return thread.getName().startsWith("flink-") || thread.getName().startsWith("mini-cluster-");
  }

  /** The hooks of this JVM; none where it does not let us see them. */
  private static List<Thread> shutdownHooks() {
    try {
      Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      hooks.setAccessible(true);
      List<Thread> found = new ArrayList<>();
      for (Object hook : ((Map<?, ?>) hooks.get(null)).keySet()) {
        found.add((Thread) hook);
      }
      return found;
    } catch (ReflectiveOperationException | RuntimeException notVisible) {
      return List.of();
    }
  }
}
