package dev.midstream.benchmarks;

import dev.midstream.runners.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a run goes: runs the command with the given arguments under JDK Flight Recorder
 * and tells which stage each sampled thread was in. Samples are of running threads, Java and
 * native, so that waiting counts nothing; the database's own processes are not in them.
 */
public final class RunProfile {
  private static final Duration PERIOD = Duration.ofMillis(10);

  private RunProfile() {}

  /** Takes the arguments of the command. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("midstream", ".jfr");
    int status;
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
      recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
      recording.start();
      status = Main.run(args);
      recording.stop();
      recording.dump(file);
    }
    print(file);
    Files.delete(file);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static void print(Path file) throws IOException {
    Map<Stage, Integer> samples = new EnumMap<>(Stage.class);
    int total = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (event.getEventType().getName().endsWith("Sample") && event.getStackTrace() != null) {
          Stage stage = Stage.of(event.getStackTrace().getFrames());
          if (stage != null) {
            samples.merge(stage, 1, Integer::sum);
            total++;
          }
        }
      }
    }
    int all = Math.max(1, total);
    System.out.printf("%n%-32s %8s %7s%n", "stage (running threads)", "samples", "share");
    samples.entrySet().stream()
        .sorted(Map.Entry.<Stage, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                System.out.printf(
                    "%-32s %8d %6.1f%%%n",
                    entry.getKey().label(), entry.getValue(), 100.0 * entry.getValue() / all));
  }
}
