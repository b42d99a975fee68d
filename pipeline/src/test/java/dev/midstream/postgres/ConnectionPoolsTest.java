package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestServer.class)
@Timeout(120)
class ConnectionPoolsTest {

  @Test
  void allWhoAskAtOnceGetOnePool(TestLibrary library) throws Exception {
    int askers = 16;
    CyclicBarrier start = new CyclicBarrier(askers);
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    Set<DataSource> pools = Collections.newSetFromMap(new IdentityHashMap<>());
    try {
      List<Future<DataSource>> answers = new ArrayList<>();
      for (int i = 0; i < askers; i++) {
        answers.add(
            threads.submit(
                () -> {
                  // Each has a description of its own, as each DoFn instance has.
                  Database database = library.database(5);
                  start.await();
                  DataSource pool = ConnectionPools.of(database);
                  try (Connection connection = pool.getConnection()) {
                    connection.isValid(5);
                  }
                  return pool;
                }));
      }
      for (Future<DataSource> answer : answers) {
        pools.add(answer.get(60, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(pools, hasSize(1));
    library.awaitConnections(5);
  }

  @Test
  void aPoolHasExactlyItsSizeUsedOrNot(TestLibrary library) throws Exception {
    DataSource pool = ConnectionPools.of(library.database(3));

    library.awaitConnections(3, "idle");
    try (Connection first = pool.getConnection();
        Connection second = pool.getConnection();
        Connection third = pool.getConnection()) {
      for (Connection connection : List.of(first, second, third)) {
        connection.isValid(5);
      }
      assertThat(library.connections(), is(3L));
      ConnectionPools.Use use = ConnectionPools.use();
      assertThat(List.of(use.inUse(), use.idle(), use.waiting()), is(List.of(3, 0, 0)));
    }
    library.awaitConnections(3, "idle");
  }

  /** A server that was started again must cost no run: what is handed out is alive. */
  @Test
  void aConnectionThatDiedIsReplaced(TestLibrary library) throws Exception {
    DataSource pool = ConnectionPools.of(library.database(2));
    library.awaitConnections(2, "idle");
    library.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'midstream' and datname = current_database()");
    // A connection used within the last half second is handed out on trust.
    Thread.sleep(600);

    try (Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(5), is(true));
    }
    library.awaitConnections(2);
  }

  @Test
  void closingLeavesNoConnectionAndTheNextWhoAsksGetsAFreshPool(TestLibrary library)
      throws Exception {
    DataSource before = ConnectionPools.of(library.database(4));
    library.awaitConnections(4);

    ConnectionPools.closeAll();

    library.awaitConnections(0);
    assertThrows(java.sql.SQLException.class, before::getConnection);
    DataSource after = ConnectionPools.of(library.database(4));
    assertThat(after, is(not(sameInstance(before))));
    library.awaitConnections(4);
    ConnectionPools.closeAll();
    ConnectionPools.closeAll();
    library.awaitConnections(0);
  }

  @Test
  void anUnreachableDatabaseLeavesNoPoolBehind(TestLibrary library) throws Exception {
    Database missing =
        new Database(library.url().replaceFirst("test_", "missing_"), "postgres", null, 1);

    assertThrows(RuntimeException.class, () -> ConnectionPools.of(missing));
    assertThrows(RuntimeException.class, () -> ConnectionPools.of(missing));
    ConnectionPools.closeAll();
  }

  /** As on a worker, which nobody tells that a run is over. */
  @Test
  void aPoolWithoutSizeHasAConnectionForEachLeaseAndTheLastClosesIt(TestLibrary library)
      throws Exception {
    Database database = library.database(0);
    PoolLease first = ConnectionPools.lease(database);
    library.awaitConnections(1);
    PoolLease second = ConnectionPools.lease(database);
    PoolLease third = ConnectionPools.lease(database);
    try (Connection one = first.connection();
        Connection two = second.connection();
        Connection three = third.connection()) {
      for (Connection connection : List.of(one, two, three)) {
        assertThat(connection.isValid(5), is(true));
      }
      library.awaitConnections(3);
    }
    first.close();
    first.close();
    second.close();
    try (Connection connection = third.connection()) {
      assertThat(connection.isValid(5), is(true));
    }
    third.close();
    library.awaitConnections(0);
    assertThrows(java.sql.SQLException.class, third::connection);
  }

  @Test
  void aPoolThatTheRunItselfUsesOutlivesTheLeases(TestLibrary library) throws Exception {
    Database database = library.database(2);
    DataSource pool = ConnectionPools.of(database);
    ConnectionPools.lease(database).close();

    try (Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(5), is(true));
    }
    library.awaitConnections(2);
  }
}
