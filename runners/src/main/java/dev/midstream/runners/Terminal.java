package dev.midstream.runners;

import java.io.Console;

/** What standard output is connected to. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether somebody is watching. From JDK 22 on a console is there in any case, and can be asked.
   */
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
