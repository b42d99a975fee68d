package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The programs that are heard: those in force on a pitched channel when one of its notes starts,
 * whichever track set them. A channel whose program is never set tells nothing.
 */
final class Instruments {
  private final int[] current = new int[16];
  private final boolean[] heard = new boolean[128];

  /** Distinct programs 0 … 127, ascending. */
  List<Integer> of(NoteColumns notes, NoteTimeline timeline, EventColumn programs) {
    if (programs.size() == 0) {
      return List.of();
    }
    Arrays.fill(current, -1);
    Arrays.fill(heard, false);
    byte[] channels = notes.channels();
    int[] order = timeline.order();
    int[] starts = timeline.startTicks();
    int next = 0;
    for (int i = 0; i < timeline.size(); i++) {
      while (next < programs.size() && programs.ticks()[next] <= starts[i]) {
        int value = programs.values()[next++];
        current[value >> 8] = value & 0x7F;
      }
      int channel = channels[order[i]];
      if (channel != MidiColumns.DRUM_CHANNEL && current[channel] >= 0) {
        heard[current[channel]] = true;
      }
    }
    List<Integer> result = new ArrayList<>();
    for (int program = 0; program < heard.length; program++) {
      if (heard[program]) {
        result.add(program);
      }
    }
    return result;
  }
}
