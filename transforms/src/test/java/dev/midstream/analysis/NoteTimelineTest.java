package dev.midstream.analysis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.Parse;
import dev.midstream.midi.Seed;
import dev.midstream.midi.Smf;
import dev.midstream.midi.TestTrack;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoteTimelineTest {
  private final NoteTimeline timeline = new NoteTimeline();

  /** As the timeline should be: a stable sort of the file's notes by their start. */
  private void check(TestTrack... tracks) {
    NoteColumns notes = Parse.columnsOf(Smf.file(1, 96, tracks)).notes();
    timeline.reset(notes);
    List<Integer> order =
        IntStream.range(0, notes.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> notes.startTicks()[i]))
            .toList();
    assertThat(timeline.size(), is(notes.size()));
    int last = 0;
    for (int i = 0; i < order.size(); i++) {
      int note = order.get(i);
      int duration = notes.durationTicks()[note];
      int sound = timeline.sounds()[i];
      assertThat(timeline.startTicks()[i], is(notes.startTicks()[note]));
      assertThat(timeline.endTicks()[i], is(notes.startTicks()[note] + Math.max(1, duration)));
      assertThat(NoteTimeline.pitch(sound), is((int) notes.pitches()[note]));
      assertThat(NoteTimeline.channel(sound), is((int) notes.channels()[note]));
      assertThat(NoteTimeline.velocity(sound), is((int) notes.velocities()[note]));
      assertThat(NoteTimeline.added(sound), is(duration == 0 ? 1 : 0));
      last = Math.max(last, timeline.endTicks()[i]);
    }
    assertThat(timeline.lastEnd(), is(last));
  }

  private static TestTrack track(Random random, int notes, int furthest) {
    TestTrack track = new TestTrack();
    for (int i = 0; i < notes; i++) {
      track.note(
          random.nextInt(furthest),
          random.nextInt(50),
          random.nextInt(16),
          random.nextInt(128),
          1 + random.nextInt(127));
    }
    return track;
  }

  @Test
  void anyTracksAreOneInTheOrderOfTime() {
    Random random = Seed.of(NoteTimelineTest.class);
    for (int round = 0; round < 50; round++) {
      TestTrack[] tracks = new TestTrack[1 + random.nextInt(6)];
      int furthest = 1 << random.nextInt(16);
      for (int i = 0; i < tracks.length; i++) {
        tracks[i] = track(random, random.nextInt(200), furthest);
      }
      check(tracks);
    }
  }

  @Test
  void notesThatCrowdAtOnePlaceAreSortedToo() {
    Random random = Seed.of(NoteTimelineTest.class);
    TestTrack lonely = new TestTrack().note(200_000_000, 1, 0, 60, 1);
    check(track(random, 2_000, 1_000), track(random, 2_000, 1_000), lonely);
  }

  @Test
  void aFileWithoutNotesHasNone() {
    check(new TestTrack().note(0, 5, 0, 60, 1));
    check(new TestTrack());
  }
}
