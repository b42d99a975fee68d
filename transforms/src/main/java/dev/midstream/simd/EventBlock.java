package dev.midstream.simd;

/**
 * A block of plain channel events of one track: first the bytes of each, as a reader has gathered
 * them, then, once {@link EventKernel#sort} has been there, the events taken apart and sorted into
 * note-ons, note-offs and controllers, each in the order of the file. A sorted event is one number,
 * from the highest bits down: 31 of the tick, 4 of the channel, 7 of each data byte, 11 that count
 * the note-ons of the block before it. The array belongs to the block and is written by its users.
 * One thread.
 */
public final class EventBlock {
  /** The most events of a block. */
  public static final int CAPACITY = 256;

  /** Where the note-ons begin, once sorted. */
  public static final int ONS = 3 * CAPACITY;

  /** Where the note-offs begin, once sorted. */
  public static final int OFFS = 4 * CAPACITY;

  /** Where the controllers begin, once sorted. */
  public static final int CONTROLLERS = 5 * CAPACITY;

  /** Where goes what nobody asks for. */
  static final int OTHERS = 6 * CAPACITY;

  /** Where the gathered events are, taken apart but not sorted yet. */
  static final int WORDS = CAPACITY;

  /** Where each of them is to go. */
  static final int PLACES = 2 * CAPACITY;

  /** The release velocity of a note-off that is a note-on of velocity 0. */
  public static final int NO_RELEASE = 64;

  static final int SECOND_SHIFT = 11;
  static final int SLOT_SHIFT = 18;
  static final int TICK_SHIFT = 33;
  static final int COUNT = (1 << 11) - 1;
  static final int OFF_COUNT_SHIFT = 11;
  static final int CONTROLLER_COUNT_SHIFT = 22;

  /** The counts at the start of a block: where each kind goes. */
  static final long NO_EVENTS =
      ONS | (long) OFFS << OFF_COUNT_SHIFT | (long) CONTROLLERS << CONTROLLER_COUNT_SHIFT;

  /**
   * All of it, to be read with the offsets above; in one array, which loops over its parts thank
   * with registers. From 0 on are the gathered events: the eight bytes from the first of each on,
   * the first lowest.
   */
  public final long[] work = new long[OTHERS + 1];

  private int size;
  private int status;
  private long counts;

  /**
   * Begins a block behind an event at {@code tick} and under {@code status}, which runs on; 0 if
   * the first event has one of its own.
   */
  public void begin(int tick, int newStatus) {
    size = 0;
    status = newStatus;
    counts = (long) tick << TICK_SHIFT | NO_EVENTS;
  }

  /** The first {@code n} gathered are the events. */
  public void setSize(int n) {
    size = n;
  }

  /** The number of events. */
  public int size() {
    return size;
  }

  /** The tick of the last event, once the block is sorted. */
  public int tick() {
    return (int) (counts >>> TICK_SHIFT);
  }

  /** The status of the last event, once the block is sorted. */
  public int status() {
    return status;
  }

  /** The number of note-ons, once the block is sorted. */
  public int ons() {
    return ((int) counts & COUNT) - ONS;
  }

  /** The number of note-offs, once the block is sorted. */
  public int offs() {
    return ((int) (counts >>> OFF_COUNT_SHIFT) & COUNT) - OFFS;
  }

  /** The number of controllers, once the block is sorted. */
  public int controllers() {
    return ((int) (counts >>> CONTROLLER_COUNT_SHIFT) & COUNT) - CONTROLLERS;
  }

  long counts() {
    return counts;
  }

  void moveTo(long newCounts, int newStatus) {
    counts = newCounts;
    status = newStatus;
  }

  /** A sorted event, its channel and first data byte given as {@code channel << 7 | first}. */
  public static long event(int tick, int slot, int second, int onsBefore) {
    return (long) tick << TICK_SHIFT | slot << SLOT_SHIFT | second << SECOND_SHIFT | onsBefore;
  }

  /** The tick of a sorted event. */
  public static int tick(long event) {
    return (int) (event >>> TICK_SHIFT);
  }

  /** {@code channel << 7 | first data byte} of a sorted event, which is a pitch for notes. */
  public static int slot(long event) {
    return (int) event >>> SLOT_SHIFT & (1 << 11) - 1;
  }

  /** The second data byte of a sorted event: a velocity for notes, the release for note-offs. */
  public static int second(long event) {
    return (int) event >>> SECOND_SHIFT & 0x7F;
  }

  /** {@link #ONS} and the number of note-ons of the block that come before a sorted event. */
  public static int onsBefore(long event) {
    return (int) event & COUNT;
  }
}
