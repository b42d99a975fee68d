package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.simd.SignalKernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the notes of a file say about its key, gathered in one sweep over the notes in the order of
 * time: {@link Row}s of twelve numbers 0 … 1, one for each pitch class, that {@link KeyModel} lays
 * profiles on.
 *
 * <p>Nothing here knows one pitch class from another, the length of a tick, or one pitched channel
 * from another, and everything is summed in integers. So the rows of a transposed piece are exactly
 * the rows of the piece, turned; and those of a piece at another division, or without its drums,
 * are the same. Reused from file to file; one thread.
 */
public final class KeyEvidence {
  /** The twelve numbers that are gathered under one name. */
  public enum Row {
    /** Sounding time in all. */
    DURATION,
    /** Notes. */
    COUNT,
    /** Sounding time in the first sixteenth of the piece. */
    FIRST_16TH,
    /** Sounding time in the first eighth. */
    FIRST_8TH,
    /** Sounding time in the first quarter. */
    FIRST_4TH,
    /** Sounding time in the last eighth. */
    LAST_8TH,
    /** Sounding time in the last thirty-second. */
    LAST_32ND,
    /** Time for which a bass note is the lowest. */
    BASS,
    /** Time for which the highest note of an onset is the last to have begun. */
    TOP,
    /** The bass of the first onset. */
    FIRST_BASS,
    /** The bass of the last onset but one. */
    PENULTIMATE_BASS,
    /** The bass of the last onset. */
    LAST_BASS,
    /** The lowest note that begins in the last sixty-fourth. */
    FINAL_BASS,
    /** The notes of the last onset. */
    LAST_NOTES,
    /** Time for which a major triad, and no other tone, sounds on a root. */
    MAJOR_TRIAD,
    /** The same of minor triads. */
    MINOR_TRIAD,
    /**
     * Moves of the bass from a note to the same in another octave; by semitones up from here on.
     */
    BASS_UNISON,
    BASS_MINOR_SECOND,
    BASS_MAJOR_SECOND,
    BASS_MINOR_THIRD,
    BASS_MAJOR_THIRD,
    BASS_FOURTH,
    BASS_TRITONE,
    BASS_FIFTH,
    BASS_MINOR_SIXTH,
    BASS_MAJOR_SIXTH,
    BASS_MINOR_SEVENTH,
    BASS_MAJOR_SEVENTH;

    /** How many there are. */
    public static final int SIZE = values().length;
  }

  /** The windows that a piece is cut into, all of one length. */
  public static final int WINDOWS = 32;

  /** Numbers a row takes: its twelve, and again, so that a turned row is a slice. */
  public static final int STRIDE = SignalKernel.ROW;

  private static final int FEWEST_NOTES = 8;

  /**
   * In a piece with more notes than this, the onsets of the windows between the first eighth and
   * the last are sampled: those in the first of so many equal parts of a window as would leave a
   * whole piece this many notes stand for all. Costs no accuracy that could be measured (docs).
   */
  private static final int MOST_NOTES = 1024;

  /** More parts than this would be too short to tell anything. */
  private static final int MOST_PARTS = 16;

  private static final int FEWEST_PITCH_CLASSES = 3;

  /** Of a window the twelve pitch classes, and behind them where drums go to be forgotten. */
  private static final int SLOTS = 16;

  /**
   * Rows of sounding time, with the first of their windows and the first behind them. In a table,
   * so that the compiler has one loop to unroll and not one for each.
   */
  private static final int[][] SPANS = {
    {Row.DURATION.ordinal(), 0, WINDOWS},
    {Row.FIRST_16TH.ordinal(), 0, WINDOWS / 16},
    {Row.FIRST_8TH.ordinal(), 0, WINDOWS / 8},
    {Row.FIRST_4TH.ordinal(), 0, WINDOWS / 4},
    {Row.LAST_8TH.ordinal(), WINDOWS - WINDOWS / 8, WINDOWS},
    {Row.LAST_32ND.ordinal(), WINDOWS - WINDOWS / 32, WINDOWS},
  };

  private static final int CAPACITY = 1 << 10;

  private final DrumChannels drums = new DrumChannels();

  private final Harmony harmony = new Harmony();

  /** At most 2²² notes of 2³¹ units each. */
  private final long[] windows = new long[WINDOWS * SLOTS];

  private final long[] stretches = new long[WINDOWS * SLOTS];
  private final double[] wholes = new double[WINDOWS * SLOTS];
  private final long[] sums = new long[Row.SIZE * 12];

  /** Of either of them. */
  private final double[] roots = new double[WINDOWS * SLOTS];

  private final int[] windowTicks = new int[WINDOWS];
  private final int[] windowNotes = new int[WINDOWS];
  private final long[] stretch = new long[12];
  private final int[] counts = new int[12];
  private final float[] rows = new float[Row.SIZE * STRIDE + SignalKernel.MARGIN];

  /** The notes that are listened to, drums left out. */
  private int[] heardStarts = new int[CAPACITY];

  private int[] heardEnds = new int[CAPACITY];
  private byte[] heardPitches = new byte[CAPACITY];

  /** Of each window the first behind those of its notes that are listened to. */
  private final int[] heardTo = new int[WINDOWS];

  /** The start of the first note behind those, in whichever window. */
  private final int[] behindTicks = new int[WINDOWS];

  private int firstTick;
  private int spanTicks;
  private int spreadTicks;

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
    Arrays.fill(windows, 0);
    Arrays.fill(sums, 0);
    int parts = Math.min(MOST_PARTS, 1 + (pitched - 1) / MOST_NOTES);
    addTimes(timeline, pitched, parts);
    addOnsets(parts);
    return finish(timeline, census);
  }

  /** Sounding time of all notes; and which of them are to be listened to. */
  private void addTimes(NoteTimeline timeline, int pitched, int parts) {
    int[] starts = timeline.startTicks();
    int from = 0;
    while (isDrum(timeline, from)) {
      from++;
    }
    int to = timeline.size();
    while (isDrum(timeline, to - 1)) {
      to--;
    }
    firstTick = starts[from];
    spanTicks = Math.max(1, starts[to - 1] - firstTick);
    // Players spread the notes of a chord: by less than three tenths of what lies between two
    // notes.
    spreadTicks = (int) (3L * spanTicks / (10L * pitched));
    if (heardStarts.length <= pitched) {
      allocate(Integer.highestOneBit(pitched) * 2);
    }
    int heard = 0;
    int at = from;
    for (int window = 0; window < WINDOWS; window++) {
      int end = window == WINDOWS - 1 ? to : firstFrom(starts, at, to, windowStart(window + 1));
      boolean sampled = parts > 1 && !isWhole(window);
      int part = sampled ? firstFrom(starts, at, end, windowPart(window, parts)) : end;
      windowTicks[window] = starts[firstPitched(timeline, at, to - 1)];
      behindTicks[window] = starts[firstPitched(timeline, part, to - 1)];
      int before = heard;
      heard = hear(timeline, at, part, window, heard);
      windowNotes[window] = heard - before + addRest(timeline, part, end, window);
      heardTo[window] = heard;
      at = end;
    }
  }

  private void allocate(int capacity) {
    heardStarts = new int[capacity];
    heardEnds = new int[capacity];
    heardPitches = new byte[capacity];
  }

  void trim() {
    if (heardStarts.length > 1 << 16) {
      allocate(CAPACITY);
    }
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

  /** Adds the sounding time of notes of one window and keeps them; returns how many are kept. */
  private int hear(NoteTimeline timeline, int from, int to, int window, int kept) {
    int[] starts = timeline.startTicks();
    int[] ends = timeline.endTicks();
    int[] sounds = timeline.sounds();
    byte[] slots = drums.slots();
    int first = window * SLOTS;
    int next = kept;
    for (int i = from; i < to; i++) {
      int sound = sounds[i];
      int start = starts[i];
      int slot = slots[NoteTimeline.channelAndPitch(sound)];
      // A note of no length has one tick in the timeline, which is another length at another
      // division.
      int end = ends[i] - NoteTimeline.added(sound);
      windows[first + slot] += weight(end - start);
      heardStarts[next] = start;
      heardEnds[next] = end;
      heardPitches[next] = (byte) NoteTimeline.pitch(sound);
      next += pitched(slot);
    }
    return next;
  }

  /** Adds the sounding time of notes of one window; returns their number. */
  private int addRest(NoteTimeline timeline, int from, int to, int window) {
    int[] starts = timeline.startTicks();
    int[] ends = timeline.endTicks();
    int[] sounds = timeline.sounds();
    byte[] slots = drums.slots();
    int first = window * SLOTS;
    int added = 0;
    for (int i = from; i < to; i++) {
      int sound = sounds[i];
      int slot = slots[NoteTimeline.channelAndPitch(sound)];
      windows[first + slot] += weight(ends[i] - starts[i] - NoteTimeline.added(sound));
      added += pitched(slot);
    }
    return added;
  }

  /** 1 for a pitch class, 0 for drums, without a branch. */
  private static int pitched(int slot) {
    return (slot - DrumChannels.DRUM) >>> 31;
  }

  /** Goes through the notes that were kept, onset by onset. */
  private void addOnsets(int parts) {
    harmony.reset(spreadTicks);
    int onsetTick = firstTick;
    int onsetNotes = 0;
    long lowest = Long.MAX_VALUE;
    int highest = 0;
    int i = 0;
    for (int window = 0; window < WINDOWS; window++) {
      int times = isWhole(window) ? 1 : parts;
      for (int to = heardTo[window]; i < to; i++) {
        int start = heardStarts[i];
        if (start - onsetTick > spreadTicks) {
          if (onsetNotes != 0) {
            addOnset(onsetTick, start, onsetNotes, lowest, highest, times);
          }
          onsetTick = start;
          onsetNotes = 0;
          lowest = Long.MAX_VALUE;
          highest = 0;
        }
        int pitch = heardPitches[i];
        int pitchClass = Harmony.pitchClass(pitch);
        int end = heardEnds[i];
        onsetNotes |= 1 << pitchClass;
        harmony.sound(pitchClass, end);
        // Of the lowest notes the one that ends last: one number, so that there is no branch to
        // miss.
        lowest = Math.min(lowest, (long) pitch << 32 | Integer.MAX_VALUE - end);
        highest = Math.max(highest, pitch);
      }
      if (times > 1 && onsetNotes != 0) {
        // Behind the part that is listened to there is another onset.
        int next = behindTicks[window];
        addOnset(onsetTick, next, onsetNotes, lowest, highest, times);
        onsetNotes = 0;
        onsetTick = next - spreadTicks - 1;
      }
    }
    for (int rest = onsetNotes; rest != 0; rest &= rest - 1) {
      sums[at(Row.LAST_NOTES, Integer.numberOfTrailingZeros(rest))] = 1;
    }
    addOnset(onsetTick, Math.max(onsetTick, harmony.end()), onsetNotes, lowest, highest, 1);
  }

  /**
   * Notes that start together, or nearly so, at {@code tick}, until {@code next}.
   *
   * @param notes their pitch classes, a bit each
   * @param lowest the pitch, and how far before the end of time its note ends
   * @param times how many onsets like it this one stands for
   */
  private void addOnset(int tick, int next, int notes, long lowest, int highest, int times) {
    int pitch = (int) (lowest >> 32);
    int end = Integer.MAX_VALUE - (int) lowest;
    harmony.add(tick, notes, pitch, end, highest, times * weight(next - tick));
  }

  /** Where a piece begins and ends tells most: those windows are never sampled. */
  private static boolean isWhole(int window) {
    return window < WINDOWS / 8 || window >= WINDOWS - WINDOWS / 8;
  }

  /** The tick at which the first of a window's parts ends. */
  private int windowPart(int window, int parts) {
    long w = (long) WINDOWS * parts;
    return (int) (firstTick + (((long) window * parts + 1) * spanTicks + w - 1) / w);
  }

  /** The first entry, of {@code from} to {@code to}, that is not before a tick. */
  private static int firstFrom(int[] starts, int from, int to, int tick) {
    int i = from;
    while (i < to && starts[i] < tick) {
      i++;
    }
    return i;
  }

  /** The first tick of a window; exact at any division, since ticks are integers. */
  private int windowStart(int window) {
    return (int) (firstTick + ((long) window * spanTicks + WINDOWS - 1) / WINDOWS);
  }

  /** Ticks, no more of them than a window has, in units that hold a window's length exactly. */
  private long weight(int ticks) {
    return Math.min((long) ticks * WINDOWS, spanTicks);
  }

  /** The rows that the sweep did not fill, then all as shares; false for too few pitch classes. */
  private boolean finish(NoteTimeline timeline, NoteCensus census) {
    drums.countPitchClasses(census, counts);
    int classes = 0;
    for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
      classes += counts[pitchClass] > 0 ? 1 : 0;
      sums[at(Row.COUNT, pitchClass)] = counts[pitchClass];
    }
    if (classes < FEWEST_PITCH_CLASSES) {
      return false;
    }
    harmony.copyTriads(sums, at(Row.MAJOR_TRIAD, 0));
    harmony.copyBasses(sums, at(Row.BASS, 0));
    harmony.copyTops(sums, at(Row.TOP, 0));
    harmony.copyMoves(sums, at(Row.BASS_UNISON, 0));
    mark(Row.FIRST_BASS, harmony.firstBass());
    mark(Row.LAST_BASS, harmony.lastBass());
    if (harmony.previousBass() >= 0) {
      mark(Row.PENULTIMATE_BASS, harmony.previousBass());
    }
    mark(Row.FINAL_BASS, finalBass(timeline));
    for (int[] span : SPANS) {
      addWindows(span[1], span[2], sums, span[0] * 12);
    }
    share();
    return true;
  }

  private static int at(Row row, int pitchClass) {
    return row.ordinal() * 12 + pitchClass;
  }

  private void mark(Row row, int pitch) {
    sums[at(row, Harmony.pitchClass(pitch))] = 1;
  }

  /** Adds the windows {@code from} to {@code to}, the latter left out, to twelve numbers. */
  private void addWindows(int from, int to, long[] into, int at) {
    for (int window = from * SLOTS; window < to * SLOTS; window += SLOTS) {
      for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
        into[at + pitchClass] += windows[window + pitchClass];
      }
    }
  }

  private int finalBass(NoteTimeline timeline) {
    int[] starts = timeline.startTicks();
    int lowest = 128;
    int lastStart = firstTick + spanTicks;
    for (int i = timeline.size() - 1; i >= 0; i--) {
      if ((long) (lastStart - starts[i]) * 64 > spanTicks && lowest < 128) {
        break;
      }
      if (!isDrum(timeline, i)) {
        lowest = Math.min(lowest, NoteTimeline.pitch(timeline.sounds()[i]));
      }
    }
    return lowest;
  }

  /**
   * Square roots of shares: between the shares, in which a rare note is nothing, and their
   * logarithms, in which it is all.
   */
  private void share() {
    int triads = Row.MAJOR_TRIAD.ordinal();
    int moves = Row.BASS_UNISON.ordinal();
    for (int row = 0; row < triads; row++) {
      share(row, row + 1);
    }
    share(triads, moves);
    share(moves, Row.SIZE);
  }

  /** Of rows that are shares of one whole. */
  private void share(int from, int to) {
    long total = 0;
    for (int i = from * 12; i < to * 12; i++) {
      total += sums[i];
    }
    double whole = Math.max(1, total);
    for (int i = from * 12; i < to * 12; i++) {
      roots[i] = Math.sqrt(sums[i] / whole);
    }
    for (int row = from; row < to; row++) {
      for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
        float root = (float) roots[row * 12 + pitchClass];
        rows[row * STRIDE + pitchClass] = root;
        rows[row * STRIDE + 12 + pitchClass] = root;
      }
    }
  }

  /**
   * {@code Row.SIZE} rows of {@link #STRIDE} numbers, in the order of {@link Row}: the twelve pitch
   * classes from C on, and again. They belong to this object.
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
    Arrays.fill(stretch, 0);
    addWindows(from, to, stretch, 0);
    long total = 0;
    for (long sum : stretch) {
      total += sum;
    }
    double whole = Math.max(1, total);
    for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
      float value = (float) Math.sqrt(stretch[pitchClass] / whole);
      int i = pitchClass - turn + (pitchClass < turn ? 12 : 0);
      row[at + i] = value;
      row[at + 12 + i] = value;
    }
    return total > 0;
  }

  /** A row for each window, as {@link #windowRow} fills them. */
  void windowRows(int turn, float[] rows) {
    fillRows(windows, WINDOWS, turn, rows);
  }

  /**
   * The same for each stretch of so many windows side by side, unturned.
   *
   * @param length a divisor of {@link #WINDOWS}
   * @return bit {@code i} is set where in stretch {@code i} something begins that has a length
   */
  int stretchRows(int length, float[] rows) {
    int count = WINDOWS / length;
    for (int i = 0; i < count; i++) {
      int first = i * length * SLOTS;
      for (int slot = 0; slot < SLOTS; slot++) {
        stretches[i * SLOTS + slot] = windows[first + slot];
      }
      for (int window = first + SLOTS; window < first + length * SLOTS; window += SLOTS) {
        for (int slot = 0; slot < SLOTS; slot++) {
          stretches[i * SLOTS + slot] += windows[window + slot];
        }
      }
    }
    return fillRows(stretches, count, 0, rows);
  }

  /** Roots in one long loop, of which the compiler makes vectors. */
  private int fillRows(long[] times, int count, int turn, float[] rows) {
    int sounding = 0;
    for (int first = 0; first < count * SLOTS; first += SLOTS) {
      long total = 0;
      for (int i = first; i < first + 12; i++) {
        total += times[i];
      }
      Arrays.fill(wholes, first, first + SLOTS, Math.max(1, total));
      sounding |= (total > 0 ? 1 : 0) << (first / SLOTS);
    }
    for (int i = 0; i < count * SLOTS; i++) {
      roots[i] = Math.sqrt(times[i] / wholes[i]);
    }
    for (int r = 0; r < count; r++) {
      int row = r * STRIDE - turn;
      for (int i = 0; i < 12; i++) {
        float root = (float) roots[r * SLOTS + i];
        int at = row + i + (i < turn ? 12 : 0);
        rows[at] = root;
        rows[at + 12] = root;
      }
    }
    return sounding;
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
