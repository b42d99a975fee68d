package dev.midstream.benchmarks;

import java.util.List;
import jdk.jfr.consumer.RecordedFrame;

/** The stages of a run, told by the frames of a stack: the first that matches, innermost first. */
enum Stage {
  PARSING("parsing", "dev.midstream.midi."),
  ONSET_TEMPO("analysing: onset tempo", "dev.midstream.analysis.OnsetTempo"),
  ANALYSING("analysing: the rest", "dev.midstream.analysis."),
  HASHING("hashing", "java.security.MessageDigest", "sun.security.provider.SHA"),
  MATCHING(
      "matching",
      "dev.midstream.source.FolderFileSystem",
      "org.apache.beam.sdk.io.FileSystems",
      "dev.midstream.pipeline.LibraryInput",
      "dev.midstream.transforms.MatchMidi"),
  READING("reading", "dev.midstream.source.", "dev.midstream.transforms.ReadMidi"),
  WRITING(
      "writing: rows, driver, socket",
      "org.postgresql.",
      "com.zaxxer.",
      "dev.midstream.postgres.",
      "org.apache.beam.sdk.io.jdbc."),
  MIGRATING("migrating the schema", "org.flywaydb."),
  SERVER("starting the server", "io.zonky."),
  FLINK("Flink", "org.apache.flink."),
  BEAM("Beam", "org.apache.beam."),
  CLASS_LOADING("loading classes", "java.lang.ClassLoader", "jdk.internal.loader."),
  OTHER("other", "");

  private static final List<String> WAITING =
      List.of(
          "sun.nio.ch.EPoll.wait",
          "java.lang.Thread.sleep",
          "java.lang.Object.wait",
          "jdk.internal.misc.Unsafe.park",
          "java.lang.ProcessImpl.waitFor",
          "java.lang.ref.Reference.waitForReferencePendingList");

  private final String label;
  private final List<String> prefixes;

  Stage(String label, String... prefixes) {
    this.label = label;
    this.prefixes = List.of(prefixes);
  }

  String label() {
    return label;
  }

  /** The stage of a stack; null for a thread that waits. */
  static Stage of(List<RecordedFrame> frames) {
    String innermost = frames.isEmpty() ? "" : name(frames.get(0));
    // A read from a socket is the wait for the server; what it does meanwhile is its own time.
    if (WAITING.stream().anyMatch(innermost::startsWith)
        || innermost.contains("SocketDispatcher.read")
        || innermost.contains(".poll")
        || innermost.contains(".accept")) {
      return null;
    }
    for (RecordedFrame frame : frames) {
      String name = name(frame);
      for (Stage stage : values()) {
        if (stage != OTHER && stage.prefixes.stream().anyMatch(name::startsWith)) {
          return stage;
        }
      }
    }
    return OTHER;
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
