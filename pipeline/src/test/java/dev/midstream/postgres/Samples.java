package dev.midstream.postgres;

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
import dev.midstream.transforms.ContentAnalysis;
import dev.midstream.transforms.ContentAnalyzer;
import dev.midstream.transforms.ContentId;
import dev.midstream.transforms.FileOutcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows that are hard to write, and what the tables must then hold; random, from a printed seed. */
final class Samples {
  /** What array literals, JSON, SQL and UTF-8 each treat in a way of their own. */
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "Piano",
          "NULL",
          "null",
          "\"",
          "'",
          "''; drop table midstream.file; --",
          "\\",
          "\\\\\"\\",
          "a,b",
          "{a,b}",
          "}{",
          "[\"x\"]",
          "$1 ? ?? :name ::text %s %n",
          "two\nlines",
          "tab\tand \u0085 \u00A0 \u2028 end",
          "Größe, naïve, ¿señor?",
          "ピアノ 鋼琴 фортепиано بيانو",
          "\uD83C\uDFB9\uD83C\uDFB6",
          "e\u0301 \uFEFF \uFFFD \uFFFF",
          "x".repeat(100_000));

  private final Random random;

  private Samples(Random random) {
    this.random = random;
  }

  /** Another each run, or that of {@code -Dmidstream.seed}. */
  static Samples of(Class<?> test) {
    long seed = Long.getLong("midstream.seed", System.nanoTime());
    System.out.println(test.getSimpleName() + ": repeat with -Dmidstream.seed=" + seed);
    return new Samples(new Random(seed));
  }

  /** Random ones, which no compression makes shorter. */
  String letters(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /** The identity of the content {@code name}. */
  static ContentId id(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return new ContentAnalyzer().identify(bytes, 0, bytes.length);
  }

  static FileEntry entry(String uri) {
    return new FileEntry(uri, 1234, Instant.parse("2001-02-03T04:05:06.789Z").toEpochMilli());
  }

  static FileOutcome analyzed(FileEntry entry) {
    return new FileOutcome(entry, id(entry.uri()), null);
  }

  static FileOutcome rejected(FileEntry entry, RejectReason reason, String detail) {
    return new FileOutcome(entry, id(entry.uri()), new Rejected(reason, 17, detail));
  }

  static FileOutcome unreadable(FileEntry entry) {
    return new FileOutcome(entry, null, new Rejected(RejectReason.UNREADABLE, 0, "no"));
  }

  /** Every column null or empty that may be. */
  static Analysis bare() {
    return new Analysis(
        new Analysis.Timing(0, 0, 0, null, 0),
        new Analysis.Tempo(null, null, TempoMethod.NONE, null, null, List.of(), List.of()),
        new Analysis.Key(null, null, null, List.of()),
        new Analysis.Meter(null, null, List.of()),
        Analysis.Groove.UNKNOWN,
        new Analysis.NoteStatistics(0, 0, null, null, 0, null, null, null),
        Fingerprints.NONE,
        List.of(),
        new Analysis.Texts(null, List.of(), null, null, List.of()),
        List.of());
  }

  static Analysis withFormat(int format) {
    Analysis bare = bare();
    return new Analysis(
        new Analysis.Timing(format, 65535, -32768, null, Long.MAX_VALUE),
        bare.tempo(),
        bare.key(),
        bare.meter(),
        bare.groove(),
        bare.notes(),
        bare.fingerprints(),
        bare.programs(),
        bare.texts(),
        bare.warnings());
  }

  Analysis analysis() {
    return new Analysis(
        new Analysis.Timing(
            random.nextInt(3),
            random.nextInt(65536),
            random.nextInt(65536) - 32768,
            orNull(() -> random.nextDouble() * 1e6),
            random.nextInt() & 0xFFFFFFFFL),
        new Analysis.Tempo(
            orNull(this::bpm),
            orNull(random::nextFloat),
            TempoMethod.values()[random.nextInt(TempoMethod.values().length)],
            orNull(this::bpm),
            orNull(random::nextFloat),
            list(i -> new TempoChange(seconds(i), bpm())),
            list(i -> new TempoChange(seconds(i), bpm()))),
        new Analysis.Key(
            orNull(() -> "F# minor"),
            orNull(random::nextFloat),
            orNull(() -> "Bb major"),
            list(i -> new KeyChange(orNull(() -> seconds(i)), "C# major", random.nextFloat()))),
        new Analysis.Meter(
            orNull(() -> "6/8"),
            orNull(random::nextFloat),
            list(
                i ->
                    new MeterChange(
                        (long) i << 33, orNull(() -> seconds(i)), (1 + i) + "/" + (1 << i)))),
        new Analysis.Groove(
            orNull(() -> Analysis.Grid.values()[random.nextInt(4)]),
            orNull(() -> 0.5f + random.nextFloat() * 2)),
        new Analysis.NoteStatistics(
            1000 + random.nextInt(Integer.MAX_VALUE - 1000),
            random.nextInt(1000),
            orNull(() -> random.nextInt(64)),
            orNull(() -> 63 + random.nextInt(65)),
            random.nextInt(1000),
            orNull(() -> random.nextFloat() * 100),
            orNull(() -> random.nextFloat() * 1e7f),
            orNull(() -> 1 + random.nextFloat() * 126)),
        new Fingerprints(orNull(this::fingerprint), orNull(this::fingerprint)),
        list(i -> i * 9),
        new Analysis.Texts(
            orNull(this::text),
            list(i -> text()),
            orNull(this::text),
            orNull(this::text),
            list(i -> text())),
        list(i -> text() + ":" + i));
  }

  void shuffle(List<?> list) {
    Collections.shuffle(list, random);
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private Fingerprint fingerprint() {
    return new Fingerprint(random.nextLong(), random.nextLong());
  }

  /** From the smallest that a file can say to the largest. */
  private float bpm() {
    return random.nextBoolean()
        ? 3.58f + random.nextFloat() * 300
        : 60e6f / (1 + random.nextInt(1000));
  }

  private double seconds(int i) {
    return i == 0 ? 0 : random.nextBoolean() ? i * 1e-7 * random.nextDouble() : i * 12345.678;
  }

  private <T> T orNull(Supplier<T> value) {
    return random.nextInt(4) == 0 ? null : value.get();
  }

  private <T> List<T> list(IntFunction<T> element) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(element).toList();
  }

  private static String tempi(List<TempoChange> changes) {
    return changes.stream()
        .map(c -> "{\"bpm\": %s, \"seconds\": %s}".formatted(number(c.bpm()), number(c.seconds())))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** What {@code select *} of the table {@code analysis} must show, column by column. */
  static List<Object> row(ContentAnalysis value) {
    Analysis a = value.analysis();
    return new ArrayList<>(
        Arrays.asList(
            value.content().toString(),
            Analysis.VERSION,
            a.timing().format(),
            a.timing().trackCount(),
            a.timing().division(),
            a.timing().durationSeconds(),
            a.timing().durationTicks(),
            a.notes().noteCount(),
            a.tempo().bpm(),
            a.tempo().confidence(),
            a.tempo().method().name().toLowerCase(Locale.ROOT),
            a.tempo().onsetBpm(),
            a.tempo().onsetConfidence(),
            tempi(a.tempo().changes()),
            tempi(a.tempo().onsetChanges()),
            a.key().name(),
            a.key().confidence(),
            a.key().meta(),
            a.key().changes().stream()
                .map(
                    c ->
                        "{\"key\": \"%s\", \"seconds\": %s, \"confidence\": %s}"
                            .formatted(c.key(), number(c.seconds()), number(c.confidence())))
                .collect(Collectors.joining(", ", "[", "]")),
            a.meter().timeSignature(),
            a.meter().confidence(),
            a.meter().changes().stream()
                .map(
                    c ->
                        "{\"tick\": %s, \"seconds\": %s, \"time_signature\": \"%s\"}"
                            .formatted(c.tick(), number(c.seconds()), c.timeSignature()))
                .collect(Collectors.joining(", ", "[", "]")),
            a.groove().grid() == null ? null : a.groove().grid().name().toLowerCase(Locale.ROOT),
            a.groove().swingRatio(),
            a.notes().pitchMin(),
            a.notes().pitchMax(),
            a.notes().polyphonyMax(),
            a.notes().polyphonyMean(),
            a.notes().noteDensity(),
            a.notes().velocityMean(),
            a.programs().stream().map(Integer::shortValue).toList(),
            a.notes().drumNoteCount(),
            text(a.fingerprints().music()),
            text(a.fingerprints().transposed()),
            a.texts().title(),
            a.texts().trackNames(),
            a.texts().lyrics(),
            a.texts().copyright(),
            a.texts().markers(),
            a.warnings()));
  }

  private static String text(Fingerprint fingerprint) {
    return fingerprint == null ? null : fingerprint.toString();
  }

  /** As PostgreSQL prints a number of a {@code jsonb}: every digit, and no exponent. */
  private static String number(Number value) {
    return value == null ? "null" : new BigDecimal(value.toString()).toPlainString();
  }
}
