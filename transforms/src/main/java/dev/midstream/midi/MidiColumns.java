package dev.midstream.midi;

/**
 * All columns of one file, and the scratch they are filled with: made once a DoFn instance, filled
 * anew by each parse, trimmed when a bundle ends so that one giant file does not stay in memory.
 * Not thread-safe.
 */
public final class MidiColumns {
  /** The channel of drums in General MIDI: 10, counted from 0. */
  public static final int DRUM_CHANNEL = 9;

  /**
   * The most notes and stored events a file may have. Bounds the memory of a file that consists of
   * two-byte events: about 40 bytes each here and in the analysis.
   */
  public static final int MAX_EVENTS = 1 << 22;

  private static final int KEEP = 1 << 16;

  private final NoteColumns notes = new NoteColumns();
  private final EventColumn tempos = new EventColumn();
  private final EventColumn meters = new EventColumn();
  private final EventColumn keys = new EventColumn();
  private final EventColumn programs = new EventColumn();
  private final ControllerColumn controllers = new ControllerColumn();
  private final TextColumn texts = new TextColumn();
  private final WarningCounts warnings = new WarningCounts();
  private byte[] data = {};
  private int endTick;

  void reset(byte[] newData) {
    notes.reset();
    tempos.reset();
    meters.reset();
    keys.reset();
    programs.reset();
    controllers.reset();
    texts.reset();
    warnings.reset();
    data = newData;
    endTick = 0;
  }

  void sortEvents() {
    tempos.sortByTick();
    meters.sortByTick();
    keys.sortByTick();
    programs.sortByTick();
  }

  void endAt(int tick) {
    endTick = Math.max(endTick, tick);
  }

  boolean isFull() {
    return notes.size() >= MAX_EVENTS
        || controllers.size() >= MAX_EVENTS
        || (long) tempos.size() + meters.size() + keys.size() + programs.size() + texts.size()
            >= MAX_EVENTS;
  }

  /** Lets go of the parsed bytes, and of arrays that a giant file made grow. */
  public void trim() {
    data = new byte[0];
    notes.trim(KEEP);
    tempos.trim(KEEP);
    meters.trim(KEEP);
    keys.trim(KEEP);
    programs.trim(KEEP);
    controllers.trim(KEEP);
    texts.trim(KEEP);
  }

  /** The notes. */
  public NoteColumns notes() {
    return notes;
  }

  /** Tempo events; the value is microseconds per quarter note, 1 … 2²⁴−1. */
  public EventColumn tempos() {
    return tempos;
  }

  /** Time signatures; the value is {@code numerator << 8 | denominator}, the latter as written. */
  public EventColumn meters() {
    return meters;
  }

  /**
   * Key signatures; the value is {@code (sharps + 7) << 1 | minor}, sharps −7 … 7, minor 0 or 1.
   */
  public EventColumn keys() {
    return keys;
  }

  /** Program changes; the value is {@code channel << 8 | program}. */
  public EventColumn programs() {
    return programs;
  }

  /** Control changes. */
  public ControllerColumn controllers() {
    return controllers;
  }

  /** Text events, as places in {@link #data()}. */
  public TextColumn texts() {
    return texts;
  }

  /** The repairs that the parse took. */
  public WarningCounts warnings() {
    return warnings;
  }

  /** The array that was parsed; it belongs to the caller of the parse and must not be written. */
  public byte[] data() {
    return data;
  }

  /** Tick of the last event of any track, End of Track included. */
  public int endTick() {
    return endTick;
  }
}
