package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.midstream.midi.RejectReason;
import dev.midstream.midi.Seed;
import dev.midstream.midi.Smf;
import dev.midstream.testdata.GenerateTestdata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Content can never stop a run: whole files, torn ones and random ones, from bytes to analysis. */
class ContentAnalyzerTest {
  private static final int MUTATIONS = Integer.getInteger("midstream.mutations", 200_000);
  private static final Map<String, byte[]> LIBRARY = GenerateTestdata.files();

  private final ContentAnalyzer analyzer = new ContentAnalyzer();
  private final Soundness soundness = new Soundness();

  @Test
  void aContentIsKnownByItsDigest() {
    byte[] abc = "xabcx".getBytes(StandardCharsets.US_ASCII);
    assertThat(
        analyzer.identify(abc, 1, 3).toString(),
        is("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(
        analyzer.identify(abc, 0, 0).toString(),
        is("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  }

  @Test
  void noMutationIsTooMuch() {
    Random random = Seed.of(ContentAnalyzerTest.class);
    List<byte[]> files = new ArrayList<>(LIBRARY.values());
    files.removeIf(file -> file.length == 0 || file.length > 20_000);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = mutate(files.get(random.nextInt(files.size())).clone(), files, random);
      check(mutant, "mutation " + i);
    }
  }

  private static byte[] mutate(byte[] bytes, List<byte[]> files, Random random) {
    byte[] mutant = bytes;
    for (int n = 1 + random.nextInt(8); n > 0 && mutant.length > 0; n--) {
      int at = random.nextInt(mutant.length);
      int length = Math.min(1 + random.nextInt(16), mutant.length - at);
      switch (random.nextInt(7)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt();
        case 2 -> mutant[at] = (byte) 0xFF;
        case 3 -> Arrays.fill(mutant, at, at + length, (byte) random.nextInt());
        case 4 -> mutant = splice(mutant, at, at + length, new byte[0]);
        case 5 -> mutant = splice(mutant, at, at, Arrays.copyOfRange(mutant, at, at + length));
        default -> {
          byte[] other = files.get(random.nextInt(files.size()));
          int from = random.nextInt(other.length);
          int to = Math.min(other.length, from + random.nextInt(200));
          mutant = splice(mutant, at, at, Arrays.copyOfRange(other, from, to));
        }
      }
    }
    return mutant;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] insert) {
    byte[] result = new byte[bytes.length - (to - from) + insert.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(insert, 0, result, from, insert.length);
    System.arraycopy(bytes, to, result, from + insert.length, bytes.length - to);
    return result;
  }

  private void check(byte[] file, String what) {
    try {
      soundness.check(file);
    } catch (AssertionError defect) {
      throw new AssertionError(what + ": " + HexFormat.of().formatHex(file), defect);
    }
  }

  /** Of every kind of event as many as a file can hold: time and memory stay in proportion. */
  @Test
  void noCrowdIsTooMuch() {
    int[][] events = {
      {0, 60, 1}, // notes that never end
      {1, 60, 1, 0, 60, 0},
      {0, 0xC0, 5, 0, 6, 0, 7},
      {0, 0xFF, 0x51, 3, 1, 2, 3},
      {1, 0xFF, 0x58, 2, 3, 2, 1, 0xFF, 0x58, 2, 4, 2},
      {1, 0xFF, 0x59, 2, 3, 0},
      {0, 0xFF, 1, 1, '/'},
      {0, 0xFF, 2, 1, 'c'},
      {0, 0xFF, 3, 1, 'n'},
      {0, 0xFF, 5, 1, 'l'},
      {0, 0xFF, 5, 1, 0xE9},
      {0, 0xFF, 5, 2, 0x83, 0x41},
      {0, 0xFF, 6, 1, 'm'},
      {0, 0xF8, 0xF8, 0xF6},
      {0xFF, 0xFF, 0xFF, 0xFF}
    };
    for (int[] event : events) {
      byte[] body = new byte[300_000];
      System.arraycopy(Smf.bytes(0, 0x90, 60, 1), 0, body, 0, 4);
      for (int at = 4; at + event.length <= body.length; at += event.length) {
        System.arraycopy(Smf.bytes(event), 0, body, at, event.length);
      }
      check(Smf.file(0, 96, Smf.chunk("MTrk", body.length, body)), Arrays.toString(event));
    }
    byte[][] tracks = new byte[30_000][];
    Arrays.fill(tracks, Smf.track());
    check(Smf.file(1, 96, tracks), "empty tracks");
    Arrays.fill(tracks, Smf.track(0, 0xFF, 5, 1, 'l', 0, 0xFF, 3, 1, 'n'));
    check(Smf.file(1, 96, tracks), "voices");
  }

  @Test
  void theResultDoesNotDependOnWhatLiesAround() {
    Random random = Seed.of(ContentAnalyzerTest.class);
    byte[] hall = new byte[1 << 20];
    for (Map.Entry<String, byte[]> entry : LIBRARY.entrySet()) {
      byte[] file = entry.getValue();
      random.nextBytes(hall);
      int offset = random.nextInt(hall.length - file.length);
      System.arraycopy(file, 0, hall, offset, file.length);
      // Right behind it something that an overrun would gladly read on.
      byte[] neighbour = LIBRARY.get("library/keys/d-major-2.mid");
      int room = Math.min(neighbour.length, hall.length - offset - file.length);
      System.arraycopy(neighbour, 0, hall, offset + file.length, room);
      ContentAnalyzer fresh = new ContentAnalyzer();
      assertThat(
          entry.getKey(),
          analyzer.analyze(hall, offset, file.length),
          equalTo(fresh.analyze(file, 0, file.length)));
    }
  }

  @Test
  void theResultDoesNotDependOnTheFilesBefore() {
    List<byte[]> files = new ArrayList<>(LIBRARY.values());
    java.util.Collections.shuffle(files, Seed.of(ContentAnalyzerTest.class));
    for (byte[] file : files) {
      ContentAnalyzer.Result alone = new ContentAnalyzer().analyze(file, 0, file.length);
      assertThat(analyzer.analyze(file, 0, file.length), equalTo(alone));
      analyzer.trim();
      assertThat(analyzer.analyze(file, 0, file.length), equalTo(alone));
    }
  }

  @Test
  void aDefectCostsOneFile() {
    byte[] file = LIBRARY.get("library/keys/d-major-2.mid");
    ContentAnalyzer.Result before = analyzer.analyze(file, 0, file.length);
    // A range outside of the array stands for any exception of the parser.
    ContentAnalyzer.Result defect = analyzer.analyze(file, 1, file.length);
    assertThat(defect.analysis() == null, is(true));
    assertThat(defect.rejected(), is(notNullValue()));
    assertThat(defect.rejected().reason(), is(RejectReason.INTERNAL_ERROR));
    assertThat(defect.rejected().detail(), not(is("")));
    assertThat(analyzer.analyze(file, 0, file.length), equalTo(before));
  }
}
