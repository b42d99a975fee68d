package dev.midstream.analysis;

/**
 * The notes of a piece that are listened to for its {@link Harmony}, drums left out: all of them,
 * or of long pieces those at the ends and a sample of each window between. Reused from file to
 * file; one thread.
 */
final class HeardNotes {
  private static final int CAPACITY = 1 << 10;
  private static final int LARGEST_KEPT = 1 << 16;

  private final PieceWindows windows;
  private final int[] toOfWindow = new int[PieceWindows.COUNT];
  private final int[] nextTicks = new int[PieceWindows.COUNT];
  private int[] starts = new int[CAPACITY];
  private int[] ends = new int[CAPACITY];
  private byte[] pitches = new byte[CAPACITY];
  private int size;

  HeardNotes(PieceWindows windows) {
    this.windows = windows;
  }

  /**
   * Forgets all.
   *
   * @param most no more notes than this will be {@linkplain #hear heard}
   */
  void reset(int most) {
    size = 0;
    // One more: each is written before it is known to be one.
    if (starts.length <= most) {
      allocate(Integer.highestOneBit(most) * 2);
    }
  }

  private void allocate(int capacity) {
    starts = new int[capacity];
    ends = new int[capacity];
    pitches = new byte[capacity];
  }

  void trim() {
    if (starts.length > LARGEST_KEPT) {
      allocate(CAPACITY);
    }
  }

  /**
   * Keeps the notes {@code from} to {@code to}, the latter left out.
   *
   * @param slots of {@link DrumChannels}
   */
  void hear(NoteTimeline timeline, byte[] slots, int from, int to) {
    int[] noteStarts = timeline.startTicks();
    int[] noteEnds = timeline.endTicks();
    int[] sounds = timeline.sounds();
    int next = size;
    for (int i = from; i < to; i++) {
      int sound = sounds[i];
      int start = noteStarts[i];
      int slot = slots[NoteTimeline.channelAndPitch(sound)];
      // A note of no length has one tick in the timeline, which is another length at another
      // division.
      int end = noteEnds[i] - NoteTimeline.added(sound);
      starts[next] = start;
      ends[next] = end;
      pitches[next] = (byte) NoteTimeline.pitch(sound);
      next += DrumChannels.pitched(slot);
    }
    size = next;
  }

  /**
   * What was heard last was the end of what is listened to in a window.
   *
   * @param nextTick where the next note starts that is not a drum, heard or not
   */
  void endWindow(int window, int nextTick) {
    toOfWindow[window] = size;
    nextTicks[window] = nextTick;
  }

  /**
   * Tells a harmony of them, onset by onset.
   *
   * @param spreadTicks by which the notes of a chord may lie apart
   * @param parts of how many an onset in a sampled window is one
   * @return the pitch classes of the last onset, a bit each
   */
  int tell(Harmony harmony, int spreadTicks, int parts) {
    harmony.reset(spreadTicks);
    int onsetTick = windows.firstTick();
    int onsetNotes = 0;
    long lowest = Long.MAX_VALUE;
    int highest = 0;
    int i = 0;
    for (int window = 0; window < PieceWindows.COUNT; window++) {
      int standsFor = PieceWindows.isWhole(window) ? 1 : parts;
      for (int to = toOfWindow[window]; i < to; i++) {
        int start = starts[i];
        if (start - onsetTick > spreadTicks) {
          if (onsetNotes != 0) {
            long length = standsFor * windows.weight(start - onsetTick);
            addOnset(harmony, onsetTick, onsetNotes, lowest, highest, length);
          }
          onsetTick = start;
          onsetNotes = 0;
          lowest = Long.MAX_VALUE;
          highest = 0;
        }
        int pitch = pitches[i];
        int pitchClass = Harmony.pitchClass(pitch);
        int end = ends[i];
        onsetNotes |= 1 << pitchClass;
        harmony.sound(pitchClass, end);
        // Of the lowest notes the one that ends last: one number, so that there is no branch to
        // miss.
        lowest = Math.min(lowest, (long) pitch << 32 | Integer.MAX_VALUE - end);
        highest = Math.max(highest, pitch);
      }
      if (standsFor > 1 && onsetNotes != 0) {
        // Behind the part that is listened to there is another onset.
        int next = nextTicks[window];
        long length = standsFor * windows.weight(next - onsetTick);
        addOnset(harmony, onsetTick, onsetNotes, lowest, highest, length);
        onsetNotes = 0;
        onsetTick = next - spreadTicks - 1;
      }
    }
    long length = windows.weight(Math.max(onsetTick, harmony.end()) - onsetTick);
    addOnset(harmony, onsetTick, onsetNotes, lowest, highest, length);
    return onsetNotes;
  }

  private static void addOnset(
      Harmony harmony, int tick, int notes, long lowest, int highest, long length) {
    int pitch = (int) (lowest >> 32);
    int end = Integer.MAX_VALUE - (int) lowest;
    harmony.add(tick, notes, pitch, end, highest, length);
  }
}
