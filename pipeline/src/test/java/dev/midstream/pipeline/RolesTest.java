package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.LibrarySchema;
import dev.midstream.postgres.RunLog;
import dev.midstream.postgres.TestLibrary;
import dev.midstream.postgres.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The three roles of docs/running.md, made by the statements that stand there. */
@ExtendWith(TestServer.class)
@Timeout(120)
class RolesTest {
  private static final Path TESTDATA = Path.of(System.getProperty("midstream.testdata"));
  private static final Pattern SQL = Pattern.compile("```sql\n([^`]+)```");
  private static final List<String> TABLES =
      List.of(
          "file",
          "analysis",
          "run",
          "instrument",
          "library",
          "rejects",
          "duplicates",
          "same_music",
          "transposed_music",
          "coverage");

  private TestLibrary library;
  private String name;

  @BeforeEach
  void createRoles(TestLibrary fresh) throws Exception {
    library = fresh;
    name = library.url().replaceFirst(".*/", "");
    library.execute(
        // The database is there already, and roles are the whole server's.
        documented(0)
            .replace("create database " + name + " owner", "alter database " + name + " owner to"));
  }

  /** The statements of the {@code index}-th block on roles, for this database. */
  private String documented(int index) throws Exception {
    String page = Files.readString(TESTDATA.resolve("../docs/running.md"));
    Matcher blocks = SQL.matcher(page.substring(page.indexOf("## Roles")));
    List<String> found = new ArrayList<>();
    while (blocks.find()) {
      found.add(blocks.group(1));
    }
    assertThat(found, hasSize(2));
    return found.get(index).replaceAll("\\bmusic\\b", name).replace("midstream_", name + "_");
  }

  private Database as(String role) {
    return new Database(library.url(), name + "_" + role, null, 2);
  }

  private void migrate() throws Exception {
    LibrarySchema.migrate(as("owner"));
    execute("owner", documented(1));
  }

  private void execute(String role, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(library.url(), name + "_" + role, null);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertForbidden(String role, String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> execute(role, sql), sql);
    assertThat(sql, refused.getSQLState(), is("42501"));
  }

  @Test
  void aWriterThatCanCreateNothingRuns() throws Exception {
    migrate();

    RunLog.Totals first = run(as("writer"));
    ConnectionPools.closeAll();
    RunLog.Totals second = run(as("writer"));

    assertThat(first.files(), is(greaterThan(10L)));
    assertThat(library.count("midstream.file"), is(first.files()));
    assertThat(second, is(new RunLog.Totals(first.files(), 0, 0, first.files(), 0)));
    assertThat(
        library.count(
            "pg_class where relowner <> '"
                + name
                + "_owner'::regrole"
                + " and relnamespace = 'midstream'::regnamespace"),
        is(0L));
  }

  @Test
  void aWriterCanDoNothingElse() throws Exception {
    migrate();

    for (String forbidden :
        List.of(
            "create table midstream.mine (a int)",
            "create table public.mine (a int)",
            "create temporary table mine (a int)",
            "create schema mine",
            "alter table midstream.file add a int",
            "create index on midstream.file (run_id)",
            "drop table midstream.file",
            "truncate midstream.file",
            "delete from midstream.file",
            "delete from midstream.analysis",
            "update midstream.instrument set name = ''",
            "insert into midstream.flyway_schema_history select * from midstream.flyway_schema_history")) {
      assertForbidden("writer", forbidden);
    }
  }

  @Test
  void aReaderReadsAndCanDoNothingElse() throws Exception {
    migrate();
    for (String table : TABLES) {
      execute("reader", "select * from midstream." + table);
    }
    for (String forbidden :
        List.of(
            "insert into midstream.run select * from midstream.run",
            "update midstream.file set uri = ''",
            "delete from midstream.analysis",
            "create table public.mine (a int)",
            "create temporary table mine (a int)")) {
      assertForbidden("reader", forbidden);
    }
    assertThat(
        library.rows("select viewname from pg_views where schemaname = 'midstream'"),
        hasSize(TABLES.size() - 4));
  }

  @Test
  void whatMigrationsAddLaterCanBeReadAtOnce() throws Exception {
    migrate();
    execute("owner", "create table midstream.later (a int)");

    execute("writer", "select * from midstream.later");
    execute("reader", "select * from midstream.later");
    assertForbidden("writer", "insert into midstream.later values (1)");
  }

  @Test
  void aWriterBeforeNoSchemaIsTold() {
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> LibrarySchema.migrate(as("writer")));
    assertThat(refused.toString(), containsString("permission denied for database " + name));
  }

  private static RunLog.Totals run(Database database) throws Exception {
    LibrarySchema.check(database);
    return LibraryRun.over(TESTDATA.resolve("library/formats").toString(), database);
  }
}
