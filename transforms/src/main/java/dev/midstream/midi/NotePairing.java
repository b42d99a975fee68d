package dev.midstream.midi;

import dev.midstream.simd.EventBlock;
import dev.midstream.simd.EventKernel;
import java.util.Arrays;

/**
 * Pairs note-ons with note-offs, first in first out for each channel and pitch. The notes of a
 * channel and pitch are a linked list whose first node has ended already, as in the queue of
 * Michael and Scott ("Simple, Fast, and Practical Non-Blocking and Blocking Concurrent Queue
 * Algorithms", PODC 1996), so that adding and removing never meet an empty list. The scalar reader
 * works on the arrays itself, in the same way as the methods here do. One thread.
 */
final class NotePairing {
  private static final int SLOTS = 16 << 7;

  /** Where the node of the last note that has ended is, for each {@code channel << 7 | pitch}. */
  static final int ENDED = SLOTS;

  /** Where the node of the last note is, for each {@code channel << 7 | pitch}. */
  static final int YOUNGEST = 2 * SLOTS;

  /** The first node of a note; those below {@link #ENDED} stand for slots without notes. */
  private static final int NODES = 3 * SLOTS;

  /** No node: above all others. */
  static final int NONE = Integer.MAX_VALUE;

  /** The release velocity of a note that the file gives none. */
  static final int NO_RELEASE = EventBlock.NO_RELEASE;

  /** The links of empty lists. */
  private static final int[] EMPTY = new int[NODES];

  static {
    for (int slot = 0; slot < SLOTS; slot++) {
      EMPTY[slot] = NONE;
      EMPTY[ENDED + slot] = slot;
      EMPTY[YOUNGEST + slot] = slot;
    }
  }

  private final NoteColumns notes;
  private final EventKernel kernel;
  private int[] links = EMPTY.clone();
  private long[] ends = {};
  private int firstNode = NODES;
  private int sounding;

  NotePairing(NoteColumns notes, EventKernel kernel) {
    this.notes = notes;
    this.kernel = kernel;
  }

  /**
   * Makes ready for the notes of another file, while those of the last are still in the columns. No
   * note sounds between two files, so the lists may stay as they are while there are nodes that
   * were never used.
   */
  void reset() {
    firstNode += notes.size();
    if (links.length - firstNode < notes.capacity()) {
      System.arraycopy(EMPTY, 0, links, 0, NODES);
      firstNode = NODES;
    }
    sounding = 0;
  }

  /** Must be called when room for notes has been made. */
  void reserve() {
    if (ends.length < notes.capacity()) {
      ends = Arrays.copyOf(ends, notes.capacity());
    }
    if (links.length - firstNode < notes.capacity()) {
      links = Arrays.copyOf(links, firstNode + 2 * notes.capacity());
    }
  }

  /** To be called when the columns have been trimmed. */
  void trim() {
    if (ends.length > notes.capacity()) {
      links = EMPTY.clone();
      ends = new long[0];
      firstNode = NODES;
    }
  }

  /**
   * The node behind each node in its list; and, from {@link #ENDED} and {@link #YOUNGEST} on, the
   * lists themselves.
   */
  int[] links() {
    return links;
  }

  /** The node of the first note of the file; the others follow. */
  int firstNode() {
    return firstNode;
  }

  /** The note-off of each note that has ended. */
  long[] ends() {
    return ends;
  }

  /** Tells how many notes a reader has begun and ended on the arrays. */
  void account(int begun, int ended) {
    sounding += begun - ended;
  }

  void noteOn(int tick, int channel, int pitch, int velocity) {
    int note = notes.size();
    notes.startTicks()[note] = tick;
    notes.pitches()[note] = (byte) pitch;
    notes.velocities()[note] = (byte) velocity;
    notes.channels()[note] = (byte) channel;
    notes.setSize(note + 1);
    int slot = channel << 7 | pitch;
    int node = firstNode + note;
    links[links[YOUNGEST + slot]] = node;
    links[YOUNGEST + slot] = node;
    links[node] = NONE;
    sounding++;
  }

  void noteOff(int tick, int channel, int pitch, int release) {
    int slot = channel << 7 | pitch;
    int node = links[links[ENDED + slot]];
    if (node != NONE) {
      links[ENDED + slot] = node;
      ends[node - firstNode] = EventBlock.event(tick, slot, release, 0);
      sounding--;
    }
  }

  /**
   * Adds the notes of a sorted block, and ends those that its note-offs end. That all note-ons go
   * first changes nothing: the k-th note-off of a pitch ends the k-th note whatever lies between,
   * unless that note comes later, which its number of note-ons before tells.
   */
  void pair(EventBlock block) {
    int first = notes.size();
    int begun = block.ons();
    kernel.notes(
        block, notes.startTicks(), notes.pitches(), notes.velocities(), notes.channels(), first);
    begin(block.work, links, begun, firstNode + first);
    notes.setSize(first + begun);
    account(begun, end(block.work, links, ends, block.offs(), firstNode, first));
  }

  private static void begin(long[] events, int[] links, int count, int firstOfBlock) {
    for (int i = 0; i < count; i++) {
      int slot = EventBlock.slot(events[EventBlock.ONS + i]);
      int node = firstOfBlock + i;
      links[links[YOUNGEST + slot]] = node;
      links[YOUNGEST + slot] = node;
      links[node] = NONE;
    }
  }

  private static int end(
      long[] events, int[] links, long[] ends, int count, int firstNode, int firstOfBlock) {
    int orphans = 0;
    int limit = firstNode + firstOfBlock - EventBlock.ONS;
    for (int i = 0; i < count; i++) {
      long off = events[EventBlock.OFFS + i];
      int slot = EventBlock.slot(off);
      int node = links[links[ENDED + slot]];
      if (node < limit + EventBlock.onsBefore(off)) {
        links[ENDED + slot] = node;
        ends[node - firstNode] = off;
      } else {
        orphans++;
      }
    }
    return count - orphans;
  }

  /**
   * Ends the track that began with note {@code from}: whatever still sounds ends at {@code tick}.
   *
   * @return the number of notes that still sounded
   */
  int endTrack(int from, int tick) {
    int hanging = sounding;
    for (int slot = 0; sounding > 0; slot++) {
      while (links[ENDED + slot] != links[YOUNGEST + slot]) {
        int node = links[links[ENDED + slot]];
        links[ENDED + slot] = node;
        ends[node - firstNode] = EventBlock.event(tick, slot, NO_RELEASE, 0);
        sounding--;
      }
    }
    kernel.ends(
        ends, notes.startTicks(), notes.durationTicks(), notes.releases(), from, notes.size());
    return hanging;
  }
}
