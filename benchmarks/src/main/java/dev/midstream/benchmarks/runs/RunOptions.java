package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.Arguments;
import dev.midstream.pipeline.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arguments of {@link RunBenchmark}.
 *
 * @param input the folder of the corpus
 * @param work where corpora are laid and databases live; on the file system of {@code input}, if
 *     links are to do
 * @param paths how many paths the runs are over
 * @param unique whether each path has a content of its own, made from the corpus
 * @param rounds rounds, in which all that is compared takes its turn
 * @param parts what is measured
 * @param contestants those of the part {@code runs}; empty for all
 * @param ablations those of the part {@code ablations}, by their keys; empty for all
 */
record RunOptions(
    Path input,
    Path work,
    int paths,
    boolean unique,
    int rounds,
    Set<Part> parts,
    List<String> contestants,
    List<String> ablations) {
  static final String USAGE =
      "--input=FOLDER [--work=FOLDER] [--paths=106254] [--unique] [--rounds=5]"
          + " [--parts=runs,startup,ablations] [--contestants=…] [--ablations=…]";

  /** What can be measured. */
  enum Part {
    RUNS,
    STARTUP,
    ABLATIONS
  }

  static RunOptions parse(String[] args) {
    Path input = null;
    Path work = Path.of("target", "runs");
    int paths = 106_254;
    boolean unique = false;
    int rounds = 5;
    Set<Part> parts = EnumSet.allOf(Part.class);
    List<String> contestants = List.of();
    List<String> ablations = List.of();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      String value = equals < 0 ? "" : arg.substring(equals + 1);
      switch (name) {
        case "--input" -> input = Arguments.path(name, value);
        case "--work" -> work = Arguments.path(name, value);
        case "--paths" -> paths = Arguments.number(name, value, 1, 100_000_000);
        case "--unique" -> unique = value.isEmpty() || value.equals("true");
        case "--rounds" -> rounds = Arguments.number(name, value, 1, 1000);
        case "--parts" -> parts = parts(value);
        case "--contestants" -> contestants = List.of(value.split(",", -1));
        case "--ablations" -> ablations = List.of(value.split(",", -1));
        default -> throw new UserError("unknown argument " + arg + "; it takes " + USAGE);
      }
    }
    if (input == null || !Files.isDirectory(input)) {
      throw new UserError("--input=" + input + ": no such folder; it takes " + USAGE);
    }
    return new RunOptions(
        input.toAbsolutePath(),
        work.toAbsolutePath(),
        paths,
        unique,
        rounds,
        parts,
        contestants,
        ablations);
  }

  private static Set<Part> parts(String value) {
    try {
      return Arrays.stream(value.split(",", -1))
          .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT)))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    } catch (IllegalArgumentException e) {
      throw new UserError("--parts=" + value + ": only runs, startup, ablations", e);
    }
  }
}
