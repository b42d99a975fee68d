package dev.midstream.benchmarks.runs;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;

/** What all threads of this JVM have allocated, the ended ones too. */
final class Allocation {
  private Allocation() {}

  /** In bytes; not a number on a JDK before 21, which counts living threads only. */
  static double bytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try {
      return ((Number) ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(threads))
          .doubleValue();
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Double.NaN;
    }
  }
}
