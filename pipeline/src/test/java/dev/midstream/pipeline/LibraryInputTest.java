package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LibraryInputTest {
  @TempDir private Path temp;
  private Path music;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @BeforeEach
  void fill() throws IOException {
    music = temp.resolve("music");
    for (String name : List.of("a.mid", "b.MIDI", "deep/er/c.kar", "notes.txt")) {
      touch(music.resolve(name));
    }
  }

  @Test
  void aFolderIsAllMidiFilesBelowIt() throws IOException {
    assertThat(matches(music.toString()), containsInAnyOrder("a.mid", "b.MIDI", "c.kar"));
  }

  @Test
  void aTrailingSlashOrADotChangesNothing() throws IOException {
    assertThat(LibraryInput.patterns(music + "/./"), is(LibraryInput.patterns(music.toString())));
  }

  @Test
  void aRelativeFolderIsThatOfTheWorkingFolder() {
    Path here = Path.of("").toAbsolutePath();
    Path relative = here.relativize(music);

    assertThat(
        LibraryInput.patterns(relative.toString()), is(LibraryInput.patterns(music.toString())));
  }

  @Test
  void aFileIsItself() throws IOException {
    assertThat(matches(music + "/a.mid"), contains("a.mid"));
  }

  /** Whoever names a file means it, whatever its name. */
  @Test
  void aFileOfAnotherNameIsItselfToo() throws IOException {
    assertThat(matches(music + "/notes.txt"), contains("notes.txt"));
  }

  @Test
  void aGlobIsWhatItMatches() throws IOException {
    assertThat(matches(music + "/*.mid"), contains("a.mid"));
    assertThat(matches(music + "/**.{mid,kar}"), containsInAnyOrder("a.mid", "c.kar"));
    assertThat(matches(music + "/?.[mM]*"), containsInAnyOrder("a.mid", "b.MIDI"));
  }

  @Test
  void aListIsAllOfItsParts() throws IOException {
    assertThat(
        matches(" " + music + "/*.mid , " + music + "/deep,, "),
        containsInAnyOrder("a.mid", "c.kar"));
    // A comma between braces is the glob's.
    assertThat(
        matches(music + "/{a,b}.mid," + music + "/deep/*/{c,d}.kar"),
        containsInAnyOrder("a.mid", "c.kar"));
  }

  @Test
  void aPartNamedTwiceIsListedOnce() throws IOException {
    assertThat(LibraryInput.patterns(music + "," + music + "/"), hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[live] 1999", "what?", "stars ***", "{a}", "back\\slash", "per%20cent"})
  void aFolderIsItselfWhateverItsNameSays(String name) throws IOException {
    touch(temp.resolve(name).resolve("x.mid"));
    // What the name as a glob would match instead.
    touch(temp.resolve("l 1999/wrong.mid"));
    touch(temp.resolve("whats/wrong.mid"));
    touch(temp.resolve("stars and/wrong.mid"));
    touch(temp.resolve("a/wrong.mid"));

    assertThat(matches(temp.resolve(name).toString()), contains("x.mid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"song [live].mid", "what?.mid", "{a}.mid"})
  void aFileIsItselfWhateverItsNameSays(String name) throws IOException {
    touch(music.resolve(name));
    touch(music.resolve("song l.mid"));
    touch(music.resolve("whats.mid"));

    assertThat(matches(music.resolve(name).toString()), contains(name));
  }

  @Test
  void aFileUriIsItsPath() throws IOException {
    assertThat(matches("file://" + music), containsInAnyOrder("a.mid", "b.MIDI", "c.kar"));
    assertThat(matches("file://" + music + "/a.mid"), contains("a.mid"));
    touch(temp.resolve("with space/y.mid"));
    assertThat(matches("file://" + temp + "/with%20space"), contains("y.mid"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "\t"})
  void noInputIsMissing(String input) {
    assertRefused(input, "--input is missing: name a folder, a glob or a bucket URI");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", " , ,"})
  void aListOfNothingMatchesNothing(String input) {
    assertRefused(input, "--input=" + input + " matches no MIDI file");
  }

  @Test
  void aMissingFolderDoesNotExistAlsoBesideOthers() {
    String missing = temp.resolve("none").toString();

    assertRefused(missing, "--input=" + missing + " does not exist");
    assertRefused(music + "," + missing, "--input=" + missing + " does not exist");
    assertRefused("file://" + missing, "--input=file://" + missing + " does not exist");
  }

  @Test
  void aGlobThatMatchesNothingIsAnError() {
    String glob = music + "/*.smf";

    assertRefused(glob, "--input=" + glob + " matches no MIDI file");
  }

  @Test
  void aFolderWithoutMidiFilesIsAnError() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertRefused(empty.toString(), "--input=" + empty + " matches no MIDI file");

    touch(empty.resolve("sub/readme.txt"));
    assertRefused(empty.toString(), "--input=" + empty + " matches no MIDI file");
  }

  @Test
  void anEmptyFolderBesideAFullOneIsNone() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));

    assertThat(matches(empty + "," + music + "/*.mid"), contains("a.mid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///no such/place", "file:///a?b", "file:///%zz", "nul\0.mid"})
  void whatIsNoPathIsAnError(String input) {
    assertThat(refused(input), startsWith("--input=" + input + " "));
  }

  /** The syntax error of a glob draws a picture of several lines. */
  @Test
  void aBrokenGlobIsAnError() {
    String glob = music + "/[ab*.mid";

    assertThat(refused(glob), startsWith("--input=" + glob + " cannot be listed: "));
  }

  @Test
  void anUnknownSchemeIsAnError() {
    assertThat(refused("nosuch://bucket/midi"), startsWith("--input=nosuch://bucket/midi"));
  }

  private static void touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {1});
  }

  /** The names of what a run over {@code input} would list. */
  private static List<String> matches(String input) throws IOException {
    List<String> names = new ArrayList<>();
    for (String pattern : LibraryInput.patterns(input)) {
      for (Metadata file : FileSystems.match(pattern).metadata()) {
        names.add(file.resourceId().getFilename());
      }
    }
    return names;
  }

  private static void assertRefused(String input, String line) {
    assertThat(refused(input), is(line));
  }

  private static String refused(String input) {
    String line = assertThrows(UserError.class, () -> LibraryInput.patterns(input)).getMessage();
    assertThat("lines of: " + line, line.lines().count(), is(1L));
    return line;
  }
}
