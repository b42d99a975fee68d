package dev.midstream.pipeline;

/** Something that the user can mend: the message is one line that says what, where and how. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An error with its line. */
  public UserError(String message) {
    super(message);
  }

  /** An error with its line, and what lies behind it for those who ask. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
