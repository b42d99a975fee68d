package dev.midstream.midi;

import dev.midstream.simd.EventBlock;
import dev.midstream.simd.EventKernel;
import dev.midstream.simd.EventWindow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads channel events in two stages, in the shape of simdjson (Langdale and Lemire, "Parsing
 * Gigabytes of JSON per Second", VLDB Journal 28, 2019): a kernel tells for every byte how long an
 * event would be that began there, so that the walk over the events is a chain of look-ups without
 * guesses; what the walk has gathered, another kernel takes apart and sorts, many events at a time;
 * then the notes are paired. What is not a channel event of three to five bytes stops it. One
 * thread.
 */
final class StagedEvents implements EventReader {
  /** Eight bytes of an array as a number, the first lowest. */
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final NotePairing pairing;
  private final ControllerColumn controllers;
  private final EventKernel kernel;
  private final EventWindow window = new EventWindow();
  private final EventBlock block = new EventBlock();

  StagedEvents(NotePairing pairing, ControllerColumn controllers, EventKernel kernel) {
    this.pairing = pairing;
    this.controllers = controllers;
    this.kernel = kernel;
  }

  @Override
  public void beginTrack() {
    window.clear();
  }

  @Override
  public boolean read(TrackCursor cursor, byte[] data, int stop, int end) {
    while (cursor.at < stop) {
      if (!window.holds(cursor.at)) {
        window.moveTo(data, cursor.at, stop, end, kernel);
      }
      int at = cursor.at;
      if (mayBegin(cursor)) {
        readBlock(cursor);
      }
      if (cursor.at == at) {
        return false;
      }
    }
    return true;
  }

  /** Whether the window can tell what the event at the cursor is, should it be a plain one. */
  private boolean mayBegin(TrackCursor cursor) {
    if (cursor.tick > Integer.MAX_VALUE - EventBlock.CAPACITY * (EventKernel.LONGEST_DELTA + 1)) {
      return false;
    }
    int status = cursor.undisputedStatus();
    if (status != 0 && (status & 0xE0) != 0xC0) {
      return true;
    }
    // Lengths count two data bytes: only an event with a status of its own can be told here.
    int at = cursor.at - window.from();
    return window.work[at + (window.work[at] < 0 ? 2 : 1)] < 0;
  }

  private void readBlock(TrackCursor cursor) {
    int from = cursor.at - window.from();
    int status = cursor.undisputedStatus();
    block.begin(cursor.tick, (status & 0xE0) == 0xC0 ? 0 : status);
    int to = gather(window.work, from, block);
    kernel.sort(block);
    pairing.pair(block);
    controllers.addAll(block);
    cursor.moveTo(window.from() + to, block.tick(), block.status());
  }

  /** Gathers plain events from {@code from} on, and tells where it stopped. */
  private static int gather(byte[] work, int from, EventBlock block) {
    long[] events = block.work;
    int pos = from;
    int gathered = 0;
    while (gathered <= EventBlock.CAPACITY - 4) {
      int reach = work[EventWindow.QUADS + pos] & 0xFF;
      if (reach >= EventKernel.NO_EVENT) {
        break;
      }
      int second = pos + work[EventWindow.LENGTHS + pos];
      int third = second + work[EventWindow.LENGTHS + second];
      int fourth = third + work[EventWindow.LENGTHS + third];
      events[gathered] = (long) WORD.get(work, pos);
      events[gathered + 1] = (long) WORD.get(work, second);
      events[gathered + 2] = (long) WORD.get(work, third);
      events[gathered + 3] = (long) WORD.get(work, fourth);
      gathered += 4;
      // Not behind the fourth: the next look-up need not wait for those in between.
      pos += reach;
    }
    while (gathered < EventBlock.CAPACITY) {
      int length = work[EventWindow.LENGTHS + pos];
      if (length == EventKernel.NO_EVENT) {
        break;
      }
      events[gathered++] = (long) WORD.get(work, pos);
      pos += length;
    }
    block.setSize(gathered);
    return pos;
  }
}
