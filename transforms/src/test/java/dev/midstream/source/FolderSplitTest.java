package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a library, which list the same files as the whole. */
class FolderSplitTest {
  @TempDir private Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private void write(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.createFile(path);
  }

  private List<String> split() {
    return FolderSplit.split(FolderFileSystem.specOf(folder), 10);
  }

  /** The files of all {@code specs}, each as often as it is listed. */
  private static List<String> list(List<String> specs) throws IOException {
    List<String> uris = new ArrayList<>();
    for (String spec : specs) {
      for (Metadata file : FileSystems.match(spec, EmptyMatchTreatment.ALLOW).metadata()) {
        uris.add(((FolderResourceId) file.resourceId()).uri() + " " + file.sizeBytes());
      }
    }
    return uris.stream().sorted().toList();
  }

  private List<String> whole() throws IOException {
    return list(List.of(FolderFileSystem.specOf(folder)));
  }

  @Test
  void theFilesOfAFolderAreSharedOut() throws IOException {
    int files = 2 * FolderSplit.SHARE_FILES + 1;
    for (int i = 0; i < files; i++) {
      Files.createFile(folder.resolve(i + ".mid"));
    }
    List<String> specs = split();
    String path = folder.toString();
    assertThat(
        specs,
        contains(
            "midi-folder://0of3" + path, "midi-folder://1of3" + path, "midi-folder://2of3" + path));
    assertThat(list(specs), equalTo(whole()));
    for (String spec : specs) {
      assertThat(list(List.of(spec)).size(), is(greaterThanOrEqualTo(files / 4)));
    }
  }

  @Test
  void foldersAreDividedFromTheTopUntilThereAreEnough() throws IOException {
    // A chain of single folders, then many, each with some below; and a few files on the way.
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 10; j++) {
        write("a/b/c/" + i + "/" + j + "/deep/x.mid");
      }
      write("a/b/c/" + i + "/y.mid");
    }
    write("a/b/z.mid");
    write("a/read me.txt");
    List<String> specs = split();
    assertThat(specs, hasItem("midi-folder://0of1" + folder + "/a/b"));
    assertThat(specs.size(), is(greaterThanOrEqualTo(FolderSplit.ENOUGH_PARTS)));
    assertThat(specs.size(), is(lessThan(FolderSplit.ENOUGH_PARTS + 12)));
    assertThat(list(specs), equalTo(whole()));
    assertThat(whole().size(), is(441));
  }

  @Test
  void linksOddNamesAndWhatIsNoFileAreInOnePartEach() throws Exception {
    for (int i = 0; i < 12; i++) {
      write(i + ".mid");
    }
    write("sub/1.mid");
    write("sub/2/3.mid");
    write("folder.mid/inside.mid");
    write("folder.mid/below/deep.mid");
    Files.createDirectories(folder.resolve("empty/still empty"));
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);
    Files.createSymbolicLink(folder.resolve("sub/further up"), folder.getParent());
    Files.createSymbolicLink(folder.resolve("sub/beside"), folder.resolve("folder.mid"));
    Files.createSymbolicLink(folder.resolve("loop.mid"), folder);
    Files.createSymbolicLink(folder.resolve("nowhere.mid"), Path.of("/no/such/file"));
    Systems.makePipe(folder.resolve("pipe.mid"));
    Systems.shell(
        "mkdir \"$1/$(printf 'd\\377')\" \"$1/$(printf 'new\\nline')\" && "
            + "printf x > \"$1/$(printf 'd\\377/a\\376.mid')\" && "
            + "printf x > \"$1/$(printf 'new\\nline/\\303\\266.mid')\"",
        folder);
    List<String> specs = split();
    assertThat(list(specs), equalTo(whole()));
    assertThat(whole().size(), is(12 + 2 + 3 + 2 + 2 + 2));
    assertThat(specs.stream().map(FolderPart::of).map(FolderPart::spec).toList(), equalTo(specs));
  }

  @Test
  void aSmallTreeAndWhatIsNoFolderStayWhole() throws IOException {
    for (int i = 0; i < 10; i++) {
      write(i % 3 + "/" + i + ".mid");
    }
    String spec = FolderFileSystem.specOf(folder);
    assertThat(split(), contains(spec));
    assertThat(FolderSplit.split(spec, 9).size(), is(3));
    String none = FolderFileSystem.specOf(folder.resolve("none"));
    for (String other : List.of(none, "gs://bucket/**", folder + "/*.mid")) {
      assertThat(FolderSplit.split(other, 0), contains(other));
    }
  }

  @Test
  void everyNameBelongsToOneShare() {
    for (int shares : List.of(1, 2, 7, 256)) {
      for (String name : List.of("a.mid", "b.mid", "ö.MID", "", "0", "%FF.kar")) {
        Stream<FolderPart> parts =
            IntStream.range(0, shares).mapToObj(i -> new FolderPart(folder, i, shares));
        assertThat(parts.filter(part -> part.holds(Path.of(name))).count(), is(1L));
      }
    }
  }
}
