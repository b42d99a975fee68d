-- The library: how each path ended, what each distinct content is, and the runs that found out.

create table midstream.file (
  -- Bytes decide the order: the same on every server, and what is below a folder is a range.
  uri           text collate "C" primary key,
  size_bytes    bigint check (size_bytes >= 0),
  modified_at   timestamptz,
  sha256        bytea check (octet_length(sha256) = 32),
  status        text not null check (status in ('analyzed', 'rejected')),
  reject_reason text check (reject_reason in (
    'empty', 'not_midi', 'truncated_header', 'no_tracks', 'no_events', 'too_many_events', 'too_large',
    'vanished', 'changed_while_read', 'not_a_file', 'unreadable', 'internal_error',
    'refused_by_database')),
  reject_detail text,
  reject_offset bigint check (reject_offset >= 0),
  run_id        uuid not null,
  processed_at  timestamptz not null,
  missing_since timestamptz,
  check ((status = 'rejected') = (reject_reason is not null)),
  check (status = 'rejected' or (sha256 is not null and reject_detail is null and reject_offset is null))
);
comment on table midstream.file is 'One row for every path that a run has met: analysed, or rejected with a reason.';
comment on column midstream.file.uri is 'Absolute path, or URI of an object in a bucket.';
comment on column midstream.file.size_bytes is 'Size in bytes when read; null for what is no file.';
comment on column midstream.file.modified_at is 'Modification time, to the millisecond; null where the file system does not tell.';
comment on column midstream.file.sha256 is 'SHA-256 of the content: the row of analysis; null if it could not be read.';
comment on column midstream.file.status is 'How it ended: analyzed or rejected.';
comment on column midstream.file.reject_reason is 'A closed list; docs/library.md explains each. Null for what was analysed.';
comment on column midstream.file.reject_detail is 'A line for people: what exactly was found.';
comment on column midstream.file.reject_offset is 'Where in the file it was found, counted from its first byte.';
comment on column midstream.file.run_id is 'The run that wrote this row.';
comment on column midstream.file.processed_at is 'When the run wrote this row.';
comment on column midstream.file.missing_since is 'When a complete run over its place first did not find it any more; null while it is there.';

create table midstream.analysis (
  sha256                 bytea primary key check (octet_length(sha256) = 32),
  analyzer_version       int not null check (analyzer_version >= 0),
  format                 smallint not null,
  track_count            int not null check (track_count >= 0),
  division               int not null check (division between -32768 and 32767),
  duration_seconds       double precision check (duration_seconds >= 0 and duration_seconds < 'infinity'),
  duration_ticks         bigint not null check (duration_ticks >= 0),
  note_count             int not null check (note_count >= 0),
  bpm                    real check (bpm > 0 and bpm < 'infinity'),
  bpm_confidence         real check (bpm_confidence between 0 and 1),
  bpm_method             text not null check (bpm_method in ('tempo_events', 'onsets', 'hybrid', 'none')),
  onset_bpm              real check (onset_bpm > 0 and onset_bpm < 'infinity'),
  onset_bpm_confidence   real check (onset_bpm_confidence between 0 and 1),
  tempo_changes          jsonb not null check (jsonb_typeof(tempo_changes) = 'array'),
  onset_tempo_changes    jsonb not null check (jsonb_typeof(onset_tempo_changes) = 'array'),
  key                    text collate "C" check (key in (
    'Cb major', 'Gb major', 'Db major', 'Ab major', 'Eb major', 'Bb major', 'F major', 'C major',
    'G major', 'D major', 'A major', 'E major', 'B major', 'F# major', 'C# major',
    'Ab minor', 'Eb minor', 'Bb minor', 'F minor', 'C minor', 'G minor', 'D minor', 'A minor',
    'E minor', 'B minor', 'F# minor', 'C# minor', 'G# minor', 'D# minor', 'A# minor')),
  key_confidence         real check (key_confidence between 0 and 1),
  key_meta               text check (key_meta ~ '^[A-G][b#]? m(aj|in)or$'),
  key_changes            jsonb not null check (jsonb_typeof(key_changes) = 'array'),
  time_signature         text collate "C" check (time_signature ~ '^[0-9]+/[0-9]+$'),
  time_signature_confidence real check (time_signature_confidence between 0 and 1),
  time_signature_changes jsonb not null check (jsonb_typeof(time_signature_changes) = 'array'),
  grid                   text collate "C" check (grid in ('straight', 'triplet', 'swung', 'free')),
  swing_ratio            real check (swing_ratio > 0 and swing_ratio < 'infinity'),
  pitch_min              smallint check (pitch_min between 0 and 127),
  pitch_max              smallint check (pitch_max between 0 and 127),
  polyphony_max          int not null check (polyphony_max >= 0),
  polyphony_mean         real check (polyphony_mean >= 0 and polyphony_mean < 'infinity'),
  note_density           real check (note_density >= 0),
  velocity_mean          real check (velocity_mean between 1 and 127),
  programs               smallint[] not null check (0 <= all (programs) and 127 >= all (programs)),
  drum_note_count        int not null check (drum_note_count between 0 and note_count),
  music_hash             bytea check (octet_length(music_hash) = 16),
  transposed_hash        bytea check (octet_length(transposed_hash) = 16),
  title                  text,
  track_names            text[] not null,
  lyrics                 text,
  copyright              text,
  markers                text[] not null,
  warnings               text[] not null,
  check (pitch_min <= pitch_max)
);
comment on table midstream.analysis is 'One row for every distinct content that could be analysed. What is not known is null.';
comment on column midstream.analysis.sha256 is 'SHA-256 of the content: what it is known by, whatever paths it has.';
comment on column midstream.analysis.analyzer_version is 'The version of the methods that found this; a run with another one analyses again.';
comment on column midstream.analysis.format is 'As in the header: 0, 1 or 2; of a broken header its sixteen bits as a signed number, so that 65535 is -1.';
comment on column midstream.analysis.track_count is 'Track chunks that were read, whatever the header says.';
comment on column midstream.analysis.division is 'As in the header: ticks a quarter note; negative for SMPTE; 0 for none.';
comment on column midstream.analysis.duration_seconds is 'Time of the last event of any track, its End of Track included; null where ticks have no time.';
comment on column midstream.analysis.duration_ticks is 'Tick of the last event of any track, its End of Track included.';
comment on column midstream.analysis.note_count is 'Notes on all channels.';
comment on column midstream.analysis.bpm is 'The dominant tempo by sounding time in beats a minute; the time signature says what a beat is: a dotted quarter in 6/8, a half in 2/2.';
comment on column midstream.analysis.bpm_confidence is 'The probability that bpm is right to 4 %, octave included.';
comment on column midstream.analysis.bpm_method is 'How bpm was found: tempo_events, onsets, hybrid, none.';
comment on column midstream.analysis.onset_bpm is 'The tempo that the onsets alone tell.';
comment on column midstream.analysis.onset_bpm_confidence is 'The probability that onset_bpm is right to 4 %, octave included.';
comment on column midstream.analysis.tempo_changes is '[{"seconds", "bpm"}]: the tempo events in time, in quarter notes a minute, the first 1,000.';
comment on column midstream.analysis.onset_tempo_changes is '[{"seconds", "bpm"}]: the tempo that the onsets tell, where it changes by 2 % or more; empty where it does not.';
comment on column midstream.analysis.key is 'What the notes tell, like F# minor; null for too little music or no tonal centre.';
comment on column midstream.analysis.key_confidence is 'That key is right: of answers with 0.9, about nine in ten are.';
comment on column midstream.analysis.key_meta is 'What the first key signature event says.';
comment on column midstream.analysis.key_changes is '[{"seconds", "key", "confidence"}]: the keys that are heard, in time.';
comment on column midstream.analysis.time_signature is 'The one in force for most ticks; where the file says none, or only a default, 4/4, 3/4 or 6/8 as the onsets tell; null where nothing tells.';
comment on column midstream.analysis.time_signature_confidence is 'The probability that its kind is right: beats in twos, in threes, or in three parts each.';
comment on column midstream.analysis.time_signature_changes is '[{"tick", "seconds", "time_signature"}], the first 1,000.';
comment on column midstream.analysis.grid is 'How quarter notes are divided: straight, triplet or swung; free for notes off the grid of the file.';
comment on column midstream.analysis.swing_ratio is 'Length of the first eighth of a quarter note to the second: 1 straight, 2 triplet.';
comment on column midstream.analysis.pitch_min is 'Lowest MIDI note number of a note that is no drum.';
comment on column midstream.analysis.pitch_max is 'Highest MIDI note number of a note that is no drum.';
comment on column midstream.analysis.polyphony_max is 'The most notes that sound at once, drums included.';
comment on column midstream.analysis.polyphony_mean is 'Notes that sound at once on average while any sounds; null without notes.';
comment on column midstream.analysis.note_density is 'Notes a second of the duration; null without notes or time.';
comment on column midstream.analysis.velocity_mean is 'Mean velocity of the notes, 1 to 127; null without notes.';
comment on column midstream.analysis.programs is 'General MIDI programs 0 to 127 heard on pitched channels; instrument names them.';
comment on column midstream.analysis.drum_note_count is 'Notes on channel 10.';
comment on column midstream.analysis.music_hash is 'Which music it is: equal where the notes are, whatever the bytes, the division, the tempo, the tracks; null without notes.';
comment on column midstream.analysis.transposed_hash is 'The same, whatever the key as well.';
comment on column midstream.analysis.title is 'Of karaoke files the first @T line, else the name of the sequence; null where nothing tells.';
comment on column midstream.analysis.track_names is 'Track names in the order of the tracks, the first 1,000.';
comment on column midstream.analysis.lyrics is 'Lyric events or karaoke texts, joined to lines and paragraphs.';
comment on column midstream.analysis.copyright is 'Copyright notices, a line each.';
comment on column midstream.analysis.markers is 'Marker events in the order of the file, the first 1,000.';
comment on column midstream.analysis.warnings is 'Repairs that reading took, as code:count; docs/library.md explains each.';

create table midstream.run (
  run_id      uuid primary key,
  started_at  timestamptz not null,
  finished_at timestamptz,
  status      text not null check (status in ('running', 'finished', 'interrupted', 'failed')),
  runner      text not null,
  input       text not null,
  options     jsonb not null,
  files       bigint check (files >= 0),
  analyzed    bigint check (analyzed >= 0),
  rejected    bigint check (rejected >= 0),
  skipped     bigint check (skipped >= 0),
  missing     bigint check (missing >= 0)
);
comment on table midstream.run is 'One row for every run, also for one that did not end well.';
comment on column midstream.run.run_id is 'What file.run_id refers to.';
comment on column midstream.run.started_at is 'When it began.';
comment on column midstream.run.finished_at is 'When it ended, however it did; null while it runs and if it was killed.';
comment on column midstream.run.status is 'How it ended: finished, interrupted by its user, or failed; running also if it was killed and could not say.';
comment on column midstream.run.runner is 'The Beam runner: DirectRunner or FlinkRunner.';
comment on column midstream.run.input is 'Its option --input.';
comment on column midstream.run.options is 'The options that decide about the result, and analyzerVersion; no secret.';
comment on column midstream.run.files is 'All files that it met.';
comment on column midstream.run.analyzed is 'Files that it analysed.';
comment on column midstream.run.rejected is 'Files that it rejected.';
comment on column midstream.run.skipped is 'Files that were known and unchanged.';
comment on column midstream.run.missing is 'Files that it was the first to miss.';

create table midstream.seen (
  run_id uuid not null,
  uris   bigint[] not null
);
comment on table midstream.seen is 'What a run has met so far, a row for each batch; emptied at its end.';
comment on column midstream.seen.run_id is 'The run that met them.';
comment on column midstream.seen.uris is 'Hashes (hashtextextended) of the URIs.';

create view midstream.library as
select
  f.uri, f.size_bytes, f.modified_at, f.sha256, f.status, f.reject_reason, f.reject_detail,
  f.reject_offset, f.run_id, f.processed_at, f.missing_since,
  a.analyzer_version, a.format, a.track_count, a.division, a.duration_seconds, a.duration_ticks,
  a.note_count, a.bpm, a.bpm_confidence, a.bpm_method, a.onset_bpm, a.onset_bpm_confidence,
  a.tempo_changes, a.onset_tempo_changes, a.key, a.key_confidence, a.key_meta, a.key_changes, a.time_signature,
  a.time_signature_confidence, a.time_signature_changes, a.grid, a.swing_ratio, a.pitch_min, a.pitch_max, a.polyphony_max, a.polyphony_mean,
  a.note_density, a.velocity_mean, a.programs, a.drum_note_count, a.music_hash, a.transposed_hash, a.title, a.track_names,
  a.lyrics, a.copyright, a.markers, a.warnings
from midstream.file f
left join midstream.analysis a on a.sha256 = f.sha256 and f.status = 'analyzed';
comment on view midstream.library is 'Every file with all that is known of it: select * from midstream.library.';

create table midstream.instrument (
  program smallint primary key check (program between 0 and 127),
  name    text not null
);
comment on table midstream.instrument is 'The General MIDI level 1 sound set.';
comment on column midstream.instrument.program is 'Counted from 0, as in the files; General MIDI counts from 1.';
comment on column midstream.instrument.name is 'Its name in General MIDI.';

insert into midstream.instrument (program, name)
select ordinality - 1, name
from unnest(array[
  'Acoustic Grand Piano', 'Bright Acoustic Piano', 'Electric Grand Piano', 'Honky-tonk Piano',
  'Electric Piano 1', 'Electric Piano 2', 'Harpsichord', 'Clavi',
  'Celesta', 'Glockenspiel', 'Music Box', 'Vibraphone',
  'Marimba', 'Xylophone', 'Tubular Bells', 'Dulcimer',
  'Drawbar Organ', 'Percussive Organ', 'Rock Organ', 'Church Organ',
  'Reed Organ', 'Accordion', 'Harmonica', 'Tango Accordion',
  'Acoustic Guitar (nylon)', 'Acoustic Guitar (steel)', 'Electric Guitar (jazz)', 'Electric Guitar (clean)',
  'Electric Guitar (muted)', 'Overdriven Guitar', 'Distortion Guitar', 'Guitar Harmonics',
  'Acoustic Bass', 'Electric Bass (finger)', 'Electric Bass (pick)', 'Fretless Bass',
  'Slap Bass 1', 'Slap Bass 2', 'Synth Bass 1', 'Synth Bass 2',
  'Violin', 'Viola', 'Cello', 'Contrabass',
  'Tremolo Strings', 'Pizzicato Strings', 'Orchestral Harp', 'Timpani',
  'String Ensemble 1', 'String Ensemble 2', 'Synth Strings 1', 'Synth Strings 2',
  'Choir Aahs', 'Voice Oohs', 'Synth Voice', 'Orchestra Hit',
  'Trumpet', 'Trombone', 'Tuba', 'Muted Trumpet',
  'French Horn', 'Brass Section', 'Synth Brass 1', 'Synth Brass 2',
  'Soprano Sax', 'Alto Sax', 'Tenor Sax', 'Baritone Sax',
  'Oboe', 'English Horn', 'Bassoon', 'Clarinet',
  'Piccolo', 'Flute', 'Recorder', 'Pan Flute',
  'Blown Bottle', 'Shakuhachi', 'Whistle', 'Ocarina',
  'Lead 1 (square)', 'Lead 2 (sawtooth)', 'Lead 3 (calliope)', 'Lead 4 (chiff)',
  'Lead 5 (charang)', 'Lead 6 (voice)', 'Lead 7 (fifths)', 'Lead 8 (bass + lead)',
  'Pad 1 (new age)', 'Pad 2 (warm)', 'Pad 3 (polysynth)', 'Pad 4 (choir)',
  'Pad 5 (bowed)', 'Pad 6 (metallic)', 'Pad 7 (halo)', 'Pad 8 (sweep)',
  'FX 1 (rain)', 'FX 2 (soundtrack)', 'FX 3 (crystal)', 'FX 4 (atmosphere)',
  'FX 5 (brightness)', 'FX 6 (goblins)', 'FX 7 (echoes)', 'FX 8 (sci-fi)',
  'Sitar', 'Banjo', 'Shamisen', 'Koto',
  'Kalimba', 'Bag Pipe', 'Fiddle', 'Shanai',
  'Tinkle Bell', 'Agogo', 'Steel Drums', 'Woodblock',
  'Taiko Drum', 'Melodic Tom', 'Synth Drum', 'Reverse Cymbal',
  'Guitar Fret Noise', 'Breath Noise', 'Seashore', 'Bird Tweet',
  'Telephone Ring', 'Helicopter', 'Applause', 'Gunshot'
]) with ordinality as gm (name, ordinality);
