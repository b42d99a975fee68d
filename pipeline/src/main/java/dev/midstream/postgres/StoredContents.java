package dev.midstream.postgres;

import dev.midstream.analysis.Analysis;
import dev.midstream.transforms.ContentId;
import dev.midstream.transforms.KnownContents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contents whose analysis by this version is in the database, committed. */
public final class StoredContents implements KnownContents {
  private static final long serialVersionUID = 1;

  private static final String STORED =
      "select sha256 from midstream.analysis where sha256 = any (?) and analyzer_version = ?";

  private final Database database;

  private transient @Nullable PoolLease lease;

  private StoredContents(Database database) {
    this.database = database;
  }

  /** Those in {@code database}. */
  public static StoredContents in(Database database) {
    return new StoredContents(database);
  }

  @Override
  public void open() {
    lease = ConnectionPools.lease(database);
  }

  /** One look-up, which waits for a database that is away. */
  @Override
  public Set<ContentId> among(Collection<ContentId> contents) throws SQLException {
    return Patience.with(lease::connection, connection -> among(contents, connection));
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.close();
    }
  }

  private static Set<ContentId> among(Collection<ContentId> contents, Connection connection)
      throws SQLException {
    byte[][] digests = contents.stream().map(ContentId::toBytes).toArray(byte[][]::new);
    Set<ContentId> stored = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      statement.setArray(1, connection.createArrayOf("bytea", digests));
      statement.setInt(2, Analysis.VERSION);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          stored.add(ContentId.ofDigest(rows.getBytes(1)));
        }
      }
    }
    return stored;
  }
}
