package dev.midstream.analysis;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.util.Random;

/** Composed tracks through parser and analysis, for tests. */
final class Music {
  static final int DIVISION = 96;

  private Music() {}

  static Analysis analyze(TestTrack... tracks) {
    return analyze(DIVISION, tracks);
  }

  static Analysis analyze(int division, TestTrack... tracks) {
    return analyze(Smf.file(tracks.length == 1 ? 0 : 1, division, tracks));
  }

  static Analysis analyze(byte[] file) {
    MidiColumns columns = new MidiColumns();
    Parsed parsed = (Parsed) new MidiParser(columns).parse(file, 0, file.length);
    return new MusicAnalyzer().analyze(parsed, columns);
  }

  /** Notes of random pitch and length: no key is meant, one is found. */
  static int[][] randomTune(Random random, int notes) {
    int[][] tune = new int[notes][];
    int tick = 0;
    for (int i = 0; i < notes; i++) {
      tune[i] = new int[] {tick, 1 + random.nextInt(200), 36 + random.nextInt(48)};
      tick += random.nextInt(96);
    }
    return tune;
  }

  static TestTrack play(int[][] tune, int transposition) {
    TestTrack track = new TestTrack();
    for (int[] note : tune) {
      track.note(note[0], note[1], 0, note[2] + transposition, 80);
    }
    return track;
  }
}
