package dev.midstream.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.midstream.pipeline.UserError;
import dev.midstream.simd.Kernels;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The kernels in JMH pairs: vector against scalar twin. The twins take turns, each time in a JVM of
 * its own, so that what else the machine does falls on both.
 */
public final class KernelBenchmark {
  private KernelBenchmark() {}

  /** Takes what {@code docs/benchmarks.md} tells. */
  public static void main(String[] args) throws IOException, RunnerException {
    try {
      run(KernelOptions.parse(args));
    } catch (UserError e) {
      System.err.println("kernels: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(KernelOptions options) throws IOException, RunnerException {
    if (Kernels.signalBits() == 0) {
      throw new UserError("no vectors here; .mvn/jvm.config has --add-modules for them");
    }
    // Maven runs this class in its own JVM, whose class path is no use to a fork.
    System.setProperty("java.class.path", ClassPath.string());
    System.setProperty("jmh.ignoreLock", "true");
    int bits = options.bits() == 0 ? Kernels.signalBits() : options.bits();
    Conditions.print();
    Report.line("- vectors: %d bits%s", bits, options.bits() == 0 ? "" : ", forced");
    Report.line(
        "- JMH: µs, medians of the iterations of %d JVMs each, the twins in turn%n",
        options.rounds());
    Report.head(
        "kernel", "notes", "scalar", "min–max", "vector", "min–max", "ratio", "of the least");
    for (String kernel : options.kernels()) {
      for (int notes : options.notes()) {
        Map<String, DoubleStream.Builder> scores = new LinkedHashMap<>();
        for (int round = 0; round < options.rounds(); round++) {
          for (String twin : new String[] {"scalar", "vector"}) {
            Report.progress("%s, %d notes, %s, round %d", kernel, notes, twin, round + 1);
            DoubleStream.Builder all = scores.computeIfAbsent(twin, name -> DoubleStream.builder());
            measure(kernel, notes, twin, options).forEach(all::add);
          }
        }
        Spread scalar = Spread.of(scores.get("scalar").build().toArray());
        Spread vector = Spread.of(scores.get("vector").build().toArray());
        Report.row(
            kernel,
            Report.number(notes),
            Report.number(scalar.median(), 2),
            scalar.range(2),
            Report.number(vector.median(), 2),
            vector.range(2),
            Report.number(scalar.median() / vector.median(), 2),
            Report.number(scalar.min() / vector.min(), 2));
      }
    }
  }

  /** The mean of each iteration of one fork, in microseconds. */
  private static DoubleStream measure(String kernel, int notes, String twin, KernelOptions options)
      throws RunnerException {
    Options jmh =
        new OptionsBuilder()
            .include(KernelPairs.class.getName() + "\\." + kernel + "$")
            .param("notes", Integer.toString(notes))
            .param("twin", twin)
            .forks(1)
            .jvmArgs(options.jvmArgs())
            .warmupIterations(4)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(10)
            .measurementTime(TimeValue.milliseconds(100))
            .shouldFailOnError(true)
            .build();
    // Its own talk, and what a fork's JVM has to say about incubators, would be in the table.
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    OutputFormat silence = OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
    Collection<RunResult> results = new Runner(jmh, silence).run();
    return results.stream()
        .flatMap(result -> result.getBenchmarkResults().stream())
        .flatMap(fork -> fork.getIterationResults().stream())
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore());
  }
}
