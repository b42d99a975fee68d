package dev.midstream.postgres;

import dev.midstream.analysis.Analysis;
import dev.midstream.analysis.Fingerprint;
import dev.midstream.transforms.ContentAnalysis;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code analysis}. */
final class AnalysisRows {
  private static final List<Column<ContentAnalysis>> COLUMNS =
      List.of(
          Column.of("sha256", "bytea", row -> row.content().toBytes()),
          Column.of("analyzer_version", "int4", row -> Analysis.VERSION),
          // Sixteen bits without a sign in the header; the same bits with one in the table, so that
          // a
          // broken header is stored, and stays apart from every other.
          of("format", "int2", a -> (short) a.timing().format()),
          of("track_count", "int4", a -> a.timing().trackCount()),
          of("division", "int4", a -> a.timing().division()),
          of("duration_seconds", "float8", a -> a.timing().durationSeconds()),
          of("duration_ticks", "int8", a -> a.timing().durationTicks()),
          of("note_count", "int4", a -> a.notes().noteCount()),
          of("bpm", "float4", a -> a.tempo().bpm()),
          of("bpm_confidence", "float4", a -> a.tempo().confidence()),
          of("bpm_method", "text", a -> a.tempo().method().code()),
          of("onset_bpm", "float4", a -> a.tempo().onsetBpm()),
          of("onset_bpm_confidence", "float4", a -> a.tempo().onsetConfidence()),
          cast("tempo_changes", "jsonb", a -> PostgresText.tempoChanges(a.tempo().changes())),
          cast(
              "onset_tempo_changes",
              "jsonb",
              a -> PostgresText.tempoChanges(a.tempo().onsetChanges())),
          of("key", "text", a -> a.key().name()),
          of("key_confidence", "float4", a -> a.key().confidence()),
          of("key_meta", "text", a -> a.key().meta()),
          cast("key_changes", "jsonb", a -> PostgresText.keyChanges(a.key().changes())),
          of("time_signature", "text", a -> a.meter().timeSignature()),
          of("time_signature_confidence", "float4", a -> a.meter().confidence()),
          cast(
              "time_signature_changes",
              "jsonb",
              a -> PostgresText.meterChanges(a.meter().changes())),
          of("grid", "text", a -> a.groove().grid() == null ? null : a.groove().grid().code()),
          of("swing_ratio", "float4", a -> a.groove().swingRatio()),
          of("pitch_min", "int2", a -> toShort(a.notes().pitchMin())),
          of("pitch_max", "int2", a -> toShort(a.notes().pitchMax())),
          of("polyphony_max", "int4", a -> a.notes().polyphonyMax()),
          of("polyphony_mean", "float4", a -> a.notes().polyphonyMean()),
          of("note_density", "float4", a -> a.notes().noteDensity()),
          of("velocity_mean", "float4", a -> a.notes().velocityMean()),
          cast("programs", "smallint[]", a -> PostgresText.intArray(a.programs())),
          of("drum_note_count", "int4", a -> a.notes().drumNoteCount()),
          of("music_hash", "bytea", a -> bytes(a.fingerprints().music())),
          of("transposed_hash", "bytea", a -> bytes(a.fingerprints().transposed())),
          of("title", "text", a -> a.texts().title()),
          cast("track_names", "text[]", a -> PostgresText.textArray(a.texts().trackNames())),
          of("lyrics", "text", a -> a.texts().lyrics()),
          of("copyright", "text", a -> a.texts().copyright()),
          cast("markers", "text[]", a -> PostgresText.textArray(a.texts().markers())),
          cast("warnings", "text[]", a -> PostgresText.textArray(a.warnings())));

  /** Writes contents that are new, or were analysed by another version. */
  static final BatchUpsert<ContentAnalysis> UPSERT =
      new BatchUpsert<>(
          "midstream.analysis",
          "sha256",
          COLUMNS,
          "old.analyzer_version <> excluded.analyzer_version");

  /**
   * Writes contents whatever is known of them; what comes out as it is stored, which is most when a
   * library is analysed again, is left as it is: no new version of a row, no log.
   */
  static final BatchUpsert<ContentAnalysis> OVERWRITE =
      new BatchUpsert<>("midstream.analysis", "sha256", COLUMNS, BatchUpsert.anyDiffers(COLUMNS));

  private AnalysisRows() {}

  private static Column<ContentAnalysis> of(
      String name, String type, Function<Analysis, @Nullable Object> value) {
    return Column.of(name, type, row -> value.apply(row.analysis()));
  }

  private static @Nullable Short toShort(@Nullable Integer number) {
    return number == null ? null : number.shortValue();
  }

  private static byte @Nullable [] bytes(@Nullable Fingerprint fingerprint) {
    return fingerprint == null ? null : fingerprint.toBytes();
  }

  private static Column<ContentAnalysis> cast(
      String name, String type, Function<Analysis, @Nullable Object> value) {
    return Column.cast(name, type, row -> value.apply(row.analysis()));
  }
}
