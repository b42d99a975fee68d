package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.midi.Seed;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.ContentBatch.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

/** Every element of the graph arrives as it was sent. */
class CodersTest {
  private static final int RANDOM_VALUES = 300;

  private static final Samples SAMPLES = new Samples(Seed.of(CodersTest.class));

  @Test
  void fileEntries() throws Exception {
    check(
        FileEntryCoder.of(),
        List.of(
            new FileEntry("", 0, 0),
            new FileEntry("/a b/ä.mid", Long.MAX_VALUE, Long.MAX_VALUE),
            new FileEntry("gs://bucket/a.mid", FileEntry.NOT_A_FILE, Long.MIN_VALUE)),
        SAMPLES::entry);
  }

  @Test
  void contentIds() throws Exception {
    check(
        ContentIdCoder.INSTANCE,
        List.of(Samples.id(1), Samples.id(2), ContentId.ofDigest(new byte[32])),
        () -> SAMPLES.analysis().content());
    check(
        ContentIdCoder.NULLABLE,
        Arrays.asList(Samples.id(1), null),
        () -> SAMPLES.outcome().content());
  }

  @Test
  void rejections() throws Exception {
    List<Rejected> all = new ArrayList<>();
    for (RejectReason reason : RejectReason.values()) {
      all.add(new Rejected(reason, 7, "why"));
    }
    all.add(new Rejected(RejectReason.EMPTY, Long.MAX_VALUE, ""));
    check(RejectedCoder.INSTANCE, all, SAMPLES::rejected);
  }

  @Test
  void outcomes() throws Exception {
    FileEntry entry = new FileEntry("/a.mid", 1, 2);
    Rejected rejected = new Rejected(RejectReason.NO_TRACKS, 14, "why");
    check(
        FileOutcomeCoder.of(),
        List.of(
            new FileOutcome(entry, Samples.id(1), rejected),
            new FileOutcome(entry, Samples.id(1), null),
            new FileOutcome(entry, null, rejected),
            new FileOutcome(entry, null, null)),
        SAMPLES::outcome);
  }

  @Test
  void analyses() throws Exception {
    check(
        ContentAnalysisCoder.of(),
        List.of(Samples.fullAnalysis(), Samples.bareAnalysis()),
        SAMPLES::analysis);
  }

  @Test
  void analyzedBatches() throws Exception {
    FileOutcome file = new FileOutcome(new FileEntry("/a.mid", 1, 2), Samples.id(1), null);
    check(
        AnalyzedBatchCoder.of(),
        List.of(
            new AnalyzedBatch(List.of(), List.of()),
            new AnalyzedBatch(List.of(file), List.of()),
            new AnalyzedBatch(List.of(file, file), List.of(Samples.fullAnalysis()))),
        () -> new AnalyzedBatch(List.of(SAMPLES.outcome()), List.of(SAMPLES.analysis())));
  }

  @Test
  void batches() throws Exception {
    FileEntry entry = new FileEntry("/a.mid", 1, 2);
    check(
        ContentBatchCoder.of(),
        List.of(
            new ContentBatch(List.of(), new byte[0], 0),
            new ContentBatch(List.of(), new byte[9], 0),
            new ContentBatch(
                List.of(
                    new Content(entry, 0, 3, null),
                    new Content(entry, 3, 0, new Rejected(RejectReason.VANISHED, 0, "gone")),
                    new Content(entry, 3, 0, null)),
                new byte[] {1, 2, 3, 4},
                3)),
        SAMPLES::batch);
  }

  private static <T> void check(Coder<T> coder, List<T> values, Supplier<T> random)
      throws Exception {
    List<T> all = new ArrayList<>(values);
    for (int i = 0; i < RANDOM_VALUES; i++) {
      all.add(random.get());
    }
    CoderProperties.coderSerializable(coder);
    CoderProperties.coderDeterministic(coder, values.get(0), values.get(0));
    for (T value : all) {
      CoderProperties.coderDecodeEncodeEqual(coder, value);
      T arrived = CoderUtils.clone(coder, value);
      assertThat(coder.structuralValue(arrived), equalTo(coder.structuralValue(value)));
    }
    for (T one : values) {
      for (T other : values) {
        boolean sameBytes =
            Arrays.equals(
                CoderUtils.encodeToByteArray(coder, one),
                CoderUtils.encodeToByteArray(coder, other));
        // What CoderProperties asks as well, but by JUnit 4.
        assertThat(Objects.equals(one, other), is(sameBytes));
        assertThat(coder.structuralValue(one).equals(coder.structuralValue(other)), is(sameBytes));
      }
    }
    // One after another in a stream: each reads exactly what was written for it.
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (T value : all) {
      coder.encode(value, out);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    for (T value : all) {
      assertThat(coder.decode(in), equalTo(value));
    }
    assertThat(in.available(), is(0));
  }

  @Test
  void whatIsCutShortIsNotDecoded() throws Exception {
    List<Coder<?>> coders =
        List.of(ContentAnalysisCoder.of(), ContentBatchCoder.of(), ContentIdCoder.INSTANCE);
    List<byte[]> encoded =
        List.of(
            CoderUtils.encodeToByteArray(ContentAnalysisCoder.of(), Samples.fullAnalysis()),
            CoderUtils.encodeToByteArray(
                ContentBatchCoder.of(), new ContentBatch(List.of(), new byte[5], 5)),
            CoderUtils.encodeToByteArray(ContentIdCoder.INSTANCE, Samples.id(1)));
    for (int i = 0; i < coders.size(); i++) {
      for (int length = 0; length < encoded.get(i).length; length++) {
        Coder<?> coder = coders.get(i);
        byte[] cut = Arrays.copyOf(encoded.get(i), length);
        assertThrows(Exception.class, () -> CoderUtils.decodeFromByteArray(coder, cut));
      }
    }
  }

  @Test
  void aBatchKeepsItsContentsWithinItsBytes() {
    FileEntry entry = new FileEntry("/a.mid", 1, 2);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new ContentBatch(List.of(new Content(entry, 1, 3, null)), new byte[9], 3));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new ContentBatch(List.of(), new byte[3], 4));
  }

  @Test
  void contentIdsAreOrderedAsUnsignedBytes() {
    byte[] high = new byte[32];
    high[0] = (byte) 0x80;
    byte[] low = new byte[32];
    low[0] = 0x7F;
    assertThat(ContentId.ofDigest(high).compareTo(ContentId.ofDigest(low)) > 0, is(true));
    assertThat(ContentId.ofDigest(low).compareTo(ContentId.ofDigest(low)), is(0));
    assertThat(ContentId.ofDigest(low), equalTo(ContentId.ofDigest(low.clone())));
    assertThat(ContentId.ofDigest(low), not(equalTo(ContentId.ofDigest(high))));
    assertThrows(IllegalArgumentException.class, () -> ContentId.ofDigest(new byte[31]));
    // The bytes are nobody's to change.
    ContentId id = ContentId.ofDigest(low);
    id.toBytes()[0] = 1;
    low[0] = 2;
    assertThat(id.toString().substring(0, 4), is("7f00"));
  }
}
