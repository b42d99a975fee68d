package dev.midstream.runners;

import dev.midstream.pipeline.UserError;
import java.util.List;

/** The command {@code midstream}. */
public final class Main {
  private Main() {}

  /** Runs, and exits with a status that is not 0 if that fails. */
  public static void main(String[] args) {
    int status = run(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs and returns the exit status: 0 done, 1 failed at work, 2 refused before any work, 3 more
   * rejects than {@code --failOnRejects} allows, 130 or 143 ended early by SIGINT or SIGTERM. What
   * went wrong is one line on standard error.
   */
  public static int run(String[] args) {
    CommandLine command;
    try {
      command = CommandLine.parse(List.of(args));
    } catch (UserError e) {
      return failed(2, e.getMessage(), e, false);
    }
    boolean stackTrace = command.options().getStackTrace();
    try {
      return new Launcher(command.options()).run();
    } catch (UserError e) {
      return failed(2, e.getMessage(), e, stackTrace);
    } catch (NoClassDefFoundError e) {
      return failed(2, Failures.describeMissing(e), e, stackTrace);
    } catch (Exception e) {
      return failed(1, Failures.describe(e), e, stackTrace);
    }
  }

  private static int failed(int status, String line, Throwable e, boolean stackTrace) {
    System.err.println("midstream: " + line);
    if (stackTrace) {
      e.printStackTrace();
    }
    return status;
  }
}
