package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.ParseOutcome.Parsed;

/**
 * Analyses one parsed file. Holds the scratch that the analyses sweep over, so make one a thread
 * and keep it. Not thread-safe.
 */
public final class MusicAnalyzer {
  private final NoteTimeline timeline = new NoteTimeline();
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
    int drums = 0;
    int lowest = 128;
    int highest = -1;
    long velocities = 0;
    byte[] channels = notes.channels();
    byte[] pitches = notes.pitches();
    for (int i = 0; i < size; i++) {
      velocities += notes.velocities()[i];
      if (channels[i] == MidiColumns.DRUM_CHANNEL) {
        drums++;
      } else {
        lowest = Math.min(lowest, pitches[i]);
        highest = Math.max(highest, pitches[i]);
      }
    }
    Polyphony polyphony = Polyphony.of(timeline);
    boolean pitched = highest >= 0;
    return new Analysis.NoteStatistics(
        size,
        drums,
        pitched ? lowest : null,
        pitched ? highest : null,
        polyphony.max(),
        (float) polyphony.mean(),
        seconds != null && seconds > 0 ? (float) (size / seconds) : null,
        (float) ((double) velocities / size));
  }

  /** Gives back, when a bundle ends, what a giant file made grow. */
  public void trim() {
    timeline.trim();
    tempoMap.trim();
    tempoFinder.trim();
    textFinder.trim();
  }
}
