package dev.midstream.transforms;

import java.util.Locale;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** What the threads of a run spend their time on, told apart so that it can be said what limits. */
public enum RunStage {
  /** Listing local folders. */
  LISTING("listing"),
  /** Asking the database which files are known and unchanged. */
  LOOK_UP("look-up"),
  /** Opening, reading and closing files. */
  READING("reading"),
  /** From bytes to what a row says: hashing, parsing, analysing. */
  ANALYSIS("analysis"),
  /** Sending rows and waiting for their commit. */
  WRITING("writing");

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // A name, which finds its counter where it is used.
  private final Counter micros;

  RunStage(String label) {
    this.label = label;
    this.micros = Metrics.counter("midstream", name().toLowerCase(Locale.ROOT) + "_micros");
  }

  /** One word or two for users. */
  public String label() {
    return label;
  }

  /** The Beam metric of the time spent, like {@code midstream.writing_micros}. */
  Counter micros() {
    return micros;
  }
}
