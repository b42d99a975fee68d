package dev.midstream.benchmarks;

import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.MidiParser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** All readers on the same files in memory, round by round in turn; and whether they agree. */
final class ReaderComparison {
  private static final int WARM_UP_ROUNDS = 2;
  private static final int SHOWN_DIFFERENCES = 10;
  private static final int UNREADABLE = -1;

  private final Corpus corpus;
  private final Map<Reader, FileReader> readers = new EnumMap<>(Reader.class);
  private final Map<Reader, Answers> answers = new EnumMap<>(Reader.class);

  /** What one reader read: for each file the notes, or {@link #UNREADABLE}, and a digest. */
  private record Answers(int[] notes, long[] digests, boolean hasDigests) {
    long totalNotes() {
      long total = 0;
      for (int count : notes) {
        total += Math.max(0, count);
      }
      return total;
    }

    int unreadable() {
      int unreadable = 0;
      for (int count : notes) {
        unreadable += count == UNREADABLE ? 1 : 0;
      }
      return unreadable;
    }
  }

  private ReaderComparison(Corpus corpus) {
    this.corpus = corpus;
    for (Reader reader : Reader.values()) {
      readers.put(reader, reader.open());
    }
  }

  /** Measures and prints; false if a variant of our reader read something else than another. */
  static boolean run(Corpus corpus, BenchmarkOptions options) {
    ReaderComparison comparison = new ReaderComparison(corpus);
    for (Reader reader : Reader.values()) {
      Report.progress("reading once: %s", reader.label());
      comparison.answers.put(reader, comparison.ask(comparison.readers.get(reader)));
    }
    for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
      for (Reader reader : Reader.values()) {
        Report.progress("warm-up %d of %d: %s", round, WARM_UP_ROUNDS, reader.label());
        double seconds = (double) options.warmUpSeconds() / WARM_UP_ROUNDS;
        warmUp(comparison.readers.get(reader), corpus, seconds);
      }
    }
    comparison.printTimes(comparison.time(options.rounds()));
    return comparison.printAgreement();
  }

  private Answers ask(FileReader reader) {
    int size = corpus.files().size();
    int[] notes = new int[size];
    long[] digests = new long[size];
    boolean hasDigests = false;
    for (int i = 0; i < size; i++) {
      if (!reader.read(corpus.files().get(i))) {
        notes[i] = UNREADABLE;
        continue;
      }
      notes[i] = reader.notes();
      OptionalLong digest = reader.digest();
      hasDigests |= digest.isPresent();
      digests[i] = digest.orElse(0);
    }
    return new Answers(notes, digests, hasDigests);
  }

  /** Reads the whole corpus until {@code seconds} are over, and at least once. */
  static void warmUp(FileReader reader, Corpus corpus, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      pass(reader, corpus);
    } while (System.nanoTime() < end);
  }

  /** Reads the whole corpus once; the files read. */
  static int pass(FileReader reader, Corpus corpus) {
    int read = 0;
    for (CorpusFile file : corpus.files()) {
      read += reader.read(file) ? 1 : 0;
    }
    return read;
  }

  private Map<Reader, Spread> time(int rounds) {
    Map<Reader, double[]> seconds = new EnumMap<>(Reader.class);
    for (int round = 0; round < rounds; round++) {
      Report.progress("round %d of %d", round + 1, rounds);
      for (Reader reader : Reader.values()) {
        FileReader fileReader = readers.get(reader);
        // One reader's garbage must not be collected in another's time.
        System.gc();
        long start = System.nanoTime();
        int read = pass(fileReader, corpus);
        long nanos = System.nanoTime() - start;
        if (read != corpus.files().size() - answers.get(reader).unreadable()) {
          throw new IllegalStateException(reader.label() + " read other files than before");
        }
        seconds.computeIfAbsent(reader, key -> new double[rounds])[round] =
            nanos / (double) TimeUnit.SECONDS.toNanos(1);
      }
    }
    Map<Reader, Spread> spreads = new EnumMap<>(Reader.class);
    seconds.forEach((reader, values) -> spreads.put(reader, Spread.of(values)));
    return spreads;
  }

  private void printTimes(Map<Reader, Spread> times) {
    Report.title("Readers: one thread, files in memory (the last row: in the page cache)");
    Report.head(
        "reader",
        "seconds",
        "min–max",
        "files/s",
        "MB/s",
        "notes",
        "files not readable",
        "× javax.sound.midi");
    double javax = times.get(Reader.JAVAX).median();
    for (Reader reader : Reader.values()) {
      Spread time = times.get(reader);
      Report.row(
          reader.label(),
          Report.number(time.median(), 3),
          time.range(3),
          Report.number(corpus.files().size() / time.median(), 0),
          Report.number(corpus.bytes() / time.median() / 1e6, 1),
          Report.number(answers.get(reader).totalNotes()),
          Report.number(answers.get(reader).unreadable()),
          Report.number(javax / time.median(), 2));
    }
  }

  private boolean printAgreement() {
    Report.title("Agreement with " + Reader.SCALAR.label());
    Report.head(
        "reader",
        "files both read",
        "only the first",
        "only " + Reader.SCALAR.label(),
        "other note counts",
        "other notes");
    boolean agreed = true;
    List<String> shown = new ArrayList<>();
    for (Reader reader : Reader.values()) {
      if (reader != Reader.SCALAR) {
        agreed &= compare(reader, shown) || !reader.isOurs();
      }
    }
    if (!shown.isEmpty()) {
      Report.line("%nFiles with other notes, at most %d a reader:%n", SHOWN_DIFFERENCES);
      shown.forEach(System.out::println);
    }
    if (!agreed) {
      Report.line("%nThe variants of our reader disagree: the times above mean nothing.");
    }
    return agreed;
  }

  private boolean compare(Reader reader, List<String> shown) {
    Answers ours = answers.get(Reader.SCALAR);
    Answers theirs = answers.get(reader);
    int both = 0;
    int onlyOurs = 0;
    int onlyTheirs = 0;
    int otherCounts = 0;
    int otherNotes = 0;
    for (int i = 0; i < corpus.files().size(); i++) {
      boolean weRead = ours.notes()[i] != UNREADABLE;
      boolean theyRead = theirs.notes()[i] != UNREADABLE;
      both += weRead && theyRead ? 1 : 0;
      onlyOurs += weRead && !theyRead ? 1 : 0;
      onlyTheirs += theyRead && !weRead ? 1 : 0;
      boolean otherCount = weRead && theyRead && ours.notes()[i] != theirs.notes()[i];
      boolean other =
          otherCount
              || (weRead
                  && theyRead
                  && theirs.hasDigests()
                  && ours.digests()[i] != theirs.digests()[i]);
      otherCounts += otherCount ? 1 : 0;
      otherNotes += other ? 1 : 0;
      if (other && otherNotes <= SHOWN_DIFFERENCES) {
        shown.add(describe(reader, i));
      }
    }
    Report.row(
        reader.label(),
        Report.number(both),
        Report.number(onlyTheirs),
        Report.number(onlyOurs),
        Report.number(otherCounts),
        theirs.hasDigests() ? Report.number(otherNotes) : "–");
    return onlyOurs + onlyTheirs + otherNotes == 0;
  }

  private String describe(Reader reader, int index) {
    CorpusFile file = corpus.files().get(index);
    MidiColumns columns = new MidiColumns();
    new MidiParser(columns).parse(file.content(), 0, file.content().length);
    return String.format(
        "- %s: `%s`, %d notes, ours %d; what we repaired: %s",
        reader.label(),
        file.name(),
        answers.get(reader).notes()[index],
        answers.get(Reader.SCALAR).notes()[index],
        columns.warnings().toStrings());
  }
}
