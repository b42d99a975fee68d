package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.Conditions;
import dev.midstream.benchmarks.Report;
import dev.midstream.benchmarks.runs.RunOptions.Part;
import dev.midstream.pipeline.UserError;
import java.io.IOException;

/**
 * How fast whole runs are, from files to rows: against reading alone and against {@code
 * javax.sound.midi}, from launch to exit, and with each technique left out. All that is compared
 * takes its turn in every round, each in a JVM of its own.
 */
public final class RunBenchmark {
  private RunBenchmark() {}

  /** Takes {@code --input=FOLDER} and what {@code docs/benchmarks.md} tells. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      run(RunOptions.parse(args));
    } catch (UserError e) {
      System.err.println("runs: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(RunOptions options) throws IOException, InterruptedException {
    Conditions.print();
    Report.line(
        "- rounds: %d%s", options.rounds(), options.rounds() < 5 ? ", too few to trust" : "");
    if (options.parts().contains(Part.RUNS)) {
      RunComparison.run(options);
    }
    if (options.parts().contains(Part.STARTUP)) {
      StartupComparison.run(options);
    }
    if (options.parts().contains(Part.ABLATIONS)) {
      AblationTable.run(options);
    }
  }
}
