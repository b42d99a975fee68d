package dev.midstream.testdata;

import dev.midstream.testdata.TruthRow.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells the expected row of a {@link Song} from its model, and refuses a song about which the
 * definitions leave room for doubt.
 */
final class Truth {
  private static final int DEFAULT_MICROS = 500_000;
  private static final int LEAST_NOTES_OF_A_KEY = 8;

  private record Placed<T>(long tick, int track, T what) {}

  private final Song song;
  private final List<Note> notes = new ArrayList<>();
  private final List<Placed<Note>> placedNotes = new ArrayList<>();
  private final List<Placed<Event>> events = new ArrayList<>();
  private long duration;

  private Truth(Song song) {
    this.song = song;
    for (int i = 0; i < song.tracks().size(); i++) {
      Track track = song.tracks().get(i);
      long start = song.format() == 2 ? duration : 0;
      int index = i;
      for (Note note : track.notes()) {
        notes.add(note.shifted(start));
        placedNotes.add(new Placed<>(note.tick() + start, index, note));
      }
      track.events().forEach(e -> events.add(new Placed<>(e.tick() + start, index, e)));
      duration = Math.max(duration, start + track.end());
    }
    events.sort(Comparator.comparingLong(Placed::tick));
  }

  static TruthRow of(Song song) {
    return new Truth(song).row();
  }

  private TruthRow row() {
    List<Note> pitched = notes.stream().filter(note -> !note.drum()).toList();
    TruthRow row =
        TruthRow.analyzed()
            .with(Column.FORMAT, song.format())
            .with(Column.DIVISION, song.division())
            .with(Column.TRACK_COUNT, song.tracks().size())
            .with(Column.NOTE_COUNT, notes.size())
            .with(Column.DRUM_NOTE_COUNT, notes.size() - pitched.size())
            .with(Column.DURATION_TICKS, duration)
            .with(Column.DURATION_SECONDS, seconds())
            .with(Column.TEMPO_EVENT_COUNT, of(Event.Tempo.class).size())
            .with(Column.KEY, key(pitched.size()))
            .with(Column.KEY_META, keyMeta())
            .with(Column.TIME_SIGNATURE, timeSignature())
            .with(Column.PROGRAMS, programs())
            .with(Column.POLYPHONY_MAX, polyphony())
            .with(Column.VELOCITY_MEAN, velocityMean())
            .with(Column.TRACK_NAMES, texts(Event.Text.TRACK_NAME, ","))
            .with(Column.LYRICS, song.lyrics())
            .with(Column.COPYRIGHT, texts(Event.Text.COPYRIGHT, "\n"));
    if (!pitched.isEmpty()) {
      row =
          row.with(Column.PITCH_MIN, pitched.stream().mapToInt(Note::pitch).min().orElseThrow())
              .with(Column.PITCH_MAX, pitched.stream().mapToInt(Note::pitch).max().orElseThrow());
    }
    return withTempo(row);
  }

  private TruthRow withTempo(TruthRow row) {
    if (notes.size() < 2 || song.division() == 0) {
      return row.with(Column.BPM_METHOD, "none");
    }
    if (song.division() < 0) {
      return row.with(Column.BPM, TruthRow.NOT_STATED).with(Column.BPM_METHOD, TruthRow.NOT_STATED);
    }
    // Tempo counts beats: 60 million by the microseconds of a beat; but nobody counts as fast as
    // 300.
    Meter meter = dominantMeter();
    if (meter != null
        && 60_000_000L * meter.beatsOfTwelveQuarters() > 300L * 12 * dominantMicros()) {
      meter = null;
    }
    BigDecimal bpm =
        BigDecimal.valueOf(60_000_000L * (meter == null ? 1 : meter.beatsOfTwelveQuarters()))
            .divide(
                BigDecimal.valueOf(dominantMicros() * (meter == null ? 1L : 12L)),
                2,
                RoundingMode.HALF_UP);
    boolean told = !of(Event.Tempo.class).isEmpty();
    if (!told && !song.strictBeats()) {
      throw new IllegalStateException("nothing tells the tempo");
    }
    return row.with(Column.BPM, bpm).with(Column.BPM_METHOD, told ? "tempo_events" : "hybrid");
  }

  /** Ticks times microseconds by tempo, the default tempo until the first event. */
  private Map<Integer, Long> timeByTempo() {
    Map<Integer, Long> time = new TreeMap<>();
    long from = 0;
    int micros = DEFAULT_MICROS;
    for (Placed<Event.Tempo> tempo : of(Event.Tempo.class)) {
      time.merge(micros, (tempo.tick() - from) * micros, Long::sum);
      from = tempo.tick();
      micros = tempo.what().micros();
    }
    time.merge(micros, (duration - from) * micros, Long::sum);
    return time;
  }

  private int dominantMicros() {
    Map<Integer, Long> time = timeByTempo();
    long all = time.values().stream().mapToLong(Long::longValue).sum();
    Map.Entry<Integer, Long> most =
        time.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    if (most.getValue() * 4 < all * 3) {
      throw new IllegalStateException("no tempo dominates: " + time);
    }
    return most.getKey();
  }

  private String seconds() {
    int division = song.division();
    if (division == 0) {
      return "";
    }
    BigDecimal numerator;
    BigDecimal denominator;
    if (division > 0) {
      long ticksMicros = timeByTempo().values().stream().mapToLong(Long::longValue).sum();
      numerator = BigDecimal.valueOf(ticksMicros);
      denominator = BigDecimal.valueOf(1_000_000L * division);
    } else {
      int frames = -(division >> 8);
      int subframes = division & 0xFF;
      // 29 stands for 29.97 drop frame: 30000/1001 frames a second.
      numerator = BigDecimal.valueOf(frames == 29 ? duration * 1001 : duration);
      denominator = BigDecimal.valueOf((frames == 29 ? 30_000L : frames) * subframes);
    }
    return numerator.divide(denominator, 6, RoundingMode.HALF_UP).toPlainString();
  }

  private String key(int pitchedNotes) {
    if (pitchedNotes < LEAST_NOTES_OF_A_KEY) {
      return "";
    }
    for (Placed<Event.KeySignature> signature : of(Event.KeySignature.class)) {
      if (signature.what().key().soundsLike(song.key())) {
        return signature.what().key().toString();
      }
    }
    return song.key().usualSpelling().toString();
  }

  private String keyMeta() {
    List<Placed<Event.KeySignature>> signatures = of(Event.KeySignature.class);
    return signatures.isEmpty() ? "" : signatures.get(0).what().key().toString();
  }

  /** Without an event the notes may tell, and no more than its kind. */
  private String timeSignature() {
    Meter meter = dominantMeter();
    return meter != null ? meter.toString() : notes.isEmpty() ? "" : TruthRow.NOT_STATED;
  }

  private Meter dominantMeter() {
    Map<Meter, Long> ticks = new HashMap<>();
    List<Placed<Event.MeterChange>> changes = of(Event.MeterChange.class);
    for (int i = 0; i < changes.size(); i++) {
      long until = i + 1 < changes.size() ? changes.get(i + 1).tick() : duration;
      ticks.merge(changes.get(i).what().meter(), until - changes.get(i).tick(), Long::sum);
    }
    return ticks.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private String programs() {
    TreeSet<Integer> used = new TreeSet<>();
    for (Placed<Note> note : placedNotes) {
      int channel = note.what().channel();
      Integer inForce = null;
      boolean later = false;
      for (Placed<Event.Program> change : of(Event.Program.class)) {
        if (change.what().channel() != channel || note.what().drum()) {
          continue;
        }
        if (change.tick() < note.tick()
            || (change.tick() == note.tick() && change.track() <= note.track())) {
          inForce = change.what().program();
        } else if (change.tick() == note.tick()) {
          throw new IllegalStateException("same tick, later track: is this program in force?");
        } else {
          later = true;
        }
      }
      if (inForce != null) {
        used.add(inForce);
      } else if (later) {
        throw new IllegalStateException("a note before its channel's first program");
      }
    }
    return used.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private int polyphony() {
    TreeMap<Long, int[]> steps = new TreeMap<>();
    for (Note note : notes) {
      steps.computeIfAbsent(note.end(), tick -> new int[2])[0]++;
      steps.computeIfAbsent(note.tick(), tick -> new int[2])[1]++;
    }
    int sounding = 0;
    int most = 0;
    for (int[] endsAndStarts : steps.values()) {
      sounding += endsAndStarts[1] - endsAndStarts[0];
      most = Math.max(most, sounding);
    }
    return most;
  }

  private String velocityMean() {
    if (notes.isEmpty()) {
      return "";
    }
    long sum = notes.stream().mapToLong(Note::velocity).sum();
    return BigDecimal.valueOf(sum)
        .divide(BigDecimal.valueOf(notes.size()), 4, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private String texts(int type, String separator) {
    List<String> found = new ArrayList<>();
    for (Track track : song.tracks()) {
      for (Event event : track.events()) {
        if (event instanceof Event.Text text && text.type() == type && !text.text().isEmpty()) {
          found.add(text.text());
        }
      }
    }
    return String.join(separator, found);
  }

  private <T extends Event> List<Placed<T>> of(Class<T> type) {
    List<Placed<T>> found = new ArrayList<>();
    for (Placed<Event> event : events) {
      if (type.isInstance(event.what())) {
        found.add(new Placed<>(event.tick(), event.track(), type.cast(event.what())));
      }
    }
    return found;
  }
}
