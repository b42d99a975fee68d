package dev.midstream.analysis;

/**
 * How many notes sound at once, by a sweep over their starts and ends on all channels; a note that
 * ends where another starts does not overlap it.
 *
 * @param max the most at once
 * @param mean the average while any sounds, weighted by ticks
 */
record Polyphony(int max, double mean) {

  static Polyphony of(NoteTimeline notes) {
    int[] starts = notes.startTicks();
    int[] ends = notes.endTicks();
    int size = notes.size();
    int sounding = 0;
    int max = 0;
    long soundingTicks = 0;
    long noteTicks = 0;
    int tick = 0;
    int started = 0;
    int ended = 0;
    while (ended < size) {
      // At the last tick there is, a note starts and ends at once: still after its start.
      boolean isStart = started == ended || (started < size && starts[started] < ends[ended]);
      int next = isStart ? starts[started] : ends[ended];
      if (sounding > 0) {
        soundingTicks += next - tick;
        noteTicks += (long) sounding * (next - tick);
      }
      tick = next;
      if (isStart) {
        started++;
        max = Math.max(max, ++sounding);
      } else {
        ended++;
        sounding--;
      }
    }
    return new Polyphony(max, soundingTicks == 0 ? max : (double) noteTicks / soundingTicks);
  }
}
