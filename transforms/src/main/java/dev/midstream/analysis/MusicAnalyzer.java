package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;

/**
 * Analyses one parsed file. Holds the scratch that the analyses sweep over, so make one a thread
 * and keep it. Not thread-safe.
 */
public final class MusicAnalyzer {
  private static final SignalKernel KERNEL = Kernels.signals();

  private final NoteTimeline timeline = new NoteTimeline();
  private final TempoMap tempoMap = new TempoMap();
  private final TempoModels models = TempoModels.trained();
  private final TempoFinder tempoFinder = new TempoFinder(models);
  private final KeyFinder keyFinder = new KeyFinder();
  private final Instruments instruments = new Instruments();
  private final TextFinder textFinder = new TextFinder();
  private final long[] pitches = new long[SignalKernel.SUMMARY];
  private final long[] velocities = new long[SignalKernel.SUMMARY];

  /**
   * Everything about the file whose header is {@code parsed} and whose events are {@code columns}.
   */
  public Analysis analyze(Parsed parsed, MidiColumns columns) {
    NoteColumns notes = columns.notes();
    timeline.reset(notes);
    tempoMap.reset(columns.tempos(), parsed.division());
    int endTick = columns.endTick();
    Double seconds = tempoMap.hasTime() ? tempoMap.secondsAt(endTick) : null;
    int division = parsed.division();
    int meter = MeterFinder.dominant(columns.meters(), endTick);
    Analysis.Tempo tempo =
        tempoFinder.find(notes, timeline, tempoMap, division, columns.tempos().size() > 0, meter);
    return new Analysis(
        new Analysis.Timing(parsed.format(), parsed.trackCount(), division, seconds, endTick),
        tempo,
        keyFinder.find(columns, timeline, tempoMap),
        MeterFinder.find(columns.meters(), meter, timeline, endTick, tempoMap, tempoFinder, models),
        tempoFinder.groove(timeline, division),
        statistics(notes, seconds),
        Fingerprints.of(notes, division),
        instruments.of(notes, timeline, columns.programs()),
        textFinder.find(columns, parsed.format()),
        columns.warnings().toStrings());
  }

  private Analysis.NoteStatistics statistics(NoteColumns notes, Double seconds) {
    int size = notes.size();
    if (size == 0) {
      return new Analysis.NoteStatistics(0, 0, null, null, 0, null, null, null);
    }
    byte[] channels = notes.channels();
    KERNEL.summarize(notes.pitches(), channels, MidiColumns.DRUM_CHANNEL, size, pitches);
    KERNEL.summarize(notes.velocities(), channels, SignalKernel.NO_CHANNEL, size, velocities);
    int pitchedNotes = (int) pitches[SignalKernel.COUNT];
    Polyphony polyphony = Polyphony.of(timeline);
    boolean pitched = pitchedNotes > 0;
    return new Analysis.NoteStatistics(
        size,
        size - pitchedNotes,
        pitched ? (int) pitches[SignalKernel.LEAST] : null,
        pitched ? (int) pitches[SignalKernel.GREATEST] : null,
        polyphony.max(),
        (float) polyphony.mean(),
        seconds != null && seconds > 0 ? (float) (size / seconds) : null,
        (float) ((double) velocities[SignalKernel.SUM] / size));
  }

  /** Gives back, when a bundle ends, what a giant file made grow. */
  public void trim() {
    timeline.trim();
    tempoMap.trim();
    tempoFinder.trim();
    textFinder.trim();
  }
}
