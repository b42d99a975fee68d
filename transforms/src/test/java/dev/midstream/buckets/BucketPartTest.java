package dev.midstream.buckets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.buckets.BucketPart.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketPartTest {
  @ParameterizedTest
  @CsvSource({
    "s3://b, tree, s3://b/",
    "s3://b/, tree, s3://b/",
    "s3://b/**, tree, s3://b/",
    "gs://b/music, tree, gs://b/music/",
    "gs://b/music/, tree, gs://b/music/",
    "gs://b/music/**, tree, gs://b/music/",
    "azfs://account/container, tree, azfs://account/container/",
    "azfs://account/container/a/b.KAR, object, azfs://account/container/a/b.KAR",
    "s3://b/a*/x.mid, glob, s3://b/a*/x.mid",
    "s3://b/music**, glob, s3://b/music**",
    "s3://b/**.mid, glob, s3://b/**.mid",
  })
  void aPlaceIsATreeAGlobOrAnObject(String place, String kind, String uri) {
    assertThat(BucketFileSystem.specOf(place), is("midi-bucket://" + kind + "/" + uri));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whateverIsInAKeyComesBack(Kind kind) {
    for (String key :
        new String[] {
          "", "a/b.mid", "50%.mid", "%000A", "a\nb\r\u2028.mid", "//x//", "ä 🎵?#[.mid"
        }) {
      BucketPart part = new BucketPart(kind, new ObjectUri("s3", "bucket", key));
      assertThat(BucketPart.of(part.spec()), is(part));
      // What Beam finds a scheme in.
      assertThat(part.spec().matches("midi-bucket:/.*"), is(true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:///key", "s3://", "azfs://account", "azfs://account/", "s4://b/k"})
  void whatNamesNoBucketIsAnError(String place) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> BucketFileSystem.specOf(place))
            .getMessage();
    assertThat(message, startsWith(place + " names no bucket: "));
  }

  @Test
  void aFolderOfAnObjectIsATree() {
    var object = BucketResourceId.of(Kind.OBJECT, ObjectUri.of("s3://b/x/y.mid"));
    assertThat(object.getFilename(), is("y.mid"));
    assertThat(object.getCurrentDirectory().toString(), is("midi-bucket://tree/s3://b/x/"));
    assertThat(object.getCurrentDirectory().getFilename(), is("x"));
    assertThat(object.getCurrentDirectory().isDirectory(), is(true));
  }
}
