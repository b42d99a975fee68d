package dev.midstream.benchmarks;

import dev.midstream.pipeline.UserError;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of {@link KernelBenchmark}.
 *
 * @param kernels what is measured, methods of {@link KernelPairs}
 * @param notes how many notes, each in rows of its own
 * @param rounds forks of each twin
 * @param bits the width of the vectors; 0 for this CPU's
 */
record KernelOptions(List<String> kernels, List<Integer> notes, int rounds, int bits) {
  private static final List<String> ALL =
      List.of("periodicity", "correlation", "onsets", "onsetsOfTracks", "statistics");

  static final String USAGE =
      "[--kernels="
          + String.join(",", ALL)
          + "] [--notes=1000,10000,100000] [--rounds=2]"
          + " [--bits=128|256|512]";

  static KernelOptions parse(String[] args) {
    List<String> kernels = ALL;
    List<Integer> notes = List.of(1_000, 10_000, 100_000);
    int rounds = 2;
    int bits = 0;
    for (String arg : args) {
      int equals = arg.indexOf('=') + 1;
      String value = arg.substring(equals);
      switch (arg.substring(0, equals)) {
        case "--kernels=" -> kernels = kernels(value);
        case "--notes=" ->
            notes =
                Arrays.stream(value.split(",", -1))
                    .map(each -> Arguments.number("--notes", each, 1_000, 10_000_000))
                    .toList();
        case "--rounds=" -> rounds = Arguments.number("--rounds", value, 1, 100);
        case "--bits=" -> bits = bits(value);
        default -> throw new UserError("unknown argument " + arg + "; it takes " + USAGE);
      }
    }
    return new KernelOptions(kernels, notes, rounds, bits);
  }

  private static List<String> kernels(String value) {
    List<String> kernels = List.of(value.split(",", -1));
    if (!ALL.containsAll(kernels)) {
      throw new UserError("--kernels=" + value + ": only " + String.join(", ", ALL));
    }
    return kernels;
  }

  private static int bits(String value) {
    int bits = Arguments.number("--bits", value, 128, 512);
    if (Integer.bitCount(bits) != 1) {
      throw new UserError("--bits=" + value + ": 128, 256 or 512");
    }
    return bits;
  }

  /** What a fork is started with. */
  String[] jvmArgs() {
    List<String> args = List.of("--add-modules=jdk.incubator.vector", "-Xmx512m");
    return bits == 0
        ? args.toArray(String[]::new)
        : new String[] {args.get(0), args.get(1), "-Dmidstream.simd.bits=" + bits};
  }
}
