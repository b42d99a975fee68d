package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the notes of a file say about its key, gathered window by window from the notes in the order
 * of time: {@link KeyRow}s of twelve numbers 0 … 1, one for each pitch class, that {@link KeyModel}
 * lays profiles on.
 *
 * <p>Nothing here knows one pitch class from another, the length of a tick, or one pitched channel
 * from another, and everything is summed in integers. So the rows of a transposed piece are exactly
 * the rows of the piece, turned; and those of a piece at another division, or without its drums,
 * are the same. Reused from file to file; one thread.
 */
public final class KeyEvidence {
  /** The windows that a piece is cut into, all of one length. */
  public static final int WINDOWS = PieceWindows.COUNT;

  /** Numbers a row takes: its twelve, and again, so that a turned row is a slice. */
  public static final int STRIDE = SignalKernel.ROW;

  private static final int CLASSES = 12;
  private static final int FEWEST_NOTES = 8;
  private static final int FEWEST_PITCH_CLASSES = 3;

  /**
   * In a piece with more notes than this, the onsets of the windows between the first eighth and
   * the last are sampled: those in the first of so many equal parts of a window as would leave a
   * whole piece this many notes stand for all. Costs no accuracy that could be measured (docs).
   */
  private static final int MOST_NOTES = 1024;

  /** More parts than this would be too short to tell anything. */
  private static final int MOST_PARTS = 16;

  /**
   * Rows of sounding time, with the first of their windows and the first behind them. In a table,
   * so that the compiler has one loop to unroll and not one for each.
   */
  private static final int[][] SPANS = {
    {KeyRow.DURATION.ordinal(), 0, WINDOWS},
    {KeyRow.FIRST_16TH.ordinal(), 0, WINDOWS / 16},
    {KeyRow.FIRST_8TH.ordinal(), 0, WINDOWS / 8},
    {KeyRow.FIRST_4TH.ordinal(), 0, WINDOWS / 4},
    {KeyRow.LAST_8TH.ordinal(), WINDOWS - WINDOWS / 8, WINDOWS},
    {KeyRow.LAST_32ND.ordinal(), WINDOWS - WINDOWS / 32, WINDOWS},
  };

  private final DrumChannels drums = new DrumChannels();
  private final PieceWindows windows = new PieceWindows();
  private final SoundingTimes times = new SoundingTimes(windows);
  private final HeardNotes heard = new HeardNotes(windows);
  private final Harmony harmony = new Harmony();
  private final int[] windowTicks = new int[WINDOWS];
  private final int[] windowNotes = new int[WINDOWS];
  private final int[] counts = new int[CLASSES];
  private final long[] sums = new long[KeyRow.SIZE * CLASSES];
  private final double[] roots = new double[KeyRow.SIZE * CLASSES];
  private final float[] rows = new float[KeyRow.SIZE * STRIDE + SignalKernel.MARGIN];

  /** The evidence of a file that was just parsed, or null for too little music. */
  public static @Nullable KeyEvidence of(MidiColumns columns) {
    NoteTimeline timeline = new NoteTimeline();
    timeline.reset(columns.notes());
    NoteCensus census = new NoteCensus();
    census.reset(timeline);
    KeyEvidence evidence = new KeyEvidence();
    return evidence.gather(timeline, census, columns.programs()) ? evidence : null;
  }

  /**
   * Gathers the evidence of a file; false for too little music: fewer than eight pitched notes or
   * three pitch classes.
   */
  boolean gather(NoteTimeline timeline, NoteCensus census, EventColumn programs) {
    drums.reset(census, programs);
    int pitched = drums.pitchedNotes();
    if (pitched < FEWEST_NOTES) {
      return false;
    }
    times.reset();
    heard.reset(pitched);
    Arrays.fill(sums, 0);
    int parts = Math.min(MOST_PARTS, 1 + (pitched - 1) / MOST_NOTES);
    addTimes(timeline, parts);
    // Players spread the notes of a chord: by less than three tenths of what lies between two
    // notes.
    int spreadTicks = (int) (3L * windows.spanTicks() / (10L * pitched));
    int lastNotes = heard.tell(harmony, spreadTicks, parts);
    for (int rest = lastNotes; rest != 0; rest &= rest - 1) {
      sums[at(KeyRow.LAST_NOTES, Integer.numberOfTrailingZeros(rest))] = 1;
    }
    return finish(timeline, census);
  }

  /** Sounding time of all notes; and which of them are to be listened to. */
  private void addTimes(NoteTimeline timeline, int parts) {
    byte[] slots = drums.slots();
    int[] starts = timeline.startTicks();
    int from = 0;
    while (isDrum(timeline, from)) {
      from++;
    }
    int to = timeline.size();
    while (isDrum(timeline, to - 1)) {
      to--;
    }
    windows.reset(starts[from], starts[to - 1]);
    int at = from;
    for (int window = 0; window < WINDOWS; window++) {
      int end = window == WINDOWS - 1 ? to : firstFrom(starts, at, to, windows.start(window + 1));
      boolean sampled = parts > 1 && !PieceWindows.isWhole(window);
      int part = sampled ? firstFrom(starts, at, end, windows.firstPartEnd(window, parts)) : end;
      windowTicks[window] = starts[firstPitched(timeline, at, to - 1)];
      windowNotes[window] = times.add(timeline, slots, at, end, window);
      heard.hear(timeline, slots, at, part);
      heard.endWindow(window, starts[firstPitched(timeline, part, to - 1)]);
      at = end;
    }
  }

  void trim() {
    heard.trim();
  }

  /** The first entry, of {@code from} to {@code to}, that is not before a tick. */
  private static int firstFrom(int[] starts, int from, int to, int tick) {
    int i = from;
    while (i < to && starts[i] < tick) {
      i++;
    }
    return i;
  }

  /** The first entry from {@code from} on that is no drum, as {@code last} is. */
  private int firstPitched(NoteTimeline timeline, int from, int last) {
    int i = Math.min(from, last);
    while (i < last && isDrum(timeline, i)) {
      i++;
    }
    return i;
  }

  private boolean isDrum(NoteTimeline timeline, int i) {
    return (drums.mask() >> NoteTimeline.channel(timeline.sounds()[i]) & 1) != 0;
  }

  /** The rows that the sweep did not fill, then all as shares; false for too few pitch classes. */
  private boolean finish(NoteTimeline timeline, NoteCensus census) {
    drums.countPitchClasses(census, counts);
    int classes = 0;
    for (int pitchClass = 0; pitchClass < CLASSES; pitchClass++) {
      classes += counts[pitchClass] > 0 ? 1 : 0;
      sums[at(KeyRow.COUNT, pitchClass)] = counts[pitchClass];
    }
    if (classes < FEWEST_PITCH_CLASSES) {
      return false;
    }
    harmony.copyTriads(sums, at(KeyRow.MAJOR_TRIAD, 0));
    harmony.copyBasses(sums, at(KeyRow.BASS, 0));
    harmony.copyTops(sums, at(KeyRow.TOP, 0));
    harmony.copyMoves(sums, at(KeyRow.BASS_UNISON, 0));
    mark(KeyRow.FIRST_BASS, harmony.firstBass());
    mark(KeyRow.LAST_BASS, harmony.lastBass());
    if (harmony.previousBass() >= 0) {
      mark(KeyRow.PENULTIMATE_BASS, harmony.previousBass());
    }
    mark(KeyRow.FINAL_BASS, finalBass(timeline));
    for (int[] span : SPANS) {
      times.addWindows(span[1], span[2], sums, span[0] * CLASSES);
    }
    share();
    return true;
  }

  private static int at(KeyRow row, int pitchClass) {
    return row.ordinal() * CLASSES + pitchClass;
  }

  private void mark(KeyRow row, int pitch) {
    sums[at(row, Harmony.pitchClass(pitch))] = 1;
  }

  private int finalBass(NoteTimeline timeline) {
    int[] starts = timeline.startTicks();
    int lowest = 128;
    int lastStart = windows.firstTick() + windows.spanTicks();
    for (int i = timeline.size() - 1; i >= 0; i--) {
      if ((long) (lastStart - starts[i]) * 64 > windows.spanTicks() && lowest < 128) {
        break;
      }
      if (!isDrum(timeline, i)) {
        lowest = Math.min(lowest, NoteTimeline.pitch(timeline.sounds()[i]));
      }
    }
    return lowest;
  }

  /** Square roots of shares, as {@link SoundingTimes} has them. */
  private void share() {
    int triads = KeyRow.MAJOR_TRIAD.ordinal();
    int moves = KeyRow.BASS_UNISON.ordinal();
    for (int row = 0; row < triads; row++) {
      share(row, row + 1);
    }
    share(triads, moves);
    share(moves, KeyRow.SIZE);
  }

  /** Of rows that are shares of one whole. */
  private void share(int from, int to) {
    long total = 0;
    for (int i = from * CLASSES; i < to * CLASSES; i++) {
      total += sums[i];
    }
    double whole = Math.max(1, total);
    for (int i = from * CLASSES; i < to * CLASSES; i++) {
      roots[i] = Math.sqrt(sums[i] / whole);
    }
    for (int row = from; row < to; row++) {
      for (int pitchClass = 0; pitchClass < CLASSES; pitchClass++) {
        double root = roots[row * CLASSES + pitchClass];
        SoundingTimes.put(rows, row * STRIDE, pitchClass, 0, root);
      }
    }
  }

  /**
   * {@code KeyRow.SIZE} rows of {@link #STRIDE} numbers, in the order of {@link KeyRow}: the twelve
   * pitch classes from C on, and again. They belong to this object.
   */
  public float[] rows() {
    return rows;
  }

  /**
   * Fills a row of {@link #STRIDE} numbers with the evidence of the windows {@code from} to {@code
   * to}, the latter left out, from the pitch class {@code turn} on: its number comes first. False,
   * and all 0, where nothing begins that has a length.
   */
  public boolean windowRow(int from, int to, int turn, float[] row, int at) {
    return times.windowRow(from, to, turn, row, at);
  }

  /** For how long each pitch class sounds, window by window. */
  SoundingTimes times() {
    return times;
  }

  /** The tick of the first onset in a window, or behind it where none is. */
  int windowTick(int window) {
    return windowTicks[window];
  }

  /** The notes that begin in a window. */
  int windowNotes(int window) {
    return windowNotes[window];
  }
}
