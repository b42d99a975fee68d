package dev.midstream.benchmarks;

import dev.midstream.pipeline.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Values of arguments; what is none ends the program by one line. */
public final class Arguments {
  private Arguments() {}

  /**
   * A number within its range.
   *
   * @throws UserError for anything else
   */
  public static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same line as for a number out of range.
    }
    throw new UserError(name + "=" + value + ": wants a number from " + least + " to " + most);
  }

  /**
   * A path, whether there is something or not.
   *
   * @throws UserError if it can be none
   */
  public static Path path(String name, String value) {
    if (value.isEmpty()) {
      throw new UserError(name + " wants a folder");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UserError(name + "=" + value + ": no path: " + e.getReason(), e);
    }
  }
}
