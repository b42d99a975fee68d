package dev.midstream.transforms;

import dev.midstream.analysis.Analysis;
import dev.midstream.analysis.Analysis.Grid;
import dev.midstream.analysis.Analysis.KeyChange;
import dev.midstream.analysis.Analysis.MeterChange;
import dev.midstream.analysis.Analysis.TempoChange;
import dev.midstream.analysis.Fingerprint;
import dev.midstream.analysis.Fingerprints;
import dev.midstream.analysis.TempoMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.jspecify.annotations.Nullable;

/** Encodes a {@link ContentAnalysis}, topic by topic. */
public final class ContentAnalysisCoder extends AtomicCoder<ContentAnalysis> {
  private static final ContentAnalysisCoder INSTANCE = new ContentAnalysisCoder();
  private static final TempoMethod[] METHODS = TempoMethod.values();
  private static final Grid[] GRIDS = Grid.values();

  private ContentAnalysisCoder() {}

  /** The coder. */
  public static ContentAnalysisCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ContentAnalysis value, OutputStream out) throws IOException {
    ContentIdCoder.INSTANCE.encode(value.content(), out);
    Analysis analysis = value.analysis();
    encodeTiming(analysis.timing(), out);
    encodeTempo(analysis.tempo(), out);
    encodeKey(analysis.key(), out);
    encodeMeter(analysis.meter(), out);
    encodeGroove(analysis.groove(), out);
    encodeNotes(analysis.notes(), out);
    encodeFingerprint(analysis.fingerprints().music(), out);
    encodeFingerprint(analysis.fingerprints().transposed(), out);
    Wire.INTS.encode(analysis.programs(), out);
    encodeTexts(analysis.texts(), out);
    Wire.TEXTS.encode(analysis.warnings(), out);
  }

  @Override
  public ContentAnalysis decode(InputStream in) throws IOException {
    return new ContentAnalysis(
        ContentIdCoder.INSTANCE.decode(in),
        new Analysis(
            decodeTiming(in),
            decodeTempo(in),
            decodeKey(in),
            decodeMeter(in),
            decodeGroove(in),
            decodeNotes(in),
            new Fingerprints(decodeFingerprint(in), decodeFingerprint(in)),
            Wire.INTS.decode(in),
            decodeTexts(in),
            Wire.TEXTS.decode(in)));
  }

  private static void encodeTiming(Analysis.Timing timing, OutputStream out) throws IOException {
    Wire.INT.encode(timing.format(), out);
    Wire.INT.encode(timing.trackCount(), out);
    Wire.INT.encode(timing.division(), out);
    Wire.NULLABLE_DOUBLE.encode(timing.durationSeconds(), out);
    Wire.LONG.encode(timing.durationTicks(), out);
  }

  private static Analysis.Timing decodeTiming(InputStream in) throws IOException {
    return new Analysis.Timing(
        Wire.INT.decode(in),
        Wire.INT.decode(in),
        Wire.INT.decode(in),
        Wire.NULLABLE_DOUBLE.decode(in),
        Wire.LONG.decode(in));
  }

  private static void encodeTempo(Analysis.Tempo tempo, OutputStream out) throws IOException {
    Wire.NULLABLE_FLOAT.encode(tempo.bpm(), out);
    Wire.NULLABLE_FLOAT.encode(tempo.confidence(), out);
    Wire.INT.encode(tempo.method().ordinal(), out);
    Wire.NULLABLE_FLOAT.encode(tempo.onsetBpm(), out);
    Wire.NULLABLE_FLOAT.encode(tempo.onsetConfidence(), out);
    encodeChanges(tempo.changes(), out);
    encodeChanges(tempo.onsetChanges(), out);
  }

  private static void encodeChanges(List<TempoChange> changes, OutputStream out)
      throws IOException {
    Wire.writeList(
        changes,
        out,
        (change, to) -> {
          Wire.DOUBLE.encode(change.seconds(), to);
          Wire.FLOAT.encode(change.bpm(), to);
        });
  }

  private static List<TempoChange> decodeChanges(InputStream in) throws IOException {
    return Wire.readList(
        in, from -> new TempoChange(Wire.DOUBLE.decode(from), Wire.FLOAT.decode(from)));
  }

  private static Analysis.Tempo decodeTempo(InputStream in) throws IOException {
    return new Analysis.Tempo(
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.readEnum(in, METHODS),
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in),
        decodeChanges(in),
        decodeChanges(in));
  }

  private static void encodeKey(Analysis.Key key, OutputStream out) throws IOException {
    Wire.NULLABLE_TEXT.encode(key.name(), out);
    Wire.NULLABLE_FLOAT.encode(key.confidence(), out);
    Wire.NULLABLE_TEXT.encode(key.meta(), out);
    Wire.writeList(
        key.changes(),
        out,
        (change, to) -> {
          Wire.NULLABLE_DOUBLE.encode(change.seconds(), to);
          Wire.TEXT.encode(change.key(), to);
          Wire.FLOAT.encode(change.confidence(), to);
        });
  }

  private static Analysis.Key decodeKey(InputStream in) throws IOException {
    return new Analysis.Key(
        Wire.NULLABLE_TEXT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.NULLABLE_TEXT.decode(in),
        Wire.readList(
            in,
            from ->
                new KeyChange(
                    Wire.NULLABLE_DOUBLE.decode(from),
                    Wire.TEXT.decode(from),
                    Wire.FLOAT.decode(from))));
  }

  private static void encodeMeter(Analysis.Meter meter, OutputStream out) throws IOException {
    Wire.NULLABLE_TEXT.encode(meter.timeSignature(), out);
    Wire.NULLABLE_FLOAT.encode(meter.confidence(), out);
    Wire.writeList(
        meter.changes(),
        out,
        (change, to) -> {
          Wire.LONG.encode(change.tick(), to);
          Wire.NULLABLE_DOUBLE.encode(change.seconds(), to);
          Wire.TEXT.encode(change.timeSignature(), to);
        });
  }

  private static Analysis.Meter decodeMeter(InputStream in) throws IOException {
    return new Analysis.Meter(
        Wire.NULLABLE_TEXT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.readList(
            in,
            from ->
                new MeterChange(
                    Wire.LONG.decode(from),
                    Wire.NULLABLE_DOUBLE.decode(from),
                    Wire.TEXT.decode(from))));
  }

  private static void encodeGroove(Analysis.Groove groove, OutputStream out) throws IOException {
    Grid grid = groove.grid();
    Wire.NULLABLE_INT.encode(grid == null ? null : grid.ordinal(), out);
    Wire.NULLABLE_FLOAT.encode(groove.swingRatio(), out);
  }

  private static Analysis.Groove decodeGroove(InputStream in) throws IOException {
    Integer grid = Wire.NULLABLE_INT.decode(in);
    if (grid != null && (grid < 0 || grid >= GRIDS.length)) {
      throw new CoderException("no grid " + grid);
    }
    return new Analysis.Groove(grid == null ? null : GRIDS[grid], Wire.NULLABLE_FLOAT.decode(in));
  }

  private static void encodeNotes(Analysis.NoteStatistics notes, OutputStream out)
      throws IOException {
    Wire.INT.encode(notes.noteCount(), out);
    Wire.INT.encode(notes.drumNoteCount(), out);
    Wire.NULLABLE_INT.encode(notes.pitchMin(), out);
    Wire.NULLABLE_INT.encode(notes.pitchMax(), out);
    Wire.INT.encode(notes.polyphonyMax(), out);
    Wire.NULLABLE_FLOAT.encode(notes.polyphonyMean(), out);
    Wire.NULLABLE_FLOAT.encode(notes.noteDensity(), out);
    Wire.NULLABLE_FLOAT.encode(notes.velocityMean(), out);
  }

  private static Analysis.NoteStatistics decodeNotes(InputStream in) throws IOException {
    return new Analysis.NoteStatistics(
        Wire.INT.decode(in),
        Wire.INT.decode(in),
        Wire.NULLABLE_INT.decode(in),
        Wire.NULLABLE_INT.decode(in),
        Wire.INT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in),
        Wire.NULLABLE_FLOAT.decode(in));
  }

  private static void encodeFingerprint(@Nullable Fingerprint fingerprint, OutputStream out)
      throws IOException {
    Wire.FLAG.encode(fingerprint != null, out);
    if (fingerprint != null) {
      Wire.BITS.encode(fingerprint.high(), out);
      Wire.BITS.encode(fingerprint.low(), out);
    }
  }

  private static @Nullable Fingerprint decodeFingerprint(InputStream in) throws IOException {
    return Wire.FLAG.decode(in)
        ? new Fingerprint(Wire.BITS.decode(in), Wire.BITS.decode(in))
        : null;
  }

  private static void encodeTexts(Analysis.Texts texts, OutputStream out) throws IOException {
    Wire.NULLABLE_TEXT.encode(texts.title(), out);
    Wire.TEXTS.encode(texts.trackNames(), out);
    Wire.NULLABLE_TEXT.encode(texts.lyrics(), out);
    Wire.NULLABLE_TEXT.encode(texts.copyright(), out);
    Wire.TEXTS.encode(texts.markers(), out);
  }

  private static Analysis.Texts decodeTexts(InputStream in) throws IOException {
    return new Analysis.Texts(
        Wire.NULLABLE_TEXT.decode(in),
        Wire.TEXTS.decode(in),
        Wire.NULLABLE_TEXT.decode(in),
        Wire.NULLABLE_TEXT.decode(in),
        Wire.TEXTS.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
