package dev.midstream.buckets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketSplitTest {
  private final Random random = Seed.of(BucketSplitTest.class);

  @Test
  void everyKeyBeginsLikeOneOfThem() {
    String[] characters = {"a", "b", "B", "/", ".", "é", "🎵", "🎶"};
    for (int round = 0; round < 300; round++) {
      List<String> keys = new ArrayList<>();
      int size = 1 + random.nextInt(200);
      for (int i = 0; i < size; i++) {
        StringBuilder key = new StringBuilder("root/");
        int length = 1 + random.nextInt(5);
        for (int c = 0; c < length; c++) {
          key.append(characters[random.nextInt(characters.length)]);
        }
        keys.add(key.toString());
      }
      List<String> beginnings = BucketSplit.beginnings(keys, "root/".length());
      for (String key : keys) {
        assertThat(key, beginnings.stream().filter(key::startsWith).toList(), hasSize(1));
      }
      for (String beginning : beginnings) {
        char last = beginning.charAt(beginning.length() - 1);
        assertThat(Character.isHighSurrogate(last), is(false));
      }
    }
  }

  @Test
  void noMoreOfThemThanItTakes() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      keys.add("music/album %03d/".formatted(i));
    }
    assertThat(BucketSplit.beginnings(keys, 6), hasSize(100));
    assertThat(
        BucketSplit.beginnings(List.of("m/x.mid", "m/x.midi", "m/x/"), 2),
        contains("m/x.mid", "m/x/"));
    assertThat(BucketSplit.beginnings(keys, 6).size(), is(greaterThanOrEqualTo(16)));
  }
}
