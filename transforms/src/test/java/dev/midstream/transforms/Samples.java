package dev.midstream.transforms;

import dev.midstream.analysis.Analysis;
import dev.midstream.analysis.Analysis.KeyChange;
import dev.midstream.analysis.Analysis.MeterChange;
import dev.midstream.analysis.Analysis.TempoChange;
import dev.midstream.analysis.Fingerprint;
import dev.midstream.analysis.Fingerprints;
import dev.midstream.analysis.TempoMethod;
import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import dev.midstream.source.FileEntry;
import dev.midstream.transforms.ContentBatch.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Elements of the graph: full, empty, and random ones from a seed. */
final class Samples {
  private final Random random;

  Samples(Random random) {
    this.random = random;
  }

  static ContentAnalysis fullAnalysis() {
    return new ContentAnalysis(
        id(1),
        new Analysis(
            new Analysis.Timing(1, 17, -7580, 12.5, Integer.MAX_VALUE),
            new Analysis.Tempo(
                120.25f,
                0.5f,
                TempoMethod.HYBRID,
                119.9f,
                1.0f,
                List.of(new TempoChange(0, 120.25f), new TempoChange(1.5, 60_000_000f)),
                List.of(new TempoChange(4, 119.5f))),
            new Analysis.Key(
                "F# minor",
                0.25f,
                "Gb major",
                List.of(new KeyChange(0.5, "F# minor", 1), new KeyChange(null, "A major", 0.5f))),
            new Analysis.Meter(
                "7/8",
                0.75f,
                List.of(new MeterChange(0, 0.0, "7/8"), new MeterChange(1L << 31, null, "4/4"))),
            new Analysis.Groove(Analysis.Grid.SWUNG, 1.5f),
            new Analysis.NoteStatistics(5, 2, 0, 127, 4, 1.5f, 2.25f, 99.9f),
            new Fingerprints(new Fingerprint(-1, 1), new Fingerprint(Long.MIN_VALUE, 0)),
            List.of(0, 5, 127),
            new Analysis.Texts(
                "Für 愛", List.of("Größe", "愛 𝄞"), "la\nla", "(C)", List.of("A", "𝄞")),
            List.of("hanging_note:1", "realtime:2")));
  }

  /** Everything null that may be. */
  static ContentAnalysis bareAnalysis() {
    return new ContentAnalysis(
        id(0),
        new Analysis(
            new Analysis.Timing(0, 0, 0, null, 0),
            new Analysis.Tempo(null, null, TempoMethod.NONE, null, null, List.of(), List.of()),
            new Analysis.Key(null, null, null, List.of()),
            new Analysis.Meter(null, null, List.of()),
            Analysis.Groove.UNKNOWN,
            new Analysis.NoteStatistics(0, 0, null, null, 0, null, null, null),
            Fingerprints.NONE,
            List.of(),
            new Analysis.Texts(null, List.of(), null, null, List.of()),
            List.of()));
  }

  static ContentId id(int seed) {
    byte[] digest = new byte[ContentId.BYTES];
    new Random(seed).nextBytes(digest);
    return ContentId.ofDigest(digest);
  }

  ContentAnalysis analysis() {
    return new ContentAnalysis(
        id(random.nextInt()),
        new Analysis(
            new Analysis.Timing(
                random.nextInt(65536),
                random.nextInt(100),
                (short) random.nextInt(),
                orNull(this::seconds),
                random.nextInt(Integer.MAX_VALUE)),
            new Analysis.Tempo(
                orNull(random::nextFloat),
                orNull(random::nextFloat),
                TempoMethod.values()[random.nextInt(TempoMethod.values().length)],
                orNull(random::nextFloat),
                orNull(random::nextFloat),
                list(() -> new TempoChange(seconds(), random.nextFloat() * 300)),
                list(() -> new TempoChange(seconds(), random.nextFloat() * 300))),
            new Analysis.Key(
                orNull(this::text),
                orNull(random::nextFloat),
                orNull(this::text),
                list(() -> new KeyChange(orNull(this::seconds), text(), random.nextFloat()))),
            new Analysis.Meter(
                orNull(this::text),
                orNull(random::nextFloat),
                list(() -> new MeterChange(random.nextInt(9999), orNull(this::seconds), text()))),
            new Analysis.Groove(
                orNull(() -> Analysis.Grid.values()[random.nextInt(4)]), orNull(random::nextFloat)),
            new Analysis.NoteStatistics(
                random.nextInt(1 << 22),
                random.nextInt(1 << 22),
                orNull(() -> random.nextInt(128)),
                orNull(() -> random.nextInt(128)),
                random.nextInt(1 << 22),
                orNull(random::nextFloat),
                orNull(random::nextFloat),
                orNull(random::nextFloat)),
            new Fingerprints(orNull(this::fingerprint), orNull(this::fingerprint)),
            list(() -> random.nextInt(128)),
            new Analysis.Texts(
                orNull(this::text),
                list(this::text),
                orNull(this::text),
                orNull(this::text),
                list(this::text)),
            list(this::text)));
  }

  FileOutcome outcome() {
    return new FileOutcome(entry(), orNull(() -> id(random.nextInt())), orNull(this::rejected));
  }

  FileEntry entry() {
    return new FileEntry("/" + text(), random.nextLong(), random.nextLong());
  }

  Rejected rejected() {
    RejectReason[] reasons = RejectReason.values();
    return new Rejected(reasons[random.nextInt(reasons.length)], random.nextLong(), text());
  }

  ContentBatch batch() {
    List<Content> contents = new ArrayList<>();
    int size = 0;
    for (int i = random.nextInt(20); i > 0; i--) {
      Rejected rejected = orNull(this::rejected);
      int length = rejected == null ? random.nextInt(1000) : 0;
      contents.add(new Content(entry(), size, length, rejected));
      size += length;
    }
    // More room than bytes: what lies behind them belongs to nobody.
    byte[] bytes = new byte[size + random.nextInt(100)];
    random.nextBytes(bytes);
    return new ContentBatch(contents, bytes, size);
  }

  private double seconds() {
    return random.nextDouble() * 1000;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      int c = random.nextInt(0x11000);
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
    }
    return text.toString();
  }

  private <T> T orNull(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private Fingerprint fingerprint() {
    return new Fingerprint(random.nextLong(), random.nextLong());
  }
}
