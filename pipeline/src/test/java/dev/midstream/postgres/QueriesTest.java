package dev.midstream.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The questions of docs/queries.md, taken from there, asked of a generated library: each runs and
 * uses the indexes that stand behind it. With {@code -Dmidstream.files=1000000} also within 100 ms,
 * by the plan that the server chooses by itself; then it prints times and plans.
 */
@ExtendWith(TestServer.class)
@Timeout(1800)
class QueriesTest {
  private static final int FEW = 20_000;
  private static final int FILES = Integer.getInteger("midstream.files", FEW);
  private static final int ROUNDS = 5;
  private static final double MOST_MILLIS = 100;

  private static final Pattern QUESTION =
      Pattern.compile("### (\\d+)\\. ([^\n]+)\n\n```sql\n([^`]+);\n```\n\nUses: ([^\n]+)\n");

  private static final Pattern INDEX = Pattern.compile("\\w+_\\w+");

  /** Primary keys are there anyway, and instruments are few. */
  static final String INDEXES =
      "select indexname from pg_indexes where schemaname = 'midstream'"
          + " and indexname !~ '_pkey$|^flyway' order by 1";

  /** A question with the indexes that it claims. */
  private record Question(int number, String text, String sql, Set<String> indexes) {
    boolean scans() {
      return indexes.isEmpty();
    }
  }

  @Test
  void everyQuestionIsAnsweredByItsIndexes(TestLibrary library) throws Exception {
    List<Question> questions = questions();
    assertThat(questions, hasSize(20));
    generate(library);
    Set<String> used = new TreeSet<>();
    List<String> slow = new ArrayList<>();
    List<Integer> unanswered = new ArrayList<>();

    try (Connection connection = DriverManager.getConnection(library.url(), "postgres", null);
        Statement statement = connection.createStatement()) {
      if (FILES <= FEW) {
        // A small table is read as a whole whatever indexes it has; here, that they can be used.
        statement.execute("set enable_seqscan = off");
        statement.execute("set enable_hashjoin = off");
        statement.execute("set enable_mergejoin = off");
      }
      for (Question question : questions) {
        String sql = FILES <= FEW ? scaled(question.sql()) : question.sql();
        String plan = String.join("\n", column(statement, "explain " + sql));
        used.addAll(question.indexes());
        int rows = column(statement, sql).size();
        if (rows == 0) {
          unanswered.add(question.number());
        }
        if (FILES > FEW) {
          double median = medianMillis(statement, sql);
          System.out.printf(
              "%d. %s%n   %.1f ms, %d rows%n%s%n",
              question.number(), question.text(), median, rows, plan.indent(3));
          if (median > MOST_MILLIS) {
            slow.add(question.number() + ": " + median + " ms");
          }
        }
        assertUses(question, plan);
      }
    }

    assertThat("answered with nothing", unanswered, is(empty()));
    assertThat("slower than 100 ms", slow, is(empty()));
    used.removeIf(index -> index.endsWith("_pkey"));
    assertThat(
        "every index is there for a question",
        new ArrayList<>(used),
        is(library.rows(INDEXES).stream().map(row -> (String) row.get(0)).toList()));
  }

  /** The paths of the questions are those of a larger library. */
  private static String scaled(String sql) {
    return sql.replace("/0042/song-0042042", "/0007/song-0007042")
        .replace("/0042/", "/0007/")
        .replace("/0942/", "/0018/");
  }

  private static void assertUses(Question question, String plan) {
    for (String index : question.indexes()) {
      assertThat(question.text(), plan, containsString(index));
    }
    if (!question.scans()) {
      assertThat(question.text(), plan, not(containsString("Seq Scan on file")));
      assertThat(question.text(), plan, not(containsString("Seq Scan on analysis")));
    }
  }

  /** The first column of all rows. */
  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static double medianMillis(Statement statement, String sql) throws SQLException {
    double[] millis = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      column(statement, sql);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }

  static void generate(TestLibrary library) throws IOException {
    library.migrated();
    try (var in = QueriesTest.class.getResourceAsStream("generated-library.sql")) {
      library.execute(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{files}", String.valueOf(FILES))
              .replace("{contents}", String.valueOf(FILES / 5 * 4)));
    }
    for (String table : List.of("file", "analysis", "run")) {
      library.execute("vacuum analyze midstream." + table);
    }
  }

  private static List<Question> questions() throws IOException {
    Path document = Path.of(System.getProperty("midstream.testdata"), "..", "docs", "queries.md");
    List<Question> questions = new ArrayList<>();
    Matcher matcher = QUESTION.matcher(Files.readString(document));
    while (matcher.find()) {
      Set<String> indexes = new TreeSet<>();
      Matcher index = INDEX.matcher(matcher.group(4).lines().findFirst().orElseThrow());
      while (index.find()) {
        indexes.add(index.group());
      }
      questions.add(
          new Question(
              Integer.parseInt(matcher.group(1)), matcher.group(2), matcher.group(3), indexes));
    }
    return questions;
  }
}
