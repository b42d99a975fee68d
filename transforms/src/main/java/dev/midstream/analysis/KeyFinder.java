package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import java.util.Arrays;

/**
 * The key that the notes tell: Pearson correlation of duration-weighted pitch classes with the 24
 * rotations of the profiles of Albrecht and Shanahan, "The Use of Large Corpora to Train a New Type
 * of Key-Finding Algorithm" (Music Perception 31, 2013). Drums are left out; key signature events
 * choose the spelling only.
 */
final class KeyFinder {
  private static final double[] MAJOR = {
    0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081
  };
  private static final double[] MINOR = {
    0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052
  };
  private static final int FEWEST_NOTES = 8;
  private static final int FEWEST_PITCH_CLASSES = 3;

  /** The lead over the runner-up, in correlation, that counts as full confidence. */
  private static final double FULL_LEAD = 0.3;

  private final double[] weights = new double[12];
  private final double[] correlations = new double[24];

  Analysis.Key find(NoteColumns notes, EventColumn keyEvents) {
    String meta = null;
    if (keyEvents.size() > 0) {
      int first = keyEvents.values()[0];
      meta = KeyName.ofSignature((first >> 1) - 7, (first & 1) == 1);
    }
    if (!weigh(notes)) {
      return new Analysis.Key(null, null, meta);
    }
    int best = 0;
    for (int key = 0; key < 24; key++) {
      correlations[key] = correlate(key < 12 ? MAJOR : MINOR, key % 12);
      if (correlations[key] > correlations[best]) {
        best = key;
      }
    }
    double second = -1;
    for (int key = 0; key < 24; key++) {
      if (key != best) {
        second = Math.max(second, correlations[key]);
      }
    }
    double confidence = Math.min(1, Math.max(0, (correlations[best] - second) / FULL_LEAD));
    return new Analysis.Key(spell(best % 12, best >= 12, keyEvents), (float) confidence, meta);
  }

  /** Fills the pitch-class weights; false for too little music. */
  private boolean weigh(NoteColumns notes) {
    Arrays.fill(weights, 0);
    int pitched = 0;
    int[] durations = notes.durationTicks();
    byte[] channels = notes.channels();
    byte[] pitches = notes.pitches();
    for (int i = 0; i < notes.size(); i++) {
      if (channels[i] != MidiColumns.DRUM_CHANNEL) {
        weights[pitches[i] % 12] += durations[i];
        pitched++;
      }
    }
    int classes = 0;
    for (double weight : weights) {
      classes += weight > 0 ? 1 : 0;
    }
    return pitched >= FEWEST_NOTES && classes >= FEWEST_PITCH_CLASSES;
  }

  private double correlate(double[] profile, int tonic) {
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumYy = 0;
    double sumXy = 0;
    for (int pc = 0; pc < 12; pc++) {
      double x = weights[(pc + tonic) % 12];
      double y = profile[pc];
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumYy += y * y;
      sumXy += x * y;
    }
    double variance = (12 * sumXx - sumX * sumX) * (12 * sumYy - sumY * sumY);
    return variance <= 0 ? 0 : (12 * sumXy - sumX * sumY) / Math.sqrt(variance);
  }

  private static String spell(int tonic, boolean minor, EventColumn keyEvents) {
    for (int i = 0; i < keyEvents.size(); i++) {
      int sharps = (keyEvents.values()[i] >> 1) - 7;
      boolean eventMinor = (keyEvents.values()[i] & 1) == 1;
      if (eventMinor == minor && KeyName.tonic(sharps, minor) == tonic) {
        return KeyName.ofSignature(sharps, minor);
      }
    }
    return KeyName.ofSignature(KeyName.sharps(tonic, minor), minor);
  }
}
