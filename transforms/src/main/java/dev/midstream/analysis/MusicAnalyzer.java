package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.ParseOutcome.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * Analyses one parsed file. Holds the scratch that the analyses sweep over, so make one a thread
 * and keep it. Not thread-safe.
 */
public final class MusicAnalyzer {
  private final NoteTimeline timeline = new NoteTimeline();
  private final NoteCensus census = new NoteCensus();
  private final TempoMap tempoMap = new TempoMap();
  private final TempoModels models = TempoModels.trained();
  private final TempoFinder tempoFinder = new TempoFinder(models);
  private final KeyFinder keyFinder = new KeyFinder();
  private final Instruments instruments = new Instruments();
  private final TextFinder textFinder = new TextFinder();

  /**
   * Everything about the file whose header is {@code parsed} and whose events are {@code columns}.
   */
  public Analysis analyze(Parsed parsed, MidiColumns columns) {
    NoteColumns notes = columns.notes();
    timeline.reset(notes);
    census.reset(timeline);
    tempoMap.reset(columns.tempos(), parsed.division());
    int endTick = columns.endTick();
    Double seconds = tempoMap.hasTime() ? tempoMap.secondsAt(endTick) : null;
    int division = parsed.division();
    int meter = MeterFinder.dominant(columns.meters(), endTick);
    Analysis.Tempo tempo =
        tempoFinder.find(timeline, tempoMap, division, columns.tempos().size() > 0, meter);
    return new Analysis(
        new Analysis.Timing(parsed.format(), parsed.trackCount(), division, seconds, endTick),
        tempo,
        keyFinder.find(columns, timeline, census, tempoMap),
        MeterFinder.find(columns.meters(), meter, timeline, endTick, tempoMap, tempoFinder, models),
        tempoFinder.groove(timeline, division),
        statistics(seconds),
        Fingerprints.of(timeline, census, division),
        instruments.of(timeline, census, columns.programs()),
        textFinder.find(columns, parsed.format()),
        columns.warnings().toStrings());
  }

  private Analysis.NoteStatistics statistics(@Nullable Double seconds) {
    int size = census.notes();
    if (size == 0) {
      return new Analysis.NoteStatistics(0, 0, null, null, 0, null, null, null);
    }
    Polyphony polyphony = Polyphony.of(timeline);
    boolean pitched = census.highest() >= 0;
    return new Analysis.NoteStatistics(
        size,
        census.notesOf(MidiColumns.DRUM_CHANNEL),
        pitched ? census.lowest() : null,
        pitched ? census.highest() : null,
        polyphony.max(),
        (float) polyphony.mean(),
        seconds != null && seconds > 0 ? (float) (size / seconds) : null,
        (float) ((double) census.velocities() / size));
  }

  /** Gives back, when a bundle ends, what a giant file made grow. */
  public void trim() {
    timeline.trim();
    tempoMap.trim();
    tempoFinder.trim();
    keyFinder.trim();
    textFinder.trim();
  }
}
