package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.simd.Kernels;
import dev.midstream.simd.SignalKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a piece goes through: the most likely path through the windows of {@link
 * KeyEvidence}, where each step to another key costs. Everything is told from the tonic of the
 * whole piece upwards, so that the path of a transposed piece is the same. Reused from file to
 * file; one thread.
 */
final class KeyChanges {
  private static final int WINDOWS = KeyEvidence.WINDOWS;

  /** The profiles are of stretches of four windows, so one window has a quarter of the say. */
  private static final float SAY = 0.25f;

  /** So many windows are such a stretch. */
  private static final int STRETCH = 4;

  /** What other keys must be ahead in stretches for windows to be looked at, in log-odds. */
  private static final float LEAST_AHEAD = 0.25f;

  /** With fewer notes it has less, in proportion. */
  private static final int ENOUGH_NOTES = 8;

  /** What a change costs, in log-odds. */
  private static final float CHANGE = 1.5f;

  /** What the key of the whole piece has ahead of others in each window. */
  private static final float HOME = 0.3f;

  private static final SignalKernel KERNEL = Kernels.signals();

  private final KeyModel model;
  private final float[] rows = new float[WINDOWS * KeyEvidence.STRIDE + SignalKernel.MARGIN];
  private final float[] scores = new float[WINDOWS * 24 + SignalKernel.MARGIN];
  private final byte[] before = new byte[WINDOWS * 24];
  private final byte[] path = new byte[WINDOWS];

  KeyChanges(KeyModel model) {
    this.model = model;
  }

  /**
   * The keys in time; at least one.
   *
   * @param key of the whole piece
   * @param confidence that it is right
   */
  List<Analysis.KeyChange> find(
      KeyEvidence evidence, int key, double confidence, TempoMap tempoMap, EventColumn events) {
    int tonic = key % 12;
    int home = key - tonic;
    findPath(evidence, tonic, home);
    List<Analysis.KeyChange> changes = new ArrayList<>(1);
    int from = 0;
    for (int window = 1; window <= WINDOWS; window++) {
      if (window == WINDOWS || path[window] != path[from]) {
        boolean whole = window - from == WINDOWS;
        int relative = whole ? home : path[from];
        int found = (relative + tonic) % 12 + (relative >= 12 ? 12 : 0);
        double sure = whole ? confidence : confidence(evidence, from, window, tonic, relative);
        Double seconds = secondsOf(evidence.windowTick(from), tempoMap);
        changes.add(new Analysis.KeyChange(seconds, KeyFinder.spell(found, events), (float) sure));
        from = window;
      }
    }
    return changes;
  }

  private static @Nullable Double secondsOf(int tick, TempoMap tempoMap) {
    return tempoMap.hasTime() ? tempoMap.secondsAt(tick) : null;
  }

  /** Viterbi's algorithm; any key follows any other at one price, so the best one is enough. */
  private void findPath(KeyEvidence evidence, int tonic, int home) {
    if (!mayMove(evidence, tonic, home) || !mayLeave(evidence, tonic, home)) {
      Arrays.fill(path, (byte) home);
      return;
    }
    int best = home;
    for (int window = 0; window < WINDOWS; window++) {
      int at = window * 24;
      int last = at - 24;
      int next = 0;
      for (int key = 0; key < 24; key++) {
        if (window > 0) {
          boolean stay = scores[last + key] >= scores[last + best] - CHANGE;
          scores[at + key] += stay ? scores[last + key] : scores[last + best] - CHANGE;
          before[at + key] = (byte) (stay ? key : best);
        }
        if (scores[at + key] > scores[at + next]) {
          next = key;
        }
      }
      best = next;
    }
    for (int window = WINDOWS - 1; window >= 0; window--) {
      path[window] = (byte) best;
      best = before[window * 24 + best];
    }
  }

  /**
   * Scores stretches of as many windows as the profiles are of; false if no other key is ahead in
   * any of them by what would make up for the change, or nearly: then single windows need not be
   * looked at.
   */
  private boolean mayMove(KeyEvidence evidence, int tonic, int home) {
    int key = home + tonic;
    float ahead = 0;
    for (int rest = evidence.times().stretchRows(STRETCH, rows); rest != 0; rest &= rest - 1) {
      int stretch = Integer.numberOfTrailingZeros(rest);
      KERNEL.correlate(rows, stretch, 1, model.windowProfiles, scores, 0);
      float major = scores[0];
      float minor = scores[12];
      for (int other = 1; other < 12; other++) {
        // Not Math.max, which also minds numbers that there are not.
        major = scores[other] > major ? scores[other] : major;
        minor = scores[12 + other] > minor ? scores[12 + other] : minor;
      }
      minor += model.windowMinor;
      float here = scores[key] + (key >= 12 ? model.windowMinor : 0) + STRETCH * HOME;
      float most = minor > major ? minor : major;
      ahead += most > here ? most - here : 0;
    }
    return ahead > LEAST_AHEAD;
  }

  /** Scores the row at 0, with so much added to the key of the whole piece. */
  private void score(float forHome, int home) {
    KERNEL.correlate(rows, 0, 1, model.windowProfiles, scores, 0);
    for (int minor = 12; minor < 24; minor++) {
      scores[minor] += model.windowMinor;
    }
    scores[home] += forHome;
  }

  /**
   * Scores all windows; false if whatever other keys are ahead in single windows, all together, is
   * less than one change costs: then no path is worth following.
   */
  private boolean mayLeave(KeyEvidence evidence, int tonic, int home) {
    evidence.times().windowRows(tonic, rows);
    float ahead = 0;
    for (int window = 0; window < WINDOWS; window++) {
      int at = window * 24;
      KERNEL.correlate(rows, window, 1, model.windowProfiles, scores, at);
      int notes = Math.min(evidence.windowNotes(window), ENOUGH_NOTES);
      float say = SAY * notes / ENOUGH_NOTES;
      for (int key = at; key < at + 12; key++) {
        scores[key] *= say;
        scores[key + 12] = say * (scores[key + 12] + model.windowMinor);
      }
      scores[at + home] += HOME;
      float most = scores[at];
      for (int key = at + 1; key < at + 24; key++) {
        // Not Math.max, which also minds numbers that there are not.
        most = scores[key] > most ? scores[key] : most;
      }
      ahead += most - scores[at + home];
    }
    return ahead > CHANGE;
  }

  private double confidence(KeyEvidence evidence, int from, int to, int tonic, int key) {
    evidence.windowRow(from, to, tonic, rows, 0);
    score(0, key);
    double sum = 0;
    for (int other = 0; other < 24; other++) {
      sum += Math.exp(scores[other] - (double) scores[key]);
    }
    return 1 / sum;
  }
}
