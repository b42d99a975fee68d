package dev.midstream.testdata;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Parse;
import dev.midstream.midi.ParseOutcome.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What the generator's writer wrote, the reader reads back, exactly and without a warning: any
 * notes (touching, overlapping on one pitch, without length), any events between them, either
 * spelling. A failure is shrunk and printed with its seed.
 */
class RoundTripTest {
  private static final int NO_RELEASE = 64;

  /** A file, and how it is spelled. */
  record Piece(
      int format, int division, boolean running, boolean offAsOn, List<List<Item>> tracks) {}

  /**
   * A note or another event. At one tick, notes end (rank 0) before events happen (1) and others
   * start (2); notes without length end last (3).
   */
  sealed interface Item {
    int tick();
  }

  record Sound(int tick, int duration, int channel, int pitch, int velocity, int release)
      implements Item {}

  record Other(int tick, List<Integer> message) implements Item {}

  @Property(tries = 2000)
  void whatWasWrittenIsRead(@ForAll("pieces") Piece piece) {
    assertThat(Parse.of(encode(piece)), is(expected(piece)));
  }

  private record Timed(int tick, int rank, byte[] message) {}

  /** The messages of a track in the order in which they are written. */
  private static List<Timed> messages(Piece piece, List<Item> track) {
    List<Timed> messages = new ArrayList<>();
    for (Item item : track) {
      if (item instanceof Sound s) {
        messages.add(new Timed(s.tick, 2, Bytes.of(0x90 | s.channel, s.pitch, s.velocity)));
        byte[] off =
            piece.offAsOn
                ? Bytes.of(0x90 | s.channel, s.pitch, 0)
                : Bytes.of(0x80 | s.channel, s.pitch, s.release);
        messages.add(new Timed(s.tick + s.duration, s.duration == 0 ? 3 : 0, off));
      } else if (item instanceof Other o) {
        messages.add(
            new Timed(
                o.tick, 1, Bytes.of(o.message.stream().mapToInt(Integer::intValue).toArray())));
      }
    }
    messages.sort(Comparator.comparingInt(Timed::tick).thenComparingInt(Timed::rank));
    return messages;
  }

  private static byte[] encode(Piece piece) {
    List<byte[]> chunks = new ArrayList<>();
    chunks.add(SmfFile.header(piece.format, piece.tracks.size(), piece.division));
    for (List<Item> track : piece.tracks) {
      TrackWriter writer = new TrackWriter(piece.running, false);
      int tick = 0;
      for (Timed timed : messages(piece, track)) {
        tick = timed.tick;
        writer.event(tick, timed.message);
      }
      writer.event(tick, Bytes.meta(0x2F));
      chunks.add(Bytes.chunk("MTrk", writer.toBytes()));
    }
    return Bytes.concat(chunks.toArray(byte[][]::new));
  }

  /** What the model says the reader must say; written without looking at the bytes. */
  private static Parse expected(Piece piece) {
    List<Parse.Note> notes = new ArrayList<>();
    List<Parse.Event> tempos = new ArrayList<>();
    List<Parse.Event> meters = new ArrayList<>();
    List<Parse.Event> keys = new ArrayList<>();
    List<Parse.Event> programs = new ArrayList<>();
    List<Parse.Control> controllers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int base = 0;
    int end = 0;
    for (int t = 0; t < piece.tracks.size(); t++) {
      Map<Integer, Queue<Integer>> sounding = new HashMap<>();
      for (Timed timed : messages(piece, piece.tracks.get(t))) {
        int tick = base + timed.tick;
        byte[] m = timed.message;
        end = Math.max(end, tick);
        int status = m[0] & 0xFF;
        boolean isNote = status < 0xA0;
        if (isNote && timed.rank == 2) {
          sounding
              .computeIfAbsent((status & 15) << 7 | m[1], slot -> new ArrayDeque<>())
              .add(notes.size());
          notes.add(new Parse.Note(tick, -1, m[1], m[2], -1, status & 15, t));
        } else if (isNote) {
          int index = sounding.get((status & 15) << 7 | m[1]).remove();
          Parse.Note n = notes.get(index);
          int release = piece.offAsOn ? NO_RELEASE : m[2];
          notes.set(
              index,
              new Parse.Note(
                  n.start(),
                  tick - n.start(),
                  n.pitch(),
                  n.velocity(),
                  release,
                  n.channel(),
                  n.track()));
        } else if (status >> 4 == 0xC) {
          programs.add(new Parse.Event(tick, (status & 15) << 8 | m[1]));
        } else if (status >> 4 == 0xB) {
          controllers.add(new Parse.Control(tick, status & 15, m[1], m[2]));
        } else if (status == 0xFF) {
          switch (m[1]) {
            case 0x51 ->
                tempos.add(
                    new Parse.Event(
                        tick, (m[3] & 0xFF) << 16 | (m[4] & 0xFF) << 8 | (m[5] & 0xFF)));
            case 0x58 -> meters.add(new Parse.Event(tick, (m[3] & 0xFF) << 8 | 1 << m[4]));
            case 0x59 -> keys.add(new Parse.Event(tick, (m[3] + 7) << 1 | m[4]));
            default -> {
              int header = m[2] < 0 ? 4 : 3;
              if (m[1] >= 1 && m[1] <= 7 && m.length > header) {
                texts.add(
                    m[1]
                        + ":"
                        + new String(m, header, m.length - header, StandardCharsets.ISO_8859_1));
              }
            }
          }
        }
      }
      if (piece.format == 2) {
        base = end;
      }
    }
    for (List<Parse.Event> events : List.of(tempos, meters, keys, programs)) {
      events.sort(Comparator.comparingInt(Parse.Event::tick));
    }
    return new Parse(
        new Parsed(piece.format, piece.division, piece.tracks.size()),
        notes,
        tempos,
        meters,
        keys,
        programs,
        controllers,
        texts,
        List.of(),
        end);
  }

  @Provide
  static Arbitrary<Piece> pieces() {
    Arbitrary<Integer> divisions =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 0x7FFF),
            Combinators.combine(
                    Arbitraries.of(24, 25, 29, 30), Arbitraries.integers().between(1, 255))
                .as(Song::smpte));
    Arbitrary<List<Item>> track = items().list().ofMaxSize(60);
    return Combinators.combine(
            Arbitraries.of(0, 1, 1, 2),
            divisions,
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            track.list().ofMinSize(1).ofMaxSize(4))
        .as(
            (format, division, running, offAsOn, tracks) ->
                new Piece(
                    format,
                    division,
                    running,
                    offAsOn,
                    format == 0 ? tracks.subList(0, 1) : tracks));
  }

  private static Arbitrary<Item> items() {
    // Close together, so that notes touch; now and then far apart, for long deltas.
    Arbitrary<Integer> ticks =
        Arbitraries.frequencyOf(Tuple.of(9, range(0, 40)), Tuple.of(1, range(0, 100_000_000)));
    Arbitrary<Integer> channels = Arbitraries.oneOf(range(0, 1), range(0, 15));
    Arbitrary<Integer> data = range(0, 127);
    Arbitrary<Item> sounds =
        Combinators.combine(
                ticks,
                Arbitraries.oneOf(range(0, 12), range(0, 100_000)),
                channels,
                Arbitraries.oneOf(range(60, 62), data),
                range(1, 127),
                data)
            .as(Sound::new);
    Arbitrary<List<Integer>> messages =
        Arbitraries.oneOf(
            range(1, 0xFFFFFF)
                .map(micros -> List.of(0xFF, 0x51, 3, micros >> 16, micros >> 8, micros)),
            Combinators.combine(range(1, 255), range(0, 6))
                .as((numerator, power) -> List.of(0xFF, 0x58, 4, numerator, power, 24, 8)),
            Combinators.combine(range(-7, 7), range(0, 1))
                .as((sharps, minor) -> List.of(0xFF, 0x59, 2, sharps, minor)),
            Combinators.combine(channels, data).as((channel, p) -> List.of(0xC0 | channel, p)),
            Combinators.combine(channels, data).as((channel, p) -> List.of(0xD0 | channel, p)),
            Combinators.combine(Arbitraries.of(0xA0, 0xB0, 0xE0), channels, data, data)
                .as((status, channel, first, second) -> List.of(status | channel, first, second)),
            Combinators.combine(range(1, 9), range(0, 255).list().ofMaxSize(200))
                .as((type, bytes) -> withLength(List.of(0xFF, type), bytes)),
            range(0, 127).list().ofMaxSize(20).map(bytes -> withLength(List.of(0xF0), bytes)),
            range(0, 255).list().ofMaxSize(20).map(bytes -> withLength(List.of(0xF7), bytes)));
    Arbitrary<Item> others = Combinators.combine(ticks, messages).as(Other::new);
    return Arbitraries.frequencyOf(Tuple.of(3, sounds), Tuple.of(1, others));
  }

  private static Arbitrary<Integer> range(int least, int most) {
    return Arbitraries.integers().between(least, most);
  }

  private static List<Integer> withLength(List<Integer> head, List<Integer> body) {
    List<Integer> message = new ArrayList<>(head);
    for (byte b : Bytes.variableLength(body.size())) {
      message.add(b & 0xFF);
    }
    message.addAll(body);
    return message;
  }
}
