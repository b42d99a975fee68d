package dev.midstream.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.MetadataCoderV2;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders, listed through Beam as a pipeline lists them. */
class FolderFileSystemTest {
  @TempDir private Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private Path write(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, new byte[] {1, 2, 3});
  }

  private static List<FileEntry> list(Path folder) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    for (Metadata file : FileSystems.match(FolderFileSystem.specOf(folder)).metadata()) {
      entries.add(
          new FileEntry(
              ((FolderResourceId) file.resourceId()).uri(),
              file.sizeBytes(),
              file.lastModifiedMillis()));
    }
    entries.sort(Comparator.comparing(FileEntry::uri));
    return entries;
  }

  private List<String> names() throws IOException {
    String prefix = LocalPaths.uriOf(folder) + "/";
    return list(folder).stream().map(entry -> entry.uri().substring(prefix.length())).toList();
  }

  @Test
  void fiveExtensionsCountWhateverTheirCase() throws IOException {
    for (String name :
        List.of(
            "a.mid",
            "b.MIDI",
            "c.Kar",
            "d.rMi",
            "e.SMF",
            "f.mid.bak",
            "g.txt",
            "mid",
            "h.midx",
            "i.mid.mid",
            ".mid")) {
      write(name);
    }
    assertThat(
        names(), contains(".mid", "a.mid", "b.MIDI", "c.Kar", "d.rMi", "e.SMF", "i.mid.mid"));
  }

  @Test
  void foldersAreWalkedToTheirDepth() throws IOException {
    write("top.mid");
    write("a/b/c/d/e/f/deep.mid");
    write(".hidden/h.mid");
    Files.createDirectories(folder.resolve("empty/still empty"));
    assertThat(names(), contains(".hidden/h.mid", "a/b/c/d/e/f/deep.mid", "top.mid"));
  }

  @Test
  void noCharacterOfANameMeansAnything() throws IOException {
    for (String name :
        List.of("*.mid", "[a]/{b,c}?.mid", "**/x.mid", "50%25 off.mid", "new\nline.mid")) {
      write("root [*] {x}/" + name);
    }
    write("root a x/never.mid");
    String prefix = folder + "/root [*] {x}/";
    assertThat(
        list(folder.resolve("root [*] {x}")).stream().map(FileEntry::uri).toList(),
        contains(
            prefix + "**/x.mid",
            prefix + "*.mid",
            prefix + "50%25 off.mid",
            prefix + "[a]/{b,c}?.mid",
            prefix + "new\nline.mid"));
  }

  @Test
  void namesOfAnyBytesAreListedAndTravel() throws Exception {
    Systems.shell(
        "mkdir \"$1/$(printf 'd\\377')\" && "
            + "printf x > \"$1/$(printf 'd\\377/a\\376.mid')\" && "
            + "printf x > \"$1/$(printf 'd\\377/\\303\\266.mid')\" && "
            + "printf x > \"$1/$(printf 'new\\nl\\303\\266.mid')\"",
        folder);
    List<FileEntry> found = list(folder);
    assertThat(
        found.stream().map(FileEntry::uri).toList(),
        contains(
            folder + "/new\nlö.mid",
            "file://" + folder + "/d%FF/%C3%B6.mid",
            "file://" + folder + "/d%FF/a%FE.mid"));
    // The folder itself may be what is asked for.
    Path odd = LocalPaths.pathOf(found.get(2).uri()).getParent();
    assertThat(list(odd), equalTo(found.subList(1, 3)));
    for (Path path : List.of(odd, folder, Path.of("/"), LocalPaths.pathOf("/new\nl ö%[*]"))) {
      assertThat(FolderFileSystem.folderOf(FolderFileSystem.specOf(path)), equalTo(path));
    }

    ContentReader reader = new ContentReader(ReadMode.READ, 10, 0);
    for (Metadata file : FileSystems.match(FolderFileSystem.specOf(folder)).metadata()) {
      // A runner may hand it on through its coder.
      CoderProperties.coderDecodeEncodeEqual(MetadataCoderV2.of(), file);
      Metadata arrived =
          CoderUtils.decodeFromByteArray(
              MetadataCoderV2.of(), CoderUtils.encodeToByteArray(MetadataCoderV2.of(), file));
      String uri = ((FolderResourceId) arrived.resourceId()).uri();
      assertThat(uri, reader.append(new FileEntry(uri, 1, 0)) == null, is(true));
    }
    assertThat(reader.size(), is(3));
  }

  @Test
  void sizesAndTimesAreExact() throws IOException {
    Path path = write("a.mid");
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_234_567_890_123L));
    Files.write(write("empty.mid"), new byte[0]);
    Files.setLastModifiedTime(folder.resolve("empty.mid"), FileTime.fromMillis(-86_400_000));
    assertThat(
        list(folder),
        contains(
            new FileEntry(folder + "/a.mid", 3, 1_234_567_890_123L),
            new FileEntry(folder + "/empty.mid", 0, -86_400_000)));
  }

  @Test
  void whatIsNoFileIsListedAsThat() throws IOException {
    Files.createDirectories(folder.resolve("folder.mid"));
    write("folder.mid/inside.mid");
    Systems.makePipe(folder.resolve("pipe.mid"));
    Files.createSymbolicLink(folder.resolve("nowhere.mid"), Path.of("/no/such/file"));
    Files.createSymbolicLink(folder.resolve("nowhere.txt"), Path.of("/no/such/file"));
    List<String> sizes =
        list(folder).stream()
            .map(entry -> Path.of(entry.uri()).getFileName() + " " + entry.sizeBytes())
            .toList();
    assertThat(sizes, contains("folder.mid -1", "inside.mid 3", "nowhere.mid -1", "pipe.mid -1"));
  }

  @Test
  void linksAreFollowedAndTheirLoopsEnd() throws IOException {
    Path target = write("outside/t.mid");
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.setLastModifiedTime(target, FileTime.fromMillis(5_000));
    Files.createSymbolicLink(root.resolve("file.mid"), target);
    Files.createSymbolicLink(root.resolve("folder"), target.getParent());
    Files.createSymbolicLink(root.resolve("loop"), root);
    // Above the root, but a folder that the link lies in.
    Files.createSymbolicLink(root.resolve("further up"), folder);
    Files.createSymbolicLink(root.resolve("self.txt"), root.resolve("self.txt"));
    assertThat(
        list(root),
        contains(
            new FileEntry(root + "/file.mid", 3, 5_000),
            new FileEntry(root + "/folder/t.mid", 3, 5_000)));
    // The folder to start from may be a link as well.
    Path link = Files.createSymbolicLink(folder.resolve("link"), target.getParent());
    assertThat(list(link), contains(new FileEntry(link + "/t.mid", 3, 5_000)));
  }

  @Test
  void aMissingFolderIsNotFound() throws IOException {
    write("file.mid");
    for (String missing : List.of("none", "file.mid")) {
      String spec = FolderFileSystem.specOf(folder.resolve(missing));
      MatchResult result = FileSystems.match(spec, EmptyMatchTreatment.DISALLOW);
      assertThat(result.status(), is(Status.NOT_FOUND));
      IOException e = assertThrows(IOException.class, result::metadata);
      assertThat(e, is(instanceOf(FileNotFoundException.class)));
    }
    Files.createDirectories(folder.resolve("empty"));
    assertThat(list(folder.resolve("empty")), is(empty()));
  }

  @Test
  void resourcesResolveLikePaths() throws IOException {
    ResourceId root = FileSystems.matchNewResource(FolderFileSystem.specOf(folder), true);
    assertThat(root.isDirectory(), is(true));
    ResourceId file = root.resolve("a b.mid", StandardResolveOptions.RESOLVE_FILE);
    assertThat(file.getFilename(), is("a b.mid"));
    assertThat(file.isDirectory(), is(false));
    assertThat(file.getCurrentDirectory(), equalTo(root));
    assertThat(FileSystems.matchNewResource(file.toString(), false), equalTo(file));
    assertThat(file.getScheme(), is("midi-folder"));
  }

  @Test
  void nothingIsOpenedOrWrittenThroughIt() throws IOException {
    Path path = write("a.mid");
    ResourceId file = FileSystems.matchNewResource(FolderFileSystem.specOf(path), false);
    assertThrows(IOException.class, () -> FileSystems.open(file).close());
    assertThrows(IOException.class, () -> FileSystems.create(file, "audio/midi").close());
    assertThrows(IOException.class, () -> FileSystems.delete(List.of(file)));
    assertThat(Files.exists(path), is(true));
  }
}
