package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
import java.util.List;

/**
 * The key that the notes tell, by {@link KeyModel} over {@link KeyEvidence}; a key signature event
 * is one more piece of evidence. Reused from file to file; one thread.
 */
final class KeyFinder {
  /**
   * What the file's first signature adds to the log-odds of the two keys that it may mean, if it
   * has any sharps or flats. Less than it is worth: 4 in published scores, where 96 of 97 are
   * right, 5 in a collection from the web, where 139 of 148 agree with confident answers. No sharps
   * and no flats are what software writes that knows nothing, and add nothing.
   */
  private static final float SIGNATURE = 3;

  /** With less confidence there is no key: of four such answers, three would be wrong. */
  private static final double LEAST_CONFIDENCE = 0.25;

  /**
   * Of what is this much below the best score, as a logarithm, no one waits for the exponential.
   */
  private static final double IMPOSSIBLE = 16;

  private static final SignalKernel KERNEL = Kernels.signals();
  private static final KeyModel MODEL = KeyModel.load();

  private final KeyEvidence evidence = new KeyEvidence();
  private final KeyChanges changes = new KeyChanges(MODEL);
  private final float[] scores = new float[24 + SignalKernel.MARGIN];

  Analysis.Key find(
      MidiColumns columns, NoteTimeline timeline, NoteCensus census, TempoMap tempoMap) {
    EventColumn events = columns.keys();
    String meta = null;
    if (events.size() > 0) {
      meta = KeyName.ofSignature(sharps(events, 0), (events.values()[0] & 1) == 1);
    }
    if (!evidence.gather(timeline, census, columns.programs())) {
      return new Analysis.Key(null, null, meta, List.of());
    }
    score(events);
    int key = best(scores);
    if (key < 0) {
      return new Analysis.Key(null, null, meta, List.of());
    }
    double confidence = confidence(key);
    if (confidence < LEAST_CONFIDENCE) {
      return new Analysis.Key(null, null, meta, List.of());
    }
    return new Analysis.Key(
        spell(key, events),
        (float) confidence,
        meta,
        changes.find(evidence, key, confidence, tempoMap, events));
  }

  private void score(EventColumn events) {
    KERNEL.correlate(evidence.rows(), 0, KeyRow.SIZE, MODEL.profiles, scores, 0);
    for (int key = 12; key < 24; key++) {
      scores[key] += MODEL.minor;
    }
    if (events.size() > 0 && sharps(events, 0) != 0) {
      int sharps = sharps(events, 0);
      scores[KeyName.tonic(sharps, false)] += SIGNATURE;
      scores[12 + KeyName.tonic(sharps, true)] += SIGNATURE;
    }
  }

  /** The key with the highest score; −1 if several share it: such music has no one centre. */
  private static int best(float[] scores) {
    int best = 0;
    boolean alone = true;
    for (int key = 1; key < 24; key++) {
      if (scores[key] >= scores[best]) {
        alone = scores[key] > scores[best];
        best = key;
      }
    }
    return alone ? best : -1;
  }

  /** Summed from the answer's tonic upwards, so that it does not depend on which tonic that is. */
  private double confidence(int key) {
    double others = 0;
    for (int mode = 0; mode < 24; mode += 12) {
      for (int tonic = 0; tonic < 12; tonic++) {
        int other = (key + tonic) % 12 + mode;
        if (other != key) {
          double below = scores[key] - (double) scores[other];
          others += below > IMPOSSIBLE ? 0 : Math.exp(-below);
        }
      }
    }
    double least = Math.max(others, Math.exp(-IMPOSSIBLE));
    double logOdds = MODEL.confidenceOffset - MODEL.confidenceSlope * Math.log(least);
    return 1 / (1 + Math.exp(-logOdds));
  }

  void trim() {
    evidence.trim();
  }

  private static int sharps(EventColumn events, int i) {
    return (events.values()[i] >> 1) - 7;
  }

  /** As the first signature that has this key spells it; else with the fewest accidentals. */
  static String spell(int key, EventColumn events) {
    int tonic = key % 12;
    boolean minor = key >= 12;
    for (int i = 0; i < events.size(); i++) {
      if (KeyName.tonic(sharps(events, i), minor) == tonic) {
        return KeyName.ofSignature(sharps(events, i), minor);
      }
    }
    return KeyName.ofSignature(KeyName.sharps(tonic, minor), minor);
  }
}
