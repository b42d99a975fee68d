package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a few bars of music that leave no doubt about their key, metre and beat.
 *
 * <p>Harmony I–IV–V–I (minor: i–iv–V–i), the leading tone of minor only in V; the bass sounds on
 * every pulse; the melody moves by scale steps, rests on tonic and fifth, begins and ends on the
 * tonic. Every onset lies on the grid of sixteenths, the first of a bar is the loudest. The three
 * parts keep to registers of their own, so that they may share a channel.
 */
final class Composer {
  private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};
  private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};
  private static final int[][] MAJOR_CHORDS = {{0, 4, 7}, {0, 5, 9}, {-1, 2, 7}, {0, 4, 7}};
  private static final int[][] MINOR_CHORDS = {{0, 3, 7}, {0, 5, 8}, {-1, 2, 7}, {0, 3, 7}};

  private final Key key;
  private final Meter meter;
  private final int quarter;
  private final int bars;
  private final boolean strictBeats;
  private final Random random;

  /**
   * @param quarter ticks of a quarter note, a multiple of four
   * @param bars a multiple of four
   * @param strictBeats let the melody, too, move in quarters with rarely an eighth
   */
  Composer(Key key, Meter meter, int quarter, int bars, boolean strictBeats, long seed) {
    if (quarter % 4 != 0 || bars % 4 != 0) {
      throw new IllegalArgumentException("quarter " + quarter + " bars " + bars);
    }
    this.key = key;
    this.meter = meter;
    this.quarter = quarter;
    this.bars = bars;
    this.strictBeats = strictBeats;
    this.random = new Random(seed);
  }

  long length() {
    return (long) bars * bar();
  }

  /** Triads, either held for the bar or struck on each pulse. */
  List<Note> chords(int channel) {
    List<Note> notes = new ArrayList<>();
    boolean held = strictBeats || random.nextInt(3) > 0;
    int step = held ? bar() : pulse();
    for (int b = 0; b < bars; b++) {
      for (int t = 0; t < bar(); t += step) {
        for (int interval : (key.minor() ? MINOR_CHORDS : MAJOR_CHORDS)[b % 4]) {
          int pitch = 48 + key.tonic() + interval;
          notes.add(new Note(start(b) + t, step, channel, pitch, accent(t, 84)));
        }
      }
    }
    return notes;
  }

  /** Tonic, in the V bars the dominant, on every pulse. */
  List<Note> bass(int channel) {
    List<Note> notes = new ArrayList<>();
    for (int b = 0; b < bars; b++) {
      int pitch = 36 + (b % 4 == 2 ? (key.tonic() + 7) % 12 : key.tonic());
      for (int t = 0; t < bar(); t += pulse()) {
        notes.add(new Note(start(b) + t, pulse() * 3L / 4, channel, pitch, accent(t, 92)));
      }
    }
    return notes;
  }

  List<Note> melody(int channel) {
    List<Note> notes = new ArrayList<>();
    int degree = 0;
    for (int b = 0; b < bars - 1; b++) {
      boolean tonicBar = b % 4 == 0 || b % 4 == 3;
      int t = 0;
      while (t < bar()) {
        boolean home = t == 0 && tonicBar;
        degree = home ? (b > 0 && random.nextInt(3) == 0 ? 4 : 0) : step(degree);
        if (home && bar() >= 2 * pulse() && random.nextBoolean()) {
          notes.add(melodyNote(b, t, 2 * pulse(), channel, degree));
          t += 2 * pulse();
        } else if (pulse() == quarter && random.nextInt(strictBeats ? 12 : 4) == 0) {
          notes.add(melodyNote(b, t, pulse() / 2, channel, degree));
          degree = step(degree);
          notes.add(melodyNote(b, t + pulse() / 2, pulse() / 2, channel, degree));
          t += pulse();
        } else {
          notes.add(melodyNote(b, t, pulse(), channel, degree));
          t += pulse();
        }
      }
    }
    notes.add(melodyNote(bars - 1, 0, bar(), channel, 0));
    return notes;
  }

  /** Bass drum and snare in turn, a hi-hat on every pulse. */
  List<Note> drums() {
    List<Note> notes = new ArrayList<>();
    int hit = quarter / 4;
    for (int b = 0; b < bars; b++) {
      for (int t = 0; t < bar(); t += pulse()) {
        int drum = t / pulse() % 2 == 0 ? 36 : 38;
        notes.add(new Note(start(b) + t, hit, Note.DRUM_CHANNEL, drum, accent(t, 96)));
        notes.add(new Note(start(b) + t, hit, Note.DRUM_CHANNEL, 42, accent(t, 70)));
      }
    }
    return notes;
  }

  private Note melodyNote(int bar, int offset, int length, int channel, int degree) {
    int[] scale = key.minor() ? MINOR : MAJOR;
    int pitch = 72 + key.tonic() + 12 * Math.floorDiv(degree, 7) + scale[Math.floorMod(degree, 7)];
    long sounding = length - length / 12L;
    return new Note(start(bar) + offset, sounding, channel, pitch, accent(offset, 88));
  }

  /** The next scale degree; minor leaves its seventh to the V chord. */
  private int step(int degree) {
    int[] moves = {-1, 1, -1, 1, -2, 2, 0};
    int next = degree + moves[random.nextInt(moves.length)];
    if (next < -3 || next > 7) {
      next = 0;
    }
    boolean seventh = Math.floorMod(next, 7) == 6;
    return seventh && key.minor() ? next + 1 : next;
  }

  private int accent(int offset, int base) {
    int strength = offset == 0 ? 24 : offset % pulse() != 0 ? -12 : 0;
    return base + strength + random.nextInt(5);
  }

  private long start(int b) {
    return (long) b * bar();
  }

  private int bar() {
    return meter.barTicks(quarter);
  }

  private int pulse() {
    return meter.pulseTicks(quarter);
  }
}
