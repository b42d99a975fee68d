package dev.midstream.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an error of the database means for a run, by its SQLSTATE (PostgreSQL manual, appendix A).
 * One that is neither transient nor a refusal, such as a full disk or a missing right, ends it.
 */
public final class Faults {
  /**
   * Serialization failure, deadlock, too many connections, and a server that shuts down, has
   * crashed or starts.
   */
  private static final Set<String> TRANSIENT =
      Set.of("40001", "40P01", "53300", "57P01", "57P02", "57P03");

  private Faults() {}

  /** The connection or the transaction is lost, and the same may succeed in another one. */
  static boolean isTransient(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || TRANSIENT.contains(state);
  }

  /**
   * The server does not take these rows, whoever sends them whenever: a value out of its range, a
   * broken constraint, or something larger than an index or a row can hold.
   */
  static boolean isRefusal(SQLException e) {
    String state = state(e);
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }

  /** What the server says, without the statement and its place in it. */
  public static String message(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof PSQLException) {
        ServerErrorMessage server = ((PSQLException) t).getServerErrorMessage();
        return server == null || server.getMessage() == null
            ? String.valueOf(t.getMessage())
            : server.getMessage();
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
