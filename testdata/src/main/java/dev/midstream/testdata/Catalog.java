package dev.midstream.testdata;

import dev.midstream.testdata.TruthRow.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files made so far, each with its truth. */
final class Catalog {
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final SortedMap<String, TruthRow> rows = new TreeMap<>();

  /** Adds a sound file. */
  void add(String path, Song song) {
    add(path, song.encode(), Truth.of(song));
  }

  /**
   * Adds a file below {@code library/}.
   *
   * @throws IllegalStateException when the path is taken, also by one that differs only in case
   */
  void add(String path, byte[] bytes, TruthRow row) {
    String full = "library/" + path;
    for (String other : files.keySet()) {
      if (other.equalsIgnoreCase(full)) {
        throw new IllegalStateException(full + " is there already");
      }
    }
    files.put(full, bytes);
    rows.put(full, row.with(Column.PATH, full));
  }

  /** Adds a damaged file that is still read, with warnings. */
  void addRepaired(String path, byte[] bytes, Song song, String warnings) {
    add("repaired/" + path, bytes, Truth.of(song).with(Column.WARNINGS, warnings));
  }

  void addRejected(String path, byte[] bytes, String reason) {
    add("broken/" + path, bytes, TruthRow.rejected(reason));
  }

  /** Adds the bytes of {@code original} a second time. */
  void copy(String original, String path) {
    add(path, files.get("library/" + original).clone(), rows.get("library/" + original));
  }

  SortedMap<String, byte[]> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  List<TruthRow> rows() {
    return List.copyOf(new ArrayList<>(rows.values()));
  }
}
