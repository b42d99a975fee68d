package dev.midstream.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.midstream.analysis.Analysis;
import dev.midstream.midi.RejectReason;
import dev.midstream.midi.Seed;
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
  private static final int MUTATIONS = 200_000;
  private static final long MOST_NANOS = 1_000_000_000L;
  private static final Map<String, byte[]> LIBRARY = GenerateTestdata.files();

  private final ContentAnalyzer analyzer = new ContentAnalyzer();

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
  void noTruncationIsTooMuch() {
    for (String path :
        List.of(
            "library/formats/format-1-running-velocity-zero.mid",
            "library/formats/format-2-3.mid",
            "library/riff/7.rmi",
            "library/repaired/unknown-chunks.mid")) {
      byte[] file = LIBRARY.get(path);
      for (int length = 0; length <= file.length; length++) {
        // A copy of the exact size: reading past the end is an exception, not a neighbour.
        check(Arrays.copyOf(file, length), path + " cut at " + length);
      }
    }
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
    long start = System.nanoTime();
    ContentAnalyzer.Result result = analyzer.analyze(file, 0, file.length);
    long nanos = System.nanoTime() - start;
    boolean defect =
        nanos > MOST_NANOS
            || (result.analysis() == null) == (result.rejected() == null)
            || (result.rejected() != null && !isSound(result, file.length))
            || (result.analysis() != null && !isSound(result.analysis()));
    if (defect) {
      throw new AssertionError(
          what + ", " + nanos + " ns: " + result + "\n" + HexFormat.of().formatHex(file));
    }
  }

  private static boolean isSound(ContentAnalyzer.Result result, int length) {
    return result.rejected().reason() != RejectReason.INTERNAL_ERROR
        && result.rejected().byteOffset() >= 0
        && result.rejected().byteOffset() <= length;
  }

  /** What must hold of any analysis, whatever the bytes. */
  private static boolean isSound(Analysis analysis) {
    Analysis.Timing timing = analysis.timing();
    Analysis.Tempo tempo = analysis.tempo();
    Analysis.NoteStatistics notes = analysis.notes();
    int pitched = notes.noteCount() - notes.drumNoteCount();
    boolean hasNotes = notes.noteCount() > 0;
    return timing.trackCount() > 0
        && timing.durationTicks() >= 0
        && (timing.durationSeconds() == null || isFinite(timing.durationSeconds(), 0, 1e300))
        && (tempo.bpm() == null) == (tempo.confidence() == null)
        && (tempo.bpm() == null) == tempo.method().code().equals("none")
        && (tempo.bpm() == null || isFinite(tempo.bpm(), 1e-9, 6e7))
        && isConfidence(tempo.confidence())
        && (tempo.onsetBpm() == null) == (tempo.onsetConfidence() == null)
        && (tempo.onsetBpm() == null || isFinite(tempo.onsetBpm(), 1, 1000))
        && isConfidence(tempo.onsetConfidence())
        && (analysis.key().name() == null) == (analysis.key().confidence() == null)
        && isConfidence(analysis.key().confidence())
        && notes.drumNoteCount() >= 0
        && pitched >= 0
        && (pitched == 0) == (notes.pitchMin() == null)
        && (pitched == 0) == (notes.pitchMax() == null)
        && (pitched == 0 || (notes.pitchMin() >= 0 && notes.pitchMin() <= notes.pitchMax()))
        && hasNotes == (notes.polyphonyMax() > 0)
        && notes.polyphonyMax() <= notes.noteCount()
        && hasNotes == (notes.polyphonyMean() != null)
        && (!hasNotes || isFinite(notes.polyphonyMean(), 1, notes.polyphonyMax()))
        && hasNotes == (notes.velocityMean() != null)
        && (!hasNotes || isFinite(notes.velocityMean(), 1, 127))
        && (notes.noteDensity() == null || isFinite(notes.noteDensity(), 0, 1e30))
        && analysis.programs().stream().allMatch(program -> program >= 0 && program < 128);
  }

  private static boolean isConfidence(Float confidence) {
    return confidence == null || isFinite(confidence, 0, 1);
  }

  private static boolean isFinite(double value, double least, double most) {
    return value >= least && value <= most;
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
