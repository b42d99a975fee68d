package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.midstream.buckets.BucketFileSystem;
import dev.midstream.buckets.BucketSplit;
import dev.midstream.runners.FaultyProxy.Weather;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts of a bucket, listed one after another: all that is in it, and with few requests. */
@Timeout(120)
class BucketListingTest {
  @Test
  void aFolderAnAlbum() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int album = 0; album < 1500; album++) {
      for (int track = 0; track < 5; track++) {
        keys.add("music/artist %d/album/%d.mid".formatted(album * 7919 % 10_007, track));
      }
    }
    keys.addAll(List.of("music/artist.mid", "music/artist.midi", "music/a 🎵.kar", "loose.mid"));
    List<String> parts = listed(keys, 7504 / 10);
    assertThat(parts.size(), is(greaterThan(8)));
  }

  /** So that a job begins to list, and to read, before it knows all parts. */
  @Test
  void partsAreToldWhileOthersAreDivided() throws Exception {
    try (GcsServer server = GcsServer.start();
        FaultyProxy proxy = FaultyProxy.before(server.address(), Weather.slow(0))) {
      server.put("small/song.mid", new byte[] {1});
      for (int song = 0; song < 2500; song++) {
        server.put("large/%d/song.mid".formatted(song), new byte[] {1});
      }
      use(server.options(proxy.address()));
      List<Integer> requests = new ArrayList<>();
      List<String> first = new ArrayList<>();
      BucketSplit.split(
          BucketFileSystem.specOf(server.root()),
          parts -> {
            if (!parts.isEmpty() && first.isEmpty()) {
              first.addAll(parts);
              requests.add(proxy.requests());
            }
          });
      assertThat(first, contains(BucketFileSystem.specOf(server.root() + "small/")));
      assertThat(requests.get(0), is(lessThan(proxy.requests())));
    }
  }

  @Test
  void whatIsSmallIsOnePart() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int folder = 0; folder < 900; folder++) {
      keys.add("pop/%d/song.mid".formatted(folder));
    }
    assertThat(listed(keys, 10).size(), is(1));
  }

  @Test
  void aKeyIsWhatItIsWhateverItLooksLike() throws Exception {
    List<String> keys =
        List.of(
            "a//b.mid", "./x.mid", "a/../b.mid", "/c.mid", "50%2F.mid", "+ &=?#.mid", "ä 🎵[.mid");
    try (GcsServer server = GcsServer.start()) {
      for (String key : keys) {
        server.put(key, key.getBytes(StandardCharsets.UTF_8));
      }
      use(server.options(server.address()));
      List<String> read = new ArrayList<>();
      String all = BucketFileSystem.specOf(server.root());
      for (Metadata file : FileSystems.match(all).metadata()) {
        ByteBuffer content = ByteBuffer.allocate(100);
        try (ReadableByteChannel channel = FileSystems.open(file.resourceId())) {
          while (channel.read(content) >= 0) {
            // Until its end.
          }
        }
        read.add(new String(content.array(), 0, content.position(), StandardCharsets.UTF_8));
      }
      assertThat(read.stream().sorted().toList(), is(keys.stream().sorted().toList()));
    }
  }

  private static void use(List<String> options) {
    PipelineOptions parsed =
        PipelineOptionsFactory.fromArgs(options.toArray(String[]::new)).create();
    FileSystems.setDefaultPipelineOptions(parsed);
  }

  /** Lists by the parts, and checks what is found; returns the parts. */
  private static List<String> listed(List<String> keys, int mostRequests) throws Exception {
    try (GcsServer server = GcsServer.start();
        FaultyProxy proxy = FaultyProxy.before(server.address(), Weather.slow(0))) {
      for (String key : keys) {
        server.put(key, new byte[] {1});
      }
      server.put("notes.txt", new byte[] {1});
      use(server.options(proxy.address()));
      List<String> parts = new ArrayList<>();
      BucketSplit.split(BucketFileSystem.specOf(server.root()), parts::addAll);
      List<String> found = new ArrayList<>();
      for (String part : parts) {
        for (Metadata file : FileSystems.match(part, EmptyMatchTreatment.ALLOW).metadata()) {
          found.add(BucketFileSystem.uriOf(file.resourceId().toString()));
        }
      }
      Stream<String> expected = keys.stream().map(key -> server.root() + key);
      assertThat(found.stream().sorted().toList(), is(expected.sorted().toList()));
      assertThat(proxy.requests(), is(lessThan(mostRequests)));
      return parts;
    }
  }
}
