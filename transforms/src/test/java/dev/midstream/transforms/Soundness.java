package dev.midstream.transforms;

import com.sun.management.ThreadMXBean;
import dev.midstream.analysis.Analysis;
import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.RejectReason;
import java.lang.management.ManagementFactory;

/**
 * What must hold of any bytes: an analysis or a reason, never a defect; within a second; within a
 * multiple of the input in memory; and numbers that can be true.
 */
final class Soundness {
  private static final long MOST_NANOS = 1_000_000_000L;

  /** Columns: what they have from the start, and bytes for a byte of the input. */
  private static final long COLUMNS_BASE = 64 << 10;

  private static final long COLUMNS_FACTOR = 12;

  /** All that parse and analysis allocate, short-lived or kept. */
  private static final long ALLOCATED_BASE = 1 << 20;

  private static final long ALLOCATED_FACTOR = 128;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ContentAnalyzer analyzer = new ContentAnalyzer();
  private ContentAnalyzer.Result result;

  void check(byte[] file) {
    checkColumns(file);
    // The first times may load classes, meet a busy machine, or make objects of vectors whose code
    // is not compiled yet, which on a busy machine takes its time.
    long start = System.nanoTime();
    boolean insist = false;
    while (!isAffordable(file, insist)) {
      insist = System.nanoTime() - start > PATIENCE_NANOS;
    }
    verify((result.analysis() == null) != (result.rejected() == null), "analysis or reason");
    if (result.rejected() != null) {
      verify(isSound(result, file.length), result.rejected().toString());
    } else {
      verify(isSound(result.analysis()), result.analysis().toString());
    }
    analyzer.trim();
  }

  private boolean isAffordable(byte[] file, boolean insist) {
    long nanos = System.nanoTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    result = analyzer.analyze(file, 0, file.length);
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    nanos = System.nanoTime() - nanos;
    boolean quick = nanos <= MOST_NANOS;
    boolean small = bytes <= ALLOCATED_BASE + ALLOCATED_FACTOR * file.length;
    verify(quick || !insist, nanos + " ns for " + file.length + " bytes");
    verify(small || !insist, bytes + " bytes allocated for " + file.length);
    return quick && small;
  }

  private static void verify(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void checkColumns(byte[] file) {
    MidiColumns columns = new MidiColumns();
    new MidiParser(columns).parse(file, 0, file.length);
    NoteColumns notes = columns.notes();
    long bytes =
        4L * notes.startTicks().length
            + 4L * notes.durationTicks().length
            + notes.pitches().length
            + notes.velocities().length
            + notes.releases().length
            + notes.channels().length
            + bytesOf(columns.tempos())
            + bytesOf(columns.meters())
            + bytesOf(columns.keys())
            + bytesOf(columns.programs())
            // Its arrays are its own; they double.
            + 2L * 13 * columns.texts().size();
    verify(
        bytes <= COLUMNS_BASE + COLUMNS_FACTOR * file.length,
        bytes + " bytes of columns for " + file.length);
  }

  private static long bytesOf(EventColumn column) {
    return 4L * column.ticks().length + 4L * column.values().length;
  }

  private static boolean isSound(ContentAnalyzer.Result result, int length) {
    return result.rejected().reason() != RejectReason.INTERNAL_ERROR
        && result.rejected().byteOffset() >= 0
        && result.rejected().byteOffset() <= length;
  }

  /** What must hold of any analysis, whatever the bytes. */
  private static boolean isSound(Analysis analysis) {
    Analysis.Timing timing = analysis.timing();
    Analysis.Tempo tempo = analysis.tempo();
    Analysis.NoteStatistics notes = analysis.notes();
    int pitched = notes.noteCount() - notes.drumNoteCount();
    boolean hasNotes = notes.noteCount() > 0;
    return timing.trackCount() > 0
        && timing.durationTicks() >= 0
        && (timing.durationSeconds() == null || isFinite(timing.durationSeconds(), 0, 1e300))
        && (tempo.bpm() == null) == (tempo.confidence() == null)
        && (tempo.bpm() == null) == tempo.method().code().equals("none")
        && (tempo.bpm() == null || isFinite(tempo.bpm(), 1e-9, 6e7))
        && isConfidence(tempo.confidence())
        && (tempo.onsetBpm() == null) == (tempo.onsetConfidence() == null)
        && (tempo.onsetBpm() == null || isFinite(tempo.onsetBpm(), 1, 1000))
        && isConfidence(tempo.onsetConfidence())
        && tempo.onsetChanges().stream().allMatch(change -> isFinite(change.bpm(), 1, 2000))
        && isConfidence(analysis.meter().confidence())
        && (analysis.groove().swingRatio() == null
            || isFinite(analysis.groove().swingRatio(), 0.1, 10))
        && (analysis.key().name() == null) == (analysis.key().confidence() == null)
        && isConfidence(analysis.key().confidence())
        && (analysis.key().name() == null) == analysis.key().changes().isEmpty()
        && analysis.key().changes().stream().allMatch(c -> isConfidence(c.confidence()))
        && notes.drumNoteCount() >= 0
        && pitched >= 0
        && (pitched == 0) == (notes.pitchMin() == null)
        && (pitched == 0) == (notes.pitchMax() == null)
        && (pitched == 0 || (notes.pitchMin() >= 0 && notes.pitchMin() <= notes.pitchMax()))
        && hasNotes == (notes.polyphonyMax() > 0)
        && notes.polyphonyMax() <= notes.noteCount()
        && hasNotes == (notes.polyphonyMean() != null)
        && (!hasNotes || isFinite(notes.polyphonyMean(), 1, notes.polyphonyMax()))
        && hasNotes == (notes.velocityMean() != null)
        && (!hasNotes || isFinite(notes.velocityMean(), 1, 127))
        && (notes.noteDensity() == null || isFinite(notes.noteDensity(), 0, 1e30))
        && analysis.programs().stream().allMatch(program -> program >= 0 && program < 128);
  }

  private static boolean isConfidence(Float confidence) {
    return confidence == null || isFinite(confidence, 0, 1);
  }

  private static boolean isFinite(double value, double least, double most) {
    return value >= least && value <= most;
  }
}
