package dev.midstream.testdata;

/** The same bytes under several paths. */
final class DuplicateFiles {
  private DuplicateFiles() {}

  /** Copies files that are there already. */
  static void addTo(Catalog catalog) {
    catalog.copy("tempo/bpm-126.mid", "duplicates/a/bpm-126.mid");
    catalog.copy("tempo/bpm-126.mid", "duplicates/b/another-name.mid");
    catalog.copy("tempo/bpm-126.mid", "duplicates/b/deeper/bpm-126.midi");
    catalog.copy("formats/large.mid", "duplicates/large-copy.mid");
    catalog.copy("karaoke/morning.kar", "duplicates/morning-copy.kar");
    catalog.copy("riff/3.rmi", "duplicates/riff-3.rmi");
  }
}
