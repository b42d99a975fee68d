package dev.midstream.postgres;

import dev.midstream.transforms.Progress;
import dev.midstream.transforms.RunStage;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The pool as JdbcIO needs it to live through a restart of the server. JdbcIO tries a statement
 * again, but on the connection that it has; so what it gets here is a connection that, once it is
 * lost and rolled back, goes on as another one. Its owner sees a transaction that failed, which is
 * what a lost connection is.
 */
final class HealingDataSource implements DataSource {
  private final DataSource pool;

  HealingDataSource(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return (Connection)
        Proxy.newProxyInstance(
            HealingDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new HealingConnection(pool));
  }

  /** One owner, one thread. */
  private static final class HealingConnection implements InvocationHandler {
    private static final Counter WRITTEN = Metrics.counter("midstream", "batches_written");

    private final DataSource pool;
    private Connection current;
    private boolean autoCommit = true;
    private long statementNanos;

    HealingConnection(DataSource pool) throws SQLException {
      this.pool = pool;
      this.current = PoolLease.borrow(pool);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "rollback":
          rollback();
          return null;
        case "close":
          give();
          return null;
        case "setAutoCommit":
          autoCommit = (boolean) arguments[0];
          break;
        case "prepareStatement":
          statementNanos = System.nanoTime();
          break;
        default:
          break;
      }
      if (current == null) {
        current = PoolLease.borrow(pool);
        current.setAutoCommit(autoCommit);
      }
      try {
        Object result = method.invoke(current, arguments);
        if (method.getName().equals("commit")) {
          Progress.spent(RunStage.WRITING, statementNanos);
          WRITTEN.inc();
        }
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    /** A lost connection has rolled back already. */
    private void rollback() throws SQLException {
      try {
        if (current != null) {
          current.rollback();
        }
      } catch (SQLException lost) {
        give();
      }
    }

    /** Back to the pool, which throws away what is broken. */
    private void give() throws SQLException {
      Connection given = current;
      current = null;
      if (given != null) {
        given.close();
      }
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the pool knows its user");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
