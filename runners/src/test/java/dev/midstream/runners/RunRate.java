package dev.midstream.runners;

/** What a run has told of its speed: so many files in so many seconds. */
record RunRate(double files, double seconds) {
  /** As the summary that it has printed says. */
  static RunRate toldIn(String out) {
    String line = out.lines().filter(l -> l.contains(" files in ")).findFirst().orElseThrow();
    return new RunRate(
        number(line.replaceFirst(" files in .*", "")),
        number(line.replaceFirst(".* files in ([0-9.,]+) s.*", "$1")));
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }

  double filesASecond() {
    return files / seconds;
  }
}
