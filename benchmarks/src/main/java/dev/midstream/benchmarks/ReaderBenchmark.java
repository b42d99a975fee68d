package dev.midstream.benchmarks;

import dev.midstream.benchmarks.BenchmarkOptions.Part;
import dev.midstream.pipeline.UserError;
import java.io.IOException;

/**
 * How fast MIDI files are read: our reader against others, reading against mapping, from a cold
 * JVM, and in how much memory. One thread; what is compared alternates within one run.
 */
public final class ReaderBenchmark {
  private ReaderBenchmark() {}

  /** Takes {@code --input=FOLDER} and what {@code docs/benchmarks.md} tells. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int status;
    try {
      status = run(BenchmarkOptions.parse(args));
    } catch (UserError e) {
      System.err.println("readers: " + e.getMessage());
      status = 2;
    }
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(BenchmarkOptions options) throws IOException, InterruptedException {
    Corpus corpus = Corpus.load(options.input());
    printConditions(options, corpus);
    boolean agreed = true;
    if (options.parts().contains(Part.READERS)) {
      agreed = ReaderComparison.run(corpus, options);
    }
    if (options.parts().contains(Part.READING)) {
      ReadingComparison.run(options.rounds());
    }
    if (options.parts().contains(Part.COLD)) {
      ColdStart.run(options);
    }
    if (options.parts().contains(Part.MEMORY)) {
      MemoryUse.run(corpus, options);
    }
    return agreed ? 0 : 1;
  }

  private static void printConditions(BenchmarkOptions options, Corpus corpus) throws IOException {
    Conditions.print();
    Report.line(
        "- corpus: %,d files, %,d bytes, median %,d bytes",
        corpus.files().size(), corpus.bytes(), corpus.medianBytes());
    Report.line(
        "- rounds: %d%s", options.rounds(), options.rounds() < 5 ? ", too few to trust" : "");
  }
}
