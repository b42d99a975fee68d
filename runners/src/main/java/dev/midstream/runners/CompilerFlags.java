package dev.midstream.runners;

import java.util.List;

/**
 * What the JVM's optimizing compiler (C2) is told: to wait ten times as long as by default for what
 * is hot, and to call what has a kilobyte of code already, where it would compile up to two and a
 * half of them once more into each caller. By default it compiles what has run a few thousand
 * times, much of which has by then nearly done its work; of a first run over a hundred thousand
 * files that is a quarter of the processor time (docs/benchmarks.md). A JVM cannot set these for
 * itself: {@code .mvn/jvm.config} has them for Maven, and the argument file of {@link StartupCache}
 * for {@code java}.
 */
public final class CompilerFlags {
  /** Known to every HotSpot JVM with both compilers, from JDK 17 on. */
  public static final List<String> ALL =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000",
          "-XX:InlineSmallCode=1000");

  private CompilerFlags() {}
}
