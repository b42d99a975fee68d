package dev.midstream.benchmarks;

import dev.midstream.pipeline.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The arguments of {@link ReaderBenchmark}.
 *
 * @param input the folder of the corpus
 * @param rounds the counted rounds
 * @param warmUpSeconds how long each reader is warmed up
 * @param parts what is measured
 * @param million whether the cold start goes on to a million files
 */
record BenchmarkOptions(
    Path input, int rounds, int warmUpSeconds, Set<Part> parts, boolean million) {
  static final String USAGE =
      "--input=FOLDER [--rounds=5] [--warmUpSeconds=10] [--parts=readers,reading,cold,memory]"
          + " [--million]";

  /** What can be measured. */
  enum Part {
    READERS,
    READING,
    COLD,
    MEMORY
  }

  static BenchmarkOptions parse(String[] args) {
    Path input = null;
    int rounds = 5;
    int warmUpSeconds = 10;
    Set<Part> parts = EnumSet.allOf(Part.class);
    boolean million = false;
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      String value = equals < 0 ? "" : arg.substring(equals + 1);
      switch (name) {
        case "--input" -> input = Arguments.path(name, value);
        case "--rounds" -> rounds = Arguments.number(name, value, 1, 1000);
        case "--warmUpSeconds" -> warmUpSeconds = Arguments.number(name, value, 0, 3600);
        case "--parts" -> parts = parts(value);
        case "--million" -> million = flag(name, value);
        default -> throw new UserError("unknown argument " + arg + "; it takes " + USAGE);
      }
    }
    if (input == null) {
      throw new UserError("--input is missing; it takes " + USAGE);
    }
    return new BenchmarkOptions(input, rounds, warmUpSeconds, parts, million);
  }

  private static boolean flag(String name, String value) {
    if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      throw new UserError(name + "=" + value + ": true, false or nothing");
    }
    return !value.equals("false");
  }

  private static Set<Part> parts(String value) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : value.split(",", -1)) {
      parts.add(
          Arrays.stream(Part.values())
              .filter(part -> part.name().equals(name.toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError("--parts=" + value + ": only readers, reading, cold, memory")));
    }
    return parts;
  }
}
