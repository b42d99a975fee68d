package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import dev.midstream.midi.ParseOutcome.Parsed;
import dev.midstream.midi.Reencoding;
import dev.midstream.midi.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Copies of whole files in other bytes are found: of the synthetic library, or, with {@code
 * -Dmidstream.reencoded=FOLDER}, of 1,000 files drawn from a folder of real ones.
 */
class ReencodedMusicTest {
  private static final int FILES = 1000;
  private static final int[] ROUNDED = {96, 120, 192, 240, 384, 480, 960, 1024};

  private final Random random = Seed.of(ReencodedMusicTest.class);
  private final MidiColumns columns = new MidiColumns();
  private final MidiParser parser = new MidiParser(columns);

  @Test
  void copiesAreFound() throws IOException {
    List<String> lost = new ArrayList<>();
    Map<Integer, int[]> rounded = new TreeMap<>();
    int files = 0;
    int moved = 0;
    for (Path path : paths()) {
      byte[] original = Files.readAllBytes(path);
      Fingerprints expected = fingerprints(original);
      files++;
      Reencoding music = Reencoding.of(original);
      byte[] copy;
      do {
        copy = copy(music);
      } while (Arrays.equals(copy, original));
      if (!fingerprints(copy).equals(expected)) {
        lost.add(path.toString());
      }
      int semitones = 1 + random.nextInt(11);
      for (int by : new int[] {semitones, -semitones}) {
        if (music.canTranspose(by)) {
          moved++;
          byte[] other = copy(music.transposed(by));
          if (!expected.transposed().equals(fingerprints(other).transposed())) {
            lost.add(path + " transposed by " + by);
          }
        }
      }
      for (int division : ROUNDED) {
        if (music.division() > 0 && music.division() != division) {
          Fingerprints there = fingerprints(music.roundedTo(division).toBytes(true));
          int[] count = rounded.computeIfAbsent(division, d -> new int[2]);
          count[0]++;
          count[1] += expected.equals(there) ? 1 : 0;
        }
      }
    }
    System.out.printf(
        "%d files in other bytes and %d transposed; not found: %s%n", files, moved, lost);
    rounded.forEach(
        (division, count) ->
            System.out.printf(
                "ticks rounded to division %d: %d of %d found%n", division, count[1], count[0]));
    assertThat(files, is(greaterThan(100)));
    assertThat(lost, is(empty()));
  }

  /** Everything that must not count, at random, all at once. */
  private byte[] copy(Reencoding music) {
    int most = Math.min(Short.MAX_VALUE / Math.max(1, Math.abs(music.division())), 8);
    boolean fits = music.end() * 8 + 10_000 < 1 << 28;
    if (music.division() > 0 && most > 1 && fits) {
      music = music.redivided(2 + random.nextInt(most - 1));
    }
    music = random.nextBoolean() ? music.merged() : music.split(random.nextBoolean());
    if (random.nextBoolean()) {
      music = music.withoutTexts();
    }
    if (random.nextBoolean()) {
      music = music.renumbered();
    }
    if (fits && random.nextBoolean()) {
      music = music.delayed(1 + random.nextInt(10_000));
    }
    return music.shuffled(random).toBytes(random.nextBoolean());
  }

  private Fingerprints fingerprints(byte[] file) {
    Parsed parsed = (Parsed) parser.parse(file, 0, file.length);
    return FingerprintsTest.of(columns, parsed.division());
  }

  private List<Path> paths() throws IOException {
    String folder = System.getProperty("midstream.reencoded");
    Path root =
        Path.of(folder == null ? System.getProperty("midstream.testdata") + "/library" : folder);
    List<Path> paths = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> tree = Files.walk(root)) {
      all = new ArrayList<>(tree.filter(Files::isRegularFile).sorted().toList());
    }
    Collections.shuffle(all, random);
    for (Path path : all) {
      if (paths.size() < FILES && isPlain(Files.readAllBytes(path))) {
        paths.add(path);
      }
    }
    return paths;
  }

  /** Format 0 or 1, without repairs, and not in a wrapper: what the other reader can read. */
  private boolean isPlain(byte[] file) {
    return parser.parse(file, 0, file.length) instanceof Parsed parsed
        && parsed.format() < 2
        && file[0] == 'M'
        && columns.notes().size() > 0
        && columns.warnings().toStrings().isEmpty();
  }
}
