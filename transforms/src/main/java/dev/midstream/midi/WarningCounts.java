package dev.midstream.midi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How often each {@link Warning} occurred in one file. Reused from file to file; one thread. */
public final class WarningCounts {
  private static final Warning[] WARNINGS = Warning.values();

  private final int[] counts = new int[WARNINGS.length];
  private boolean any;

  void add(Warning warning) {
    add(warning, 1);
  }

  void add(Warning warning, int times) {
    counts[warning.ordinal()] += times;
    any |= times > 0;
  }

  void reset() {
    if (any) {
      Arrays.fill(counts, 0);
      any = false;
    }
  }

  /** How often {@code warning} occurred. */
  public int count(Warning warning) {
    return counts[warning.ordinal()];
  }

  /** {@code code:count} of all that occurred, in the order of their codes; an immutable copy. */
  public List<String> toStrings() {
    if (!any) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    for (Warning warning : WARNINGS) {
      if (count(warning) > 0) {
        strings.add(warning.code() + ":" + count(warning));
      }
    }
    Collections.sort(strings);
    return List.copyOf(strings);
  }
}
