package dev.midstream.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.midstream.midi.EventColumn;
import dev.midstream.midi.MidiColumns;
import dev.midstream.midi.NoteColumns;
import dev.midstream.midi.TextColumn;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.Track;
import org.openjdk.jol.info.GraphLayout;

/** What an event costs in memory, in columns and as an object, and what a warm reader allocates. */
public final class MemoryUse {
  private static final int SAMPLE = 1_000;

  private MemoryUse() {}

  static void run(Corpus corpus, BenchmarkOptions options)
      throws IOException, InterruptedException {
    printAllocation(corpus, options.warmUpSeconds());
    // JOL asks for more of the JVM than Maven's own has.
    List<String> jvmArgs = new ArrayList<>(List.of("-Djdk.attach.allowAttachSelf=true"));
    if (Runtime.version().feature() >= 21) {
      jvmArgs.add("-XX:+EnableDynamicAgentLoading");
    }
    if (Runtime.version().feature() >= 23) {
      jvmArgs.add("--sun-misc-unsafe-memory-access=allow");
    }
    ChildJvm.run(MemoryUse.class, jvmArgs, List.of(options.input().toString()))
        .forEach(System.out::println);
  }

  private static void printAllocation(Corpus corpus, int warmUpSeconds) {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long thread = Thread.currentThread().getId();
    Report.title("Memory: allocated by a warm reader");
    Report.head("reader", "bytes a file", "bytes a byte read");
    for (Reader reader : Reader.values()) {
      Report.progress("allocation: %s", reader.label());
      FileReader fileReader = reader.open();
      ReaderComparison.warmUp(fileReader, corpus, warmUpSeconds / 2.0);
      long before = threads.getThreadAllocatedBytes(thread);
      ReaderComparison.pass(fileReader, corpus);
      double bytes = threads.getThreadAllocatedBytes(thread) - before;
      Report.row(
          reader.label(),
          Report.number(bytes / corpus.files().size(), 0),
          Report.number(bytes / corpus.bytes(), 3));
    }
  }

  /** The child: a folder. */
  public static void main(String[] args) {
    List<CorpusFile> files = Corpus.load(Path.of(args[0])).files();
    files = files.subList(0, Math.min(SAMPLE, files.size()));
    ColumnsReader ours = new ColumnsReader("SCALAR");
    JavaxReader javax = (JavaxReader) Reader.JAVAX.open();

    long events = 0;
    long notes = 0;
    long objects = 0;
    long columns = 0;
    int read = 0;
    MidiEvent noteOn = null;
    for (CorpusFile file : files) {
      if (!javax.read(file) || !ours.read(file)) {
        continue;
      }
      read++;
      for (Track track : javax.sequence().getTracks()) {
        events += track.size();
        noteOn = noteOn == null ? noteOnOf(track) : noteOn;
      }
      objects += GraphLayout.parseInstance(javax.sequence()).totalSize();
      notes += ours.notes();
      columns += bytesOf(ours.columns());
    }

    Report.title("Memory: what an event costs");
    Report.line(
        "The first %,d files that both read: %,d events, of them %,d notes with their ends.%n",
        read, events, notes);
    Report.head("", "bytes", "bytes an event of the file");
    Report.row(
        "javax.sound.midi, all objects of the `Sequence` (JOL)",
        Report.number(objects),
        Report.number((double) objects / events, 1));
    Report.row(
        "our columns, as far as they are filled",
        Report.number(columns),
        Report.number((double) columns / events, 1));
    Report.line(
        "%nOur columns: %d bytes a note (its two events and the pairing), %d a tempo, metre, key,"
            + " program or control change, %d a text, 0 any other event.",
        NOTE_BYTES, EVENT_BYTES, TEXT_BYTES);
    MidiColumns fresh = new MidiColumns();
    ours.columns().trim();
    Report.line(
        "One `MidiColumns` with its capacity (JOL): %,d bytes new, %,d after these files and a trim.",
        GraphLayout.parseInstance(fresh).totalSize(),
        GraphLayout.parseInstance(ours.columns()).totalSize());
    if (noteOn != null) {
      Report.line("%nOne note-on of javax.sound.midi (JOL):%n%n```");
      System.out.print(GraphLayout.parseInstance(noteOn).toFootprint().strip());
      Report.line("%n```");
    }
  }

  private static final int NOTE_BYTES = bytesOfColumns(NoteColumns.class);
  private static final int EVENT_BYTES = bytesOfColumns(EventColumn.class);
  private static final int TEXT_BYTES = bytesOfArrays(TextColumn.class);

  private static long bytesOf(MidiColumns columns) {
    long events =
        (long) columns.tempos().size()
            + columns.meters().size()
            + columns.keys().size()
            + columns.programs().size()
            + columns.controllers().size();
    return (long) columns.notes().size() * NOTE_BYTES
        + events * EVENT_BYTES
        + (long) columns.texts().size() * TEXT_BYTES;
  }

  private static MidiEvent noteOnOf(Track track) {
    for (int i = 0; i < track.size(); i++) {
      if (JavaxReader.isNoteOn(track.get(i).getMessage())) {
        return track.get(i);
      }
    }
    return null;
  }

  /** The width of a row: of the columns that can be asked for. */
  private static int bytesOfColumns(Class<?> columns) {
    return Stream.of(columns.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getReturnType)
        .mapToInt(MemoryUse::width)
        .sum();
  }

  /** The width of a row: of all arrays of a class that shows none. */
  private static int bytesOfArrays(Class<?> columns) {
    return Stream.of(columns.getDeclaredFields())
        .map(Field::getType)
        .mapToInt(MemoryUse::width)
        .sum();
  }

  private static int width(Class<?> type) {
    if (!type.isArray()) {
      return 0;
    }
    return type == byte[].class ? Byte.BYTES : type == int[].class ? Integer.BYTES : Long.BYTES;
  }
}
