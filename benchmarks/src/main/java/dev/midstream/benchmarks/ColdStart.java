package dev.midstream.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What our readers take from a cold JVM: each in fresh child JVMs, in turn. A child loads the
 * corpus and then reads it over and over; the time of its first 1,000 files, of its first 10,000
 * and so on is told as it gets there, because the first 1,000 of many are no other than 1,000
 * alone.
 */
public final class ColdStart {
  private static final double NANOS = 1e9;

  private ColdStart() {}

  /** For each round: wall and CPU seconds until a number of files was read. */
  private record Times(double[] wall, double[] cpu) {
    static Times ofRounds(int rounds) {
      return new Times(new double[rounds], new double[rounds]);
    }
  }

  static void run(BenchmarkOptions options) throws IOException, InterruptedException {
    List<Integer> counts = new ArrayList<>(List.of(1_000, 10_000, 100_000));
    if (options.million()) {
      counts.add(1_000_000);
    }
    Map<Reader, List<Times>> times = new EnumMap<>(Reader.class);
    for (Reader reader : Reader.ours()) {
      times.put(reader, counts.stream().map(count -> Times.ofRounds(options.rounds())).toList());
    }
    for (int round = 0; round < options.rounds(); round++) {
      Report.progress("cold, round %d of %d", round + 1, options.rounds());
      for (Reader reader : Reader.ours()) {
        runChild(options.input(), reader, counts, times.get(reader), round);
      }
    }
    print(counts, times);
  }

  private static void runChild(
      Path input, Reader reader, List<Integer> counts, List<Times> times, int round)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of(input.toString(), reader.name()));
    counts.forEach(count -> args.add(count.toString()));
    List<String> lines = ChildJvm.run(ColdStart.class, List.of(), args);
    for (int i = 0; i < counts.size(); i++) {
      int space = lines.get(i).indexOf(' ');
      times.get(i).wall()[round] = Long.parseLong(lines.get(i).substring(0, space)) / NANOS;
      times.get(i).cpu()[round] = Long.parseLong(lines.get(i).substring(space + 1)) / NANOS;
    }
  }

  private static void print(List<Integer> counts, Map<Reader, List<Times>> times) {
    Report.title("From a cold JVM: seconds until so many files are parsed");
    Report.head(
        "reader", "files", "seconds", "min–max", "CPU seconds, compilers included", "× scalar");
    for (int i = 0; i < counts.size(); i++) {
      double scalar = Spread.of(times.get(Reader.SCALAR).get(i).wall()).median();
      for (Map.Entry<Reader, List<Times>> entry : times.entrySet()) {
        Spread wall = Spread.of(entry.getValue().get(i).wall());
        Spread cpu = Spread.of(entry.getValue().get(i).cpu());
        Report.row(
            entry.getKey().label(),
            Report.number(counts.get(i)),
            Report.number(wall.median(), 3),
            wall.range(3),
            Report.number(cpu.median(), 3),
            Report.number(wall.median() / scalar, 2));
      }
    }
  }

  /** The child: a folder, the name of a {@link Reader}, and numbers of files, ascending. */
  public static void main(String[] args) {
    List<CorpusFile> files = Corpus.load(Path.of(args[0])).files();
    Reader reader = Reader.valueOf(args[1]);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    int[] counts = new int[args.length - 2];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Integer.parseInt(args[i + 2]);
    }
    long[] wall = new long[counts.length];
    long[] cpu = new long[counts.length];
    System.gc();

    long cpuStart = system.getProcessCpuTime();
    long start = System.nanoTime();
    FileReader fileReader = reader.open();
    int done = 0;
    for (int i = 0; i < counts.length; i++) {
      for (; done < counts[i]; done++) {
        fileReader.read(files.get(done % files.size()));
      }
      wall[i] = System.nanoTime() - start;
      cpu[i] = system.getProcessCpuTime() - cpuStart;
    }
    for (int i = 0; i < counts.length; i++) {
      System.out.println(wall[i] + " " + cpu[i]);
    }
  }
}
