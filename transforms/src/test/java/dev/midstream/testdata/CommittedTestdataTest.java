package dev.midstream.testdata;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed library is what the generator makes: neither can change without the other. */
class CommittedTestdataTest {
  private static final Path TESTDATA = Path.of(System.getProperty("midstream.testdata"));

  @Test
  void theLibraryHoldsTheGeneratedFilesAndNoOthers() throws IOException {
    SortedMap<String, byte[]> generated = GenerateTestdata.files();
    TreeSet<String> committed;
    try (Stream<Path> paths = Files.walk(TESTDATA.resolve("library"))) {
      committed =
          paths
              .filter(Files::isRegularFile)
              .map(path -> TESTDATA.relativize(path).toString().replace('\\', '/'))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertThat(committed, equalTo(new TreeSet<>(generated.keySet())));

    TreeSet<String> different = new TreeSet<>();
    for (String path : committed) {
      if (!Arrays.equals(generated.get(path), Files.readAllBytes(TESTDATA.resolve(path)))) {
        different.add(path);
      }
    }
    assertThat(different, is(empty()));
  }

  @Test
  void theTruthIsTheGeneratedOne() throws IOException {
    List<String> committed = Files.readAllLines(TESTDATA.resolve("truth.tsv"));
    String generated = new String(GenerateTestdata.truthTsv(), StandardCharsets.UTF_8);
    // Lines first: a difference in one is easier to read than one of 50,000 characters.
    assertThat(committed, equalTo(generated.lines().toList()));
    assertThat(
        Arrays.equals(
            Files.readAllBytes(TESTDATA.resolve("truth.tsv")), GenerateTestdata.truthTsv()),
        is(true));
  }

  @Test
  void theGeneratorMakesTheSameTwice() {
    SortedMap<String, byte[]> first = GenerateTestdata.files();
    SortedMap<String, byte[]> second = GenerateTestdata.files();
    assertThat(second.keySet(), equalTo(first.keySet()));
    first.forEach((path, bytes) -> assertThat(path, second.get(path), equalTo(bytes)));
    assertThat(GenerateTestdata.truth(), equalTo(GenerateTestdata.truth()));
  }
}
