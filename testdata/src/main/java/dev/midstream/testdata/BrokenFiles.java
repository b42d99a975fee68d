package dev.midstream.testdata;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Files that are rejected, each for one reason. */
final class BrokenFiles {
  private static final byte[] HEADER = SmfFile.header(0, 1, 480);

  private BrokenFiles() {}

  static void addTo(Catalog catalog) {
    catalog.addRejected("empty.mid", new byte[0], "empty");
    catalog.addRejected("empty.kar", new byte[0], "empty");
    notMidi(catalog);
    truncatedHeader(catalog);
    noTracks(catalog);
    noEvents(catalog);
  }

  private static void notMidi(Catalog catalog) {
    String reason = "not_midi";
    byte[] noise = new byte[700];
    new Random(20240601).nextBytes(noise);
    byte[] smf = new Recipe("broken").build().encode();

    catalog.addRejected("text.mid", Bytes.ascii("This is a text, no music.\n"), reason);
    catalog.addRejected(
        "html.mid",
        Bytes.ascii("<!DOCTYPE html>\n<html><head><title>404</title></head></html>\n"),
        reason);
    catalog.addRejected(
        "utf-16.mid", "\uFEFFMThd in another code".getBytes(StandardCharsets.UTF_16LE), reason);
    catalog.addRejected(
        "jpeg.mid",
        Bytes.concat(Bytes.of(0xFF, 0xD8, 0xFF, 0xE0, 0, 16), Bytes.ascii("JFIF"), noise),
        reason);
    catalog.addRejected(
        "png.MID", Bytes.concat(Bytes.of(0x89, 'P', 'N', 'G', 13, 10, 26, 10), noise), reason);
    catalog.addRejected("zip.mid", Bytes.concat(Bytes.of('P', 'K', 3, 4, 20, 0), noise), reason);
    catalog.addRejected("gzip.mid", Bytes.concat(Bytes.of(0x1F, 0x8B, 8, 0), noise), reason);
    catalog.addRejected("zeros.mid", new byte[1024], reason);
    catalog.addRejected("random.mid", noise, reason);
    catalog.addRejected("three-bytes.mid", Bytes.ascii("MTh"), reason);
    byte[] spelled = smf.clone();
    spelled[3] = 'X';
    catalog.addRejected("mthx.mid", spelled, reason);
    byte[] lowerCase = smf.clone();
    lowerCase[0] = 'm';
    lowerCase[1] = 't';
    catalog.addRejected("lower-case.mid", lowerCase, reason);
    catalog.addRejected(
        "track-without-header.mid", Arrays.copyOfRange(smf, HEADER.length, smf.length), reason);
    byte[] wave =
        Bytes.concat(
            Bytes.ascii("WAVE"),
            SmfFile.riffChunk(
                "fmt ", Bytes.of(1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0)),
            SmfFile.riffChunk("data", new byte[400]));
    catalog.addRejected(
        "wave.mid",
        Bytes.concat(Bytes.ascii("RIFF"), Bytes.littleEndian32(wave.length), wave),
        reason);
    catalog.addRejected(
        "riff-without-midi.rmi",
        SmfFile.rmid(SmfFile.riffChunk("data", Bytes.ascii("nothing of the kind"))),
        reason);
    catalog.addRejected(
        "riff-without-data.rmi",
        SmfFile.rmid(SmfFile.riffChunk("DISP", Bytes.ascii("only this"))),
        reason);
    catalog.addRejected("header-beyond-64k.mid", Bytes.concat(new byte[70_000], smf), reason);
  }

  private static void truncatedHeader(Catalog catalog) {
    String reason = "truncated_header";
    for (int length : new int[] {4, 6, 8, 9, 12, 13}) {
      catalog.addRejected(
          "header-cut-at-" + length + ".mid", Arrays.copyOf(HEADER, length), reason);
    }
    catalog.addRejected(
        "header-cut-behind-junk.mid",
        Bytes.concat(Bytes.ascii("Some mailer's greeting\n"), Arrays.copyOf(HEADER, 11)),
        reason);
    catalog.addRejected(
        "header-cut-in-riff.rmi",
        SmfFile.rmid(SmfFile.riffChunk("data", Arrays.copyOf(HEADER, 10))),
        reason);
  }

  private static void noTracks(Catalog catalog) {
    String reason = "no_tracks";
    catalog.addRejected("header-only.mid", HEADER, reason);
    catalog.addRejected("header-only-zero-tracks.mid", SmfFile.header(1, 0, 96), reason);
    catalog.addRejected(
        "unknown-chunk-only.mid",
        Bytes.concat(HEADER, Bytes.chunk("XFIH", Bytes.ascii("not a track"))),
        reason);
    catalog.addRejected(
        "unknown-chunks-only.mid",
        Bytes.concat(HEADER, Bytes.chunk("MTrl", new byte[9]), Bytes.chunk("Junk", new byte[4])),
        reason);
    byte[] garbage = new byte[90];
    Arrays.fill(garbage, (byte) 0xAA);
    catalog.addRejected("header-and-garbage.mid", Bytes.concat(HEADER, garbage), reason);
    catalog.addRejected(
        "header-and-three-letters.mid", Bytes.concat(HEADER, Bytes.ascii("MTr")), reason);
  }

  private static void noEvents(Catalog catalog) {
    String reason = "no_events";
    byte[] nothing = Bytes.chunk("MTrk", new byte[0]);
    catalog.addRejected("track-length-zero.mid", Bytes.concat(HEADER, nothing), reason);
    catalog.addRejected(
        "tracks-length-zero.mid",
        Bytes.concat(SmfFile.header(1, 3, 480), nothing, nothing, nothing),
        reason);
    catalog.addRejected(
        "delta-only.mid", Bytes.concat(HEADER, Bytes.chunk("MTrk", Bytes.of(0))), reason);
    catalog.addRejected(
        "data-bytes-only.mid",
        Bytes.concat(HEADER, Bytes.chunk("MTrk", Bytes.of(0, 0x40, 0x41, 0x42, 0x43, 0x44))),
        reason);
  }
}
