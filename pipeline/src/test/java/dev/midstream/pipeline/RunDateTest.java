package dev.midstream.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class RunDateTest {
  /** Late in the evening in Greenwich, and the next day already in Tokyo. */
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-23T23:30:00Z"), ZoneId.of("Asia/Tokyo"));

  @Test
  void theDayStandsWhereItIsAskedFor() {
    assertThat(
        RunDate.resolve("s3://in/{date}/,/music/{date:yyyy/MM/dd}", "2027-02-01", NOW),
        is("s3://in/2027-02-01/,/music/2027/02/01"));
  }

  @Test
  void withoutADayItIsTodayInUtc() {
    assertThat(RunDate.resolve("gs://in/{date}/", null, NOW), is("gs://in/2026-11-23/"));
  }

  @Test
  void whatAsksForNoDayStaysAsItIs() {
    assertThat(RunDate.resolve("/music/{a,b}.mid", null, NOW), is("/music/{a,b}.mid"));
    assertThat(RunDate.resolve(null, null, NOW), is(nullValue()));
  }

  @Test
  void whatIsNoDayIsAnError() {
    assertThat(
        assertThrows(UserError.class, () -> RunDate.resolve("/m", "23.11.2026", NOW)).getMessage(),
        is("--date=23.11.2026 is no day: write it as 2026-11-23"));
    assertThat(
        assertThrows(UserError.class, () -> RunDate.resolve("/{date:HH}", null, NOW)).getMessage(),
        is("--input: {date:HH} is no pattern of a day"));
  }
}
