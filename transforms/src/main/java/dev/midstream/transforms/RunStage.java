package dev.midstream.transforms;

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

  RunStage(String label) {
    this.label = label;
  }

  /** One word or two for users. */
  public String label() {
    return label;
  }
}
