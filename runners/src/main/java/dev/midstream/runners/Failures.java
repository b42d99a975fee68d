package dev.midstream.runners;

import dev.midstream.postgres.Database;
import dev.midstream.postgres.Faults;
import java.sql.SQLException;

/** What lies behind an exception, in one line for the user. */
final class Failures {
  private Failures() {}

  /** The innermost cause that says something. */
  static String describe(Throwable thrown) {
    Throwable told = thrown;
    for (Throwable t = thrown; t != null && t != t.getCause(); t = t.getCause()) {
      if (t instanceof SQLException) {
        return "database: " + Faults.message((SQLException) t).replaceAll("\\s+", " ").strip();
      }
      if (t.getMessage() != null) {
        // What Flink's server has thrown arrives as text, with its stack trace.
        if (t.getMessage().contains("FlinkJobNotFoundException")) {
          return "the cluster does not know the job any more: its JobManager was started again"
              + " (the same command goes on behind what is written)";
        }
        told = t;
      }
    }
    return oneLine(told) + " (--stackTrace=true shows where)";
  }

  /** Why {@code database} cannot be used. */
  static String describe(Database database, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String user = database.user() == null ? "" : " for the role " + database.user();
    if (state.startsWith("28") || state.equals("08004")) {
      return "cannot log in to %s%s: %s (set %s or --jdbcPasswordFile)"
          .formatted(database.url(), user, oneLine(e), Database.PASSWORD_VARIABLE);
    }
    if (state.startsWith("08")) {
      return "cannot reach %s: %s (is the server running?)".formatted(database.url(), oneLine(e));
    }
    return "cannot use %s%s: %s".formatted(database.url(), user, oneLine(e));
  }

  /** Which part of the class path is missing. */
  static String describeMissing(NoClassDefFoundError e) {
    return String.valueOf(e.getMessage()).startsWith("org/apache/flink/")
        ? "the bundled jar holds no Flink: submit it with 'flink run', or use mvn -Prunner=flink"
        : "a class is missing: " + e.getMessage();
  }

  /** The message of {@code t}, or its name if it has none, without line ends. */
  static String oneLine(Throwable t) {
    String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }
}
