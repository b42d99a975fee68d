package dev.midstream.pipeline;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The option {@code --date}, and what it means in {@code --input}: {@code {date}} there stands for
 * the day as {@code 2026-11-23}, and {@code {date:yyyy/MM/dd}} for what the pattern makes of it, so
 * that one command serves every day.
 */
public final class RunDate {
  private static final Pattern PLACE = Pattern.compile("\\{date(?::([^{}]+))?\\}");

  private RunDate() {}

  /**
   * The input of the day that {@code date} names, or of today in UTC.
   *
   * @param date like {@code 2026-11-23}; null for today
   * @throws UserError if that is no day, or a pattern none of a day
   */
  public static String resolve(String input, String date, Clock clock) {
    if (input == null) {
      return null;
    }
    LocalDate day = day(date, clock);
    return PLACE
        .matcher(input)
        .replaceAll(place -> Matcher.quoteReplacement(text(day, place.group(1))));
  }

  private static LocalDate day(String date, Clock clock) {
    try {
      return date == null
          ? LocalDate.now(clock.withZone(ZoneOffset.UTC))
          : LocalDate.parse(date.strip());
    } catch (DateTimeException e) {
      throw new UserError("--date=" + date + " is no day: write it as 2026-11-23", e);
    }
  }

  private static String text(LocalDate day, String pattern) {
    if (pattern == null) {
      return day.toString();
    }
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(day);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UserError("--input: {date:" + pattern + "} is no pattern of a day", e);
    }
  }
}
