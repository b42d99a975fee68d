package dev.midstream.testdata;

import java.util.ArrayList;
import java.util.List;

/** The model of one file: what is in it and what its composer knows about it. */
final class Song {
  private final int format;
  private final int division;
  private final List<Track> tracks = new ArrayList<>();
  private boolean runningStatus = true;
  private boolean noteOffAsNoteOn;
  private boolean statusSurvivesMeta;
  private boolean strictBeats;
  private Key key;
  private String lyrics = "";

  /**
   * @param division the header's value: ticks per quarter, or negative for SMPTE time
   */
  Song(int format, int division) {
    this.format = format;
    this.division = division;
  }

  /** The header's value for SMPTE time. */
  static int smpte(int framesPerSecond, int subframes) {
    return (short) ((-framesPerSecond << 8) | subframes);
  }

  Track addTrack() {
    Track track = new Track();
    tracks.add(track);
    return track;
  }

  Track track(int index) {
    return tracks.get(index);
  }

  /** Adds an event to the first track. */
  Song add(Event event) {
    tracks.get(0).add(event);
    return this;
  }

  Song runningStatus(boolean value) {
    runningStatus = value;
    return this;
  }

  Song noteOffAsNoteOn(boolean value) {
    noteOffAsNoteOn = value;
    return this;
  }

  Song letStatusSurviveMeta() {
    statusSurvivesMeta = true;
    return this;
  }

  /** The notes alone tell the tempo: one on every quarter, which is a beat. */
  Song strictBeats(boolean value) {
    strictBeats = value;
    return this;
  }

  Song key(Key value) {
    key = value;
    return this;
  }

  Song lyrics(String value) {
    lyrics = value;
    return this;
  }

  int format() {
    return format;
  }

  int division() {
    return division;
  }

  List<Track> tracks() {
    return tracks;
  }

  boolean runningStatus() {
    return runningStatus;
  }

  boolean noteOffAsNoteOn() {
    return noteOffAsNoteOn;
  }

  boolean statusSurvivesMeta() {
    return statusSurvivesMeta;
  }

  boolean strictBeats() {
    return strictBeats;
  }

  Key key() {
    return key;
  }

  String lyrics() {
    return lyrics;
  }

  byte[] encode() {
    return new SmfFile(this).toBytes();
  }
}
