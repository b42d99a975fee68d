package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.ChildJvm;
import dev.midstream.benchmarks.runs.FilesInThreads.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is compared over one corpus, each in a JVM of its own. */
enum Contestant {
  DIRECT("Midstream, DirectRunner", List.of("--runner=DirectRunner", "--reanalyze")),
  CACHED("Midstream, bundled jar with its start-up cache", List.of("--reanalyze")),
  FLINK("Midstream, embedded Flink", List.of("--runner=FlinkRunner", "--reanalyze")),
  SPARING("Midstream, DirectRunner, copies spared", List.of("--runner=DirectRunner")),
  ENGINE("read + parse + analyse alone", Work.ENGINE),
  FRESH("the same, an arena a file", Work.FRESH_ARENAS),
  JAVAX("javax.sound.midi, parsing alone", Work.JAVAX);

  private final String label;
  private final List<String> arguments;
  private final Work work;

  Contestant(String label, List<String> arguments) {
    this.label = label;
    this.arguments = arguments;
    this.work = null;
  }

  Contestant(String label, Work work) {
    this.label = label;
    this.arguments = List.of();
    this.work = work;
  }

  String label() {
    return label;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a whole run, with a pipeline and a database. */
  boolean isRun() {
    return work == null;
  }

  /**
   * From a cold JVM, with as many threads as there are processors; a run into a new database.
   *
   * @param cached what {@link #CACHED} runs, or null where it is no contestant
   */
  Figures run(LaidCorpus corpus, Path data, @Nullable CachedJar cached)
      throws IOException, InterruptedException {
    if (this == CACHED) {
      return Ablation.run(cached.running(MeasuredRun.class), corpus, data, arguments);
    }
    if (isRun()) {
      return Ablation.run(ChildJvm.of(MeasuredRun.class), corpus, data, arguments);
    }
    String threads = Integer.toString(Runtime.getRuntime().availableProcessors());
    return Figures.of(
        ChildJvm.of(FilesInThreads.class).with(work.name(), threads, corpus.folder().toString()));
  }
}
