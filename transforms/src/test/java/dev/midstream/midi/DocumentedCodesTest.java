package dev.midstream.midi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of docs/library.md name every code, and none that does not exist. */
class DocumentedCodesTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("midstream.testdata")).resolveSibling("docs/library.md");

  /** What stands in backquotes in the first cell of a row. */
  private static final Pattern CODE = Pattern.compile("`([a-z_0-9]+)`");

  private static List<String> codesBelow(String heading) throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    return lines.subList(lines.indexOf("## " + heading) + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `") && !line.startsWith("| `reject_reason`"))
        .map(line -> line.substring(0, line.indexOf('|', 1)))
        .flatMap(cell -> CODE.matcher(cell).results().map((MatchResult code) -> code.group(1)))
        .toList();
  }

  @Test
  void everyRejectReasonIsDocumentedInItsOrder() throws IOException {
    assertThat(
        codesBelow("Reject reasons"),
        equalTo(Arrays.stream(RejectReason.values()).map(RejectReason::code).toList()));
  }

  @Test
  void everyWarningIsDocumentedInItsOrder() throws IOException {
    assertThat(
        codesBelow("Warnings"),
        equalTo(Arrays.stream(Warning.values()).map(Warning::code).toList()));
  }
}
