package dev.midstream.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The readers that are compared, a line each, in the order of the table. */
enum Reader {
  SCALAR("Midstream, scalar", Kind.OURS, () -> OwnClasses.open(ColumnsReader.class, "SCALAR")),
  VECTOR("Midstream, vector", Kind.OURS, () -> OwnClasses.open(ColumnsReader.class, "VECTOR")),
  CHANGING(
      "Midstream, scalar, then vector",
      Kind.OURS,
      () -> OwnClasses.open(ColumnsReader.class, "WHEN_IT_PAYS")),
  JAVAX("javax.sound.midi", Kind.OTHER, JavaxReader::new),
  JAVAX_PAIRED("javax.sound.midi + pairing", Kind.OTHER, PairedJavaxReader::new),
  KTMIDI("ktmidi", Kind.OTHER, KtmidiReader::new),
  ANALYSIS(
      "Midstream, parse + every analysis",
      Kind.MORE,
      () -> OwnClasses.open(AnalysisReader.class, null)),
  DISK(
      "Midstream, read + parse + every analysis",
      Kind.MORE,
      () -> OwnClasses.open(DiskReader.class, null));

  private enum Kind {
    /** A variant of our parser: must read exactly as {@link #SCALAR} does. */
    OURS,
    /** Somebody else's. */
    OTHER,
    /** Ours, and what follows a parse. */
    MORE
  }

  private final String label;
  private final Kind kind;
  private final Supplier<FileReader> supplier;

  Reader(String label, Kind kind, Supplier<FileReader> supplier) {
    this.label = label;
    this.kind = kind;
    this.supplier = supplier;
  }

  String label() {
    return label;
  }

  boolean isOurs() {
    return kind == Kind.OURS;
  }

  FileReader open() {
    return supplier.get();
  }

  /** The variants of our parser. */
  static List<Reader> ours() {
    return Arrays.stream(values()).filter(Reader::isOurs).toList();
  }
}
