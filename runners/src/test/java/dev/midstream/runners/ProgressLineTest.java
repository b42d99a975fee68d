package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.midstream.transforms.Progress.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ProgressLine line =
      new ProgressLine(new PrintStream(new ByteArrayOutputStream()), false);

  private String at(double seconds, Snapshot counts) {
    return line.describe((long) (seconds * TimeUnit.SECONDS.toNanos(1)), counts);
  }

  @Test
  void tellsRateOfTheLastSecondsAndWhatIsLeftOnceMatchingIsDone() {
    assertThat(at(0, new Snapshot(0, 0, 0, 0, 0)), is("0 files found"));
    assertThat(at(1, new Snapshot(1000, 0, 0, 0, 0)), is("1,000 files found"));
    assertThat(
        at(2, new Snapshot(3000, 0, 500, 10, 0)),
        is("510 of 3,000 files, 255 files/s, 10 rejected"));
    assertThat(
        at(9, new Snapshot(3000, 0, 2000, 10, 0)),
        is("2,010 of 3,000 files, 214 files/s, 10 rejected, 0:05 left"));
  }
}
