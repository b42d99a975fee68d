package dev.midstream.midi;

import static dev.midstream.midi.Smf.ascii;
import static dev.midstream.midi.Smf.join;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of old Macintoshes: 128 bytes of header, and each fork padded to as many. */
class MacBinaryTest {
  private static final int BLOCK = 128;
  private static final byte[] FILE =
      Smf.file(1, 96, new TestTrack().note(0, 96, 0, 60, 64), new TestTrack().note(5, 7, 1, 70, 1));

  /** The header as MacBinary II has it: name, type and creator, and the lengths of both forks. */
  private static byte[] header(String name, int dataLength, int resourceLength) {
    byte[] header = new byte[BLOCK];
    header[1] = (byte) name.length();
    put(header, 2, ascii(name));
    put(header, 65, ascii("MidiMids"));
    put(header, 83, Smf.int32(dataLength));
    put(header, 87, Smf.int32(resourceLength));
    put(header, 91, Smf.int32(0xA8C0_0000L));
    put(header, 95, Smf.int32(0xA8C0_0001L));
    header[122] = (byte) 129;
    header[123] = (byte) 129;
    return header;
  }

  private static void put(byte[] into, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }

  private static byte[] padded(byte[] fork) {
    return Arrays.copyOf(fork, (fork.length + BLOCK - 1) / BLOCK * BLOCK);
  }

  private static void assertReads(byte[] file, String... warnings) {
    Parse parse = Parse.of(file);
    Parse bare = Parse.of(FILE);
    assertThat(parse.outcome(), equalTo(bare.outcome()));
    assertThat(parse.notes(), equalTo(bare.notes()));
    assertThat(parse.warnings(), contains(warnings));
  }

  @Test
  void theFileIsFoundBehindTheHeader() {
    for (String name : List.of("a", "Song", "A name of thirty-one characters", "MThd")) {
      byte[] header = header(name, FILE.length, 0);
      assertReads(join(header, FILE), "junk_before_header:1");
      assertReads(join(header, padded(FILE)), "junk_before_header:1", "trailing_bytes:1");
    }
  }

  @Test
  void theResourceForkIsNoMusic() {
    byte[] resources = new byte[300];
    Arrays.fill(resources, (byte) 0x90);
    byte[] header = header("Song", FILE.length, resources.length);
    assertReads(
        join(header, padded(FILE), padded(resources)), "junk_before_header:1", "trailing_bytes:1");
  }
}
