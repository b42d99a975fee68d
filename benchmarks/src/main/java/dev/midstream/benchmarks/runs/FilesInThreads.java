package dev.midstream.benchmarks.runs;

import com.sun.management.OperatingSystemMXBean;
import dev.midstream.benchmarks.DiskReader;
import dev.midstream.source.FileEntry;
import dev.midstream.source.LocalPaths;
import dev.midstream.source.MidiNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;

/**
 * Files read and worked on by threads and nothing else: no listing, no pipeline, no database. From
 * a cold JVM, as a run is.
 */
public final class FilesInThreads {
  private static final int FILES_A_TURN = 100;

  private FilesInThreads() {}

  /** What is done to a file. */
  enum Work {
    /** {@code MidiSystem.getSequence} of its bytes. */
    JAVAX,
    /** All that a run does to it but for writing: one arena a thread. */
    ENGINE,
    /** The same with an arena a file. */
    FRESH_ARENAS
  }

  private interface Worker {
    void take(Path file) throws IOException;
  }

  /** Takes a {@link Work}, the number of threads, and the folder. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Work work = Work.valueOf(args[0]);
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(args[2]))) {
      files =
          all.filter(path -> MidiNames.matches(path.getFileName().toString())).sorted().toList();
    }
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Thread thread = new Thread(() -> work(files, next, worker(work)));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("figure files " + files.size());
    System.out.println("figure seconds " + seconds);
    System.out.println("figure rss.peak.bytes " + Processes.peakResidentBytes());
    System.out.println("figure heap.allocated.bytes " + Allocation.bytes());
    System.out.println(
        "figure cpu.seconds "
            + ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9);
    System.out.println("figure jit.seconds " + Processes.compilerCpuSeconds());
  }

  private static void work(List<Path> files, AtomicInteger next, Worker worker) {
    int from;
    while ((from = next.getAndAdd(FILES_A_TURN)) < files.size()) {
      for (Path file : files.subList(from, Math.min(from + FILES_A_TURN, files.size()))) {
        try {
          worker.take(file);
        } catch (IOException unreadable) {
          // Costs what it costs.
        }
      }
    }
  }

  private static Worker worker(Work work) {
    if (work == Work.JAVAX) {
      return FilesInThreads::javax;
    }
    DiskReader reader = new DiskReader();
    return path -> {
      if (work == Work.FRESH_ARENAS) {
        reader.renewArena();
      }
      reader.read(new FileEntry(LocalPaths.uriOf(path), Files.size(path), 0));
    };
  }

  private static void javax(Path file) throws IOException {
    try {
      MidiSystem.getSequence(new ByteArrayInputStream(Files.readAllBytes(file)));
    } catch (InvalidMidiDataException | RuntimeException unreadable) {
      // Costs what it costs.
    }
  }
}
