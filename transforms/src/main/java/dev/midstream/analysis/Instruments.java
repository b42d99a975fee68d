package dev.midstream.analysis;

import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
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
  List<Integer> of(NoteTimeline timeline, NoteCensus census, EventColumn programs) {
    if (programs.size() == 0 || timeline.size() == 0) {
      return List.of();
    }
    Arrays.fill(current, -1);
    Arrays.fill(heard, false);
    int first = timeline.startTicks()[0];
    int next = 0;
    while (next < programs.size() && programs.ticks()[next] <= first) {
      set(programs.values()[next++]);
    }
    if (next == programs.size()) {
      // As most files are: all is set when the music begins.
      for (int channel = 0; channel < current.length; channel++) {
        if (census.notesOf(channel) > 0) {
          hear(channel);
        }
      }
    } else {
      listen(timeline, programs, next);
    }
    List<Integer> result = new ArrayList<>();
    for (int program = 0; program < heard.length; program++) {
      if (heard[program]) {
        result.add(program);
      }
    }
    return result;
  }

  private void listen(NoteTimeline timeline, EventColumn programs, int from) {
    int[] starts = timeline.startTicks();
    int[] sounds = timeline.sounds();
    int next = from;
    long nextTick = programs.ticks()[next];
    for (int i = 0; i < timeline.size(); i++) {
      while (nextTick <= starts[i]) {
        set(programs.values()[next++]);
        nextTick = next < programs.size() ? programs.ticks()[next] : Long.MAX_VALUE;
      }
      hear(NoteTimeline.channel(sounds[i]));
    }
  }

  private void set(int event) {
    current[event >> 8] = event & 0x7F;
  }

  private void hear(int channel) {
    if (channel != MidiColumns.DRUM_CHANNEL && current[channel] >= 0) {
      heard[current[channel]] = true;
    }
  }
}
