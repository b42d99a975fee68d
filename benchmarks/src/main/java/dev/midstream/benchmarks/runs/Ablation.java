package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A technique switched off, or chosen otherwise than a run chooses it. */
enum Ablation {
  BASE("as it is", "", ""),
  MMAP("memory mapping", "every file mapped", "", "--readMode=mmap"),
  READ("memory mapping", "no file mapped", "", "--readMode=read"),
  BATCH_1(
      "batches", "of 1 file: single elements, statements and commits", "", "--writeBatchSize=1"),
  BATCH_10("batches", "of 10 files", "", "--writeBatchSize=10"),
  BATCH_100("batches", "of 100 files", "", "--writeBatchSize=100"),
  BATCH_5000("batches", "of 5,000 files", "", "--writeBatchSize=5000"),
  PARALLEL("collector", "Parallel", "-XX:+UseParallelGC"),
  ZGC("collector", "ZGC", "-XX:+UseZGC"),
  SERIAL("collector", "Serial", "-XX:+UseSerialGC"),
  JEMALLOC("allocator", "jemalloc preloaded", ""),
  AVX_0("what the JIT may use", "UseAVX=0", "-XX:UseAVX=0"),
  AVX_1("what the JIT may use", "UseAVX=1", "-XX:UseAVX=1"),
  AVX_2("what the JIT may use", "UseAVX=2", "-XX:UseAVX=2"),
  SCALAR("kernels", "scalar twins only: no Vector API", ""),
  C1("compilers", "C1 only", "-XX:TieredStopAtLevel=1"),
  THREADS_1("threads", "1", "", "--targetParallelism=1"),
  THREADS_2("threads", "2", "", "--targetParallelism=2"),
  THREADS_4("threads", "4", "", "--targetParallelism=4"),
  POOL_1("connections", "1 for all threads", "", "--poolSize=1"),
  ALL_OFF(
      "all together",
      "batches of 1, every file mapped, scalar, Serial, 1 thread",
      "-XX:+UseSerialGC",
      "--writeBatchSize=1",
      "--readMode=mmap",
      "--targetParallelism=1");

  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final String technique;
  private final String change;
  private final String jvmFlag;
  private final List<String> arguments;

  Ablation(String technique, String change, String jvmFlag, String... arguments) {
    this.technique = technique;
    this.change = change;
    this.jvmFlag = jvmFlag;
    this.arguments = List.of(arguments);
  }

  String technique() {
    return technique;
  }

  String change() {
    return change;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether this machine has what it takes. */
  boolean isPossible() throws IOException {
    return this != JEMALLOC || jemalloc().isPresent();
  }

  Figures run(LaidCorpus corpus, Path data) throws IOException, InterruptedException {
    ChildJvm child = ChildJvm.of(MeasuredRun.class);
    if (!jvmFlag.isEmpty()) {
      child.flags(jvmFlag);
    }
    if (this == SCALAR || this == ALL_OFF) {
      child.withoutVectors();
    }
    if (this == JEMALLOC) {
      child.environment("LD_PRELOAD", jemalloc().orElseThrow().toString());
    }
    return run(child.with("--reanalyze"), corpus, data, arguments);
  }

  /** A run into a new database. */
  static Figures run(ChildJvm child, LaidCorpus corpus, Path data, List<String> arguments)
      throws IOException, InterruptedException {
    // Not the server's programs: unpacking them again is no part of a run.
    LaidCorpus.delete(data.resolve("data"));
    child.with("--input=" + corpus.folder(), "--dataDir=" + data);
    arguments.forEach(child::with);
    return Figures.of(child);
  }

  private static Optional<Path> jemalloc() throws IOException {
    try (Stream<Path> files = Files.find(LIBRARIES, 2, Ablation::isJemalloc)) {
      return files.findFirst();
    }
  }

  private static boolean isJemalloc(Path path, Object attributes) {
    return path.getFileName().toString().startsWith("libjemalloc.so");
  }
}
