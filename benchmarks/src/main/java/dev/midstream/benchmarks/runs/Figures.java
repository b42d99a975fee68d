package dev.midstream.benchmarks.runs;

import dev.midstream.benchmarks.ChildJvm;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one run has told of itself, by name. */
record Figures(Map<String, Double> values) {
  private static final Pattern SUMMARY = Pattern.compile("([0-9,]+) files in ([0-9.]+) s \\(.*");

  /** Runs {@code child} to its end. */
  static Figures of(ChildJvm child) throws IOException, InterruptedException {
    return parse(child.run());
  }

  static Figures parse(List<String> lines) {
    Map<String, Double> values = new HashMap<>();
    for (String line : lines) {
      Matcher summary = SUMMARY.matcher(line);
      if (line.startsWith("figure ")) {
        String[] words = line.split(" ", 3);
        values.put(words[1], Double.parseDouble(words[2]));
      } else if (summary.matches()) {
        values.put("files", Double.parseDouble(summary.group(1).replace(",", "")));
        values.put("seconds", Double.parseDouble(summary.group(2)));
      }
    }
    return new Figures(values);
  }

  /** Not a number if it was not told. */
  double get(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  double rate() {
    return get("files") / get("seconds");
  }
}
