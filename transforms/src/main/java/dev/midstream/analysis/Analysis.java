package dev.midstream.analysis;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one content, by topic: one row of the table {@code analysis}. Immutable.
 *
 * @param timing lengths and the header
 * @param tempo tempo by event and by onset
 * @param key tonic and mode
 * @param meter time signatures
 * @param groove how beats are divided
 * @param notes counts, ranges and densities
 * @param fingerprints which music it is, whatever the bytes
 * @param programs distinct General MIDI programs 0 … 127 heard on pitched channels, ascending
 * @param texts title, names, lyrics, copyright and markers
 * @param warnings the repairs that reading took, as {@code code:count}, ascending by code
 */
public record Analysis(
    Timing timing,
    Tempo tempo,
    Key key,
    Meter meter,
    Groove groove,
    NoteStatistics notes,
    Fingerprints fingerprints,
    List<Integer> programs,
    Texts texts,
    List<String> warnings) {

  /**
   * The version of the methods in this package and of the parser: raised whenever the same content
   * may get another row, so that the next run analyses it again.
   */
  public static final int VERSION = 3;

  /** Copies the lists. */
  public Analysis {
    programs = List.copyOf(programs);
    warnings = List.copyOf(warnings);
  }

  /**
   * The header and the lengths.
   *
   * @param format the header's format
   * @param trackCount track chunks read
   * @param division the header's division; negative for SMPTE, 0 for none
   * @param durationSeconds the last event's time; null where ticks have no time
   * @param durationTicks the last event's tick, End of Track included
   */
  public record Timing(
      int format,
      int trackCount,
      int division,
      @Nullable Double durationSeconds,
      long durationTicks) {}

  /**
   * Tempo in beats a minute, rounded to hundredths. A beat is what the time signature counts: a
   * quarter note in 4/4, a half in 2/2, a dotted quarter in 6/8.
   *
   * @param bpm the dominant tempo by sounding time; null when nothing tells
   * @param confidence the probability that it is right to 4 %; null with {@code bpm}
   * @param method how {@code bpm} was found
   * @param onsetBpm the tempo that the onsets alone tell; null for too few onsets
   * @param onsetConfidence the probability that it is right; null with {@code onsetBpm}
   * @param changes the file's tempo events in time, in quarter notes a minute, equal neighbours
   *     joined, the first 1,000
   * @param onsetChanges the tempo that the onsets tell where it changes by 2 % or more; empty where
   *     it does not
   */
  public record Tempo(
      @Nullable Float bpm,
      @Nullable Float confidence,
      TempoMethod method,
      @Nullable Float onsetBpm,
      @Nullable Float onsetConfidence,
      List<TempoChange> changes,
      List<TempoChange> onsetChanges) {
    /** Copies the lists. */
    public Tempo {
      changes = List.copyOf(changes);
      onsetChanges = List.copyOf(onsetChanges);
    }
  }

  /** A tempo, in force from {@code seconds} on. */
  public record TempoChange(double seconds, float bpm) {}

  /**
   * Tonic and mode, such as {@code F# minor}.
   *
   * @param name what the notes tell; null for too little music or no tonal centre
   * @param confidence that it is right, 0 … 1; null with {@code name}
   * @param meta what the file's first valid key signature says; null for none
   * @param changes the keys that the piece goes through, in time; empty with {@code name} null
   */
  public record Key(
      @Nullable String name,
      @Nullable Float confidence,
      @Nullable String meta,
      List<KeyChange> changes) {
    /** Copies the list. */
    public Key {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A key that is heard from a time on.
   *
   * @param seconds when it begins; null where ticks have no time
   * @param key such as {@code F# minor}
   * @param confidence that it is right, 0 … 1
   */
  public record KeyChange(@Nullable Double seconds, String key, float confidence) {}

  /**
   * Time signatures, such as {@code 6/8}.
   *
   * @param timeSignature the one in force for most ticks; where the file says none, or only a
   *     default, the usual one of the kind of metre that the onsets tell: 4/4, 3/4 or 6/8; null
   *     where nothing tells
   * @param confidence the probability that its kind is right; null where nothing tells
   * @param changes the file's, in time, equal neighbours joined, the first 1,000
   */
  public record Meter(
      @Nullable String timeSignature, @Nullable Float confidence, List<MeterChange> changes) {
    /** Copies the list. */
    public Meter {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A time signature in force from a tick on.
   *
   * @param seconds the time of that tick; null where ticks have no time
   */
  public record MeterChange(long tick, @Nullable Double seconds, String timeSignature) {}

  /** How beats are divided. */
  public enum Grid {
    /** Into halves. */
    STRAIGHT,
    /** Into thirds. */
    TRIPLET,
    /** Into a long and a short part. */
    SWUNG,
    /** The notes are on no grid. */
    FREE;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The grid as it stands in {@code analysis.grid}. */
    public String code() {
      return code;
    }
  }

  /**
   * How the notes lie in the beat.
   *
   * @param grid null where nothing tells
   * @param swingRatio length of the first eighth of a quarter note to the second: 1 is straight, 2
   *     a triplet; null where nothing tells
   */
  public record Groove(@Nullable Grid grid, @Nullable Float swingRatio) {
    /** Nothing tells. */
    public static final Groove UNKNOWN = new Groove(null, null);
  }

  /**
   * Counts, ranges and densities.
   *
   * @param noteCount notes on all channels
   * @param drumNoteCount notes on the drum channel
   * @param pitchMin lowest MIDI note number of a pitched note; null for none
   * @param pitchMax highest MIDI note number of a pitched note; null for none
   * @param polyphonyMax most notes sounding at once, all channels
   * @param polyphonyMean notes sounding on average while any sounds; null without notes
   * @param noteDensity notes a second of the duration; null without notes or time
   * @param velocityMean mean note-on velocity, 1 … 127; null without notes
   */
  public record NoteStatistics(
      int noteCount,
      int drumNoteCount,
      @Nullable Integer pitchMin,
      @Nullable Integer pitchMax,
      int polyphonyMax,
      @Nullable Float polyphonyMean,
      @Nullable Float noteDensity,
      @Nullable Float velocityMean) {}

  /**
   * Texts, without NUL and control characters.
   *
   * @param title the name of the piece; null where nothing tells
   * @param trackNames track names in the order of tracks, empty ones left out, the first 1,000
   * @param lyrics readable lyrics; null for none
   * @param copyright copyright notices, a line each; null for none
   * @param markers marker events in the order of the file, empty ones left out, the first 1,000
   */
  public record Texts(
      @Nullable String title,
      List<String> trackNames,
      @Nullable String lyrics,
      @Nullable String copyright,
      List<String> markers) {
    /** Copies the lists. */
    public Texts {
      trackNames = List.copyOf(trackNames);
      markers = List.copyOf(markers);
    }
  }
}
