package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobExpressionTest {
  private static final List<String> PATHS =
      List.of(
          "/m/a.mid",
          "/m/b.mid",
          "/m/ab.mid",
          "/m/x/a.mid",
          "/m/x/y/a.mid",
          "/m/a.kar",
          "/m/a,b.mid",
          "/m/a+b(1).mid",
          "/m/[a].mid",
          "/m/{a}.mid",
          "/m/a*.mid",
          "/m/^.mid",
          "/m/-.mid",
          "/m/\u00E9 $.mid");

  /** Java's own is what Beam asks for local paths; the database understands the same expression. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/m/a.mid",
        "/m/*.mid",
        "/m/**.mid",
        "/m/**/a.mid",
        "/m/?.mid",
        "/m/{a,b}.mid",
        "/m/{a,x/a}.*",
        "/m/a,b.mid",
        "/m/a+b(1).mid",
        "/m/[ab].mid",
        "/m/[!ab].mid",
        "/m/[a-z]*.mid",
        "/m/\\[a\\].mid",
        "/m/\\{a\\}.mid",
        "/m/a\\*.mid",
        "/m/[*^-].mid",
        "/m/\u00E9 $.mid",
      })
  void matchesWhatTheGlobMatches(String glob) {
    Pattern expression = Pattern.compile(GlobExpression.of(glob));
    for (String path : PATHS) {
      boolean expected =
          FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
      assertThat(
          glob + " as " + expression + " on " + path,
          expression.matcher(path).find(),
          is(expected));
    }
  }
}
