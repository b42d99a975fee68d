package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.TextColumn;

/**
 * The tracks of a file's texts, asked for in the order of the file. The columns keep where a text
 * stands and not in which track: a track begins where a chunk header stands between two texts.
 * Reused from file to file; one thread.
 */
final class TextTracks {
  private static final int MTHD = 0x4D546864;
  private static final int MTRK = 0x4D54726B;

  private byte[] data = {};
  private int at;
  private int track;

  void reset(MidiColumns columns) {
    data = columns.data();
    at = -1;
    track = -1;
  }

  void trim() {
    data = new byte[0];
  }

  /** The track of text {@code index}, from 0; the index must not be below the last one asked. */
  int of(TextColumn texts, int index) {
    int text = texts.offset(index);
    if (at < 0) {
      at = header(text);
    }
    for (; at + 4 <= text; at++) {
      if (data[at] == 'M' && int32(at) == MTRK) {
        track++;
      }
    }
    at = text + texts.length(index);
    return Math.max(track, 0);
  }

  /** The file's header: other files may lie in front of it. */
  private int header(int before) {
    for (int i = before - 4; i >= 0; i--) {
      if (data[i] == 'M' && int32(i) == MTHD) {
        return i;
      }
    }
    return 0;
  }

  private int int32(int i) {
    return uint16(i) << 16 | uint16(i + 2);
  }

  private int uint16(int i) {
    return (data[i] & 0xFF) << 8 | (data[i + 1] & 0xFF);
  }
}
