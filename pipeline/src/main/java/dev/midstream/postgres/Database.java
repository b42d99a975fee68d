package dev.midstream.postgres;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the library is, as it travels in the job graph: without any secret. The password is looked
 * up where a connection is made: in the environment variable {@value #PASSWORD_VARIABLE}, else in
 * the password file, else by the driver in {@code ~/.pgpass}. Immutable.
 *
 * @param url a {@code jdbc:postgresql:} URL without a password
 * @param user the role; null for the driver's default
 * @param passwordFile a file whose first line is the password, on each worker; null for none
 * @param poolSize connections that each JVM keeps open; 0: one for each step that uses them
 */
public record Database(
    String url, @Nullable String user, @Nullable String passwordFile, int poolSize)
    implements Serializable {

  /** The environment variable that holds the password. */
  public static final String PASSWORD_VARIABLE = "MIDSTREAM_JDBC_PASSWORD";

  /**
   * Checks the URL.
   *
   * @throws IllegalArgumentException with a line for the user
   */
  public Database {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "--jdbcUrl must be like jdbc:postgresql://host:5432/database");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "--jdbcUrl must not hold a password: set "
              + PASSWORD_VARIABLE
              + " or use --jdbcPasswordFile");
    }
    // As other tools write it; the driver would not take it, and would name it in its error.
    if (url.replaceFirst("\\?.*", "").contains("@")) {
      throw new IllegalArgumentException(
          "--jdbcUrl must not hold a user or a password: use --jdbcUser, and set "
              + PASSWORD_VARIABLE
              + " or use --jdbcPasswordFile");
    }
    if (poolSize < 0) {
      throw new IllegalArgumentException("--poolSize must be at least 1");
    }
  }

  /** The driver's properties, secret included: for the driver only. */
  Properties driverProperties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "midstream");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    // Otherwise an error of a batch repeats the batch, all parameters included.
    properties.setProperty("logServerErrorDetail", "false");
    if (user != null) {
      properties.setProperty("user", user);
    }
    String password = password();
    if (password != null) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  private @Nullable String password() {
    String fromEnvironment = System.getenv(PASSWORD_VARIABLE);
    if (fromEnvironment != null || passwordFile == null) {
      return fromEnvironment;
    }
    try {
      return Files.readString(Path.of(passwordFile)).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new IllegalArgumentException("--jdbcPasswordFile: cannot read " + passwordFile, e);
    }
  }
}
