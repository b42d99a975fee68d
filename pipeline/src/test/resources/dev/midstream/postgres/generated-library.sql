-- A library as large as one likes, the same each time: {files} paths, of which a fiftieth could not be read and a
-- fifth are copies. Of the contents, a fifth are the same music as another, and a tenth of the music is transposed.
-- Every content whose number ends in 042 has copies, music in other bytes (043), and in another key (044).

-- Evenly spread in 0 to 1, by number and purpose.
create function pg_temp.u(i bigint, purpose int) returns double precision language sql immutable parallel safe as
$$ select (hashint8extended(i, purpose) & 1073741823) / 1073741824.0 $$;

create function pg_temp.pick(i bigint, purpose int, many bigint) returns bigint language sql immutable parallel safe as
$$ select 1 + floor(pg_temp.u(i, purpose) * many)::bigint $$;

create function pg_temp.music(i bigint, contents bigint) returns bigint language sql immutable parallel safe as
$$ select case when i % 1000 = 43 then i - 1 when i % 1000 in (42, 44) then i when pg_temp.u(i, 1) < 0.2 then pg_temp.pick(i, 2, contents) else i end $$;

create function pg_temp.piece(music bigint, contents bigint) returns bigint language sql immutable parallel safe as
$$ select case when music % 1000 = 44 then music - 2 when music % 1000 = 42 then music when pg_temp.u(music, 3) < 0.1 then pg_temp.pick(music, 4, contents) else music end $$;

insert into midstream.analysis (
  sha256, analyzer_version, format, track_count, division, duration_seconds, duration_ticks, note_count, bpm,
  bpm_confidence, bpm_method, onset_bpm, onset_bpm_confidence, tempo_changes, onset_tempo_changes, key,
  key_confidence, key_meta, key_changes, time_signature, time_signature_confidence, time_signature_changes, grid,
  swing_ratio, pitch_min, pitch_max, polyphony_max, polyphony_mean, note_density, velocity_mean, programs,
  drum_note_count, music_hash, transposed_hash, title, track_names, lyrics, copyright, markers, warnings)
select
  sha256(('content ' || i)::bytea), 1, least(1, i % 5), 1 + i % 16, (array[96, 120, 192, 220, 384, 480])[1 + i % 6],
  20 + 400 * pg_temp.u(i, 10), 1000 + i % 100000, notes, bpm, pg_temp.u(i, 11)::real,
  (array['tempo_events', 'tempo_events', 'tempo_events', 'hybrid', 'onsets'])[pg_temp.pick(i, 12, 5)],
  (bpm * (0.98 + 0.04 * pg_temp.u(i, 13)))::real, pg_temp.u(i, 14)::real,
  jsonb_build_array(jsonb_build_object('seconds', 0, 'bpm', bpm)), '[]',
  key, case when key is null then null else (0.3 + 0.7 * pg_temp.u(i, 15))::real end,
  case when i % 3 = 0 then 'C major' end,
  case when key is null then '[]' else jsonb_build_array(jsonb_build_object('seconds', 0, 'key', key, 'confidence', 0.8))
    || case when i % 4 = 0 then jsonb_build_array(jsonb_build_object('seconds', 60, 'key', 'G major', 'confidence', 0.6)) else '[]' end end,
  meter, 0.9, jsonb_build_array(jsonb_build_object('tick', 0, 'seconds', 0, 'time_signature', meter)),
  (array['straight', 'straight', 'straight', 'straight', 'straight', 'straight', 'free', 'free', 'triplet', 'swung'])[pg_temp.pick(i, 16, 10)],
  1 + pg_temp.u(i, 17)::real,
  case when not drums then low end, case when not drums then least(127, low + 12 + pg_temp.pick(i, 18, 48)) end,
  case when pg_temp.u(i, 19) < 0.08 then 1 else 2 + pg_temp.pick(i, 20, 20) end, 2.5, 7.5, 40 + 60 * pg_temp.u(i, 21),
  case when drums then '{}' else
    (select array_agg(distinct (128 * pow(pg_temp.u(i, 100 + n::int), 2))::int % 128) from generate_series(1, pg_temp.pick(i, 22, 8)) n) end,
  case when drums then notes when i % 2 = 0 then notes / 4 else 0 end,
  substr(sha256(('music ' || music)::bytea), 1, 16),
  substr(sha256(('piece ' || pg_temp.piece(music, {contents}))::bytea), 1, 16),
  case when pg_temp.u(i, 23) < 0.6 then
    (array['Autumn', 'Blue', 'Cool', 'Dark', 'Eternal', 'First', 'Golden', 'Hidden', 'Indigo', 'July'])[pg_temp.pick(i, 24, 10)] || ' '
    || (array['Leaves', 'Moon', 'River', 'Train', 'Waltz', 'Song', 'Blues', 'Dance', 'Dream', 'Road'])[pg_temp.pick(i, 25, 10)] || ' '
    || pg_temp.pick(i, 26, 5000) end,
  array['Piano', 'Bass', 'Strings', 'Track ' || i % 100],
  case when lyrics then repeat('la la love in the morning light / ', 20) end,
  case when i % 10 = 0 then '(C) 1999 somebody' end, '{}',
  case when pg_temp.u(i, 27) < 0.03 then array['hanging_note:' || pg_temp.pick(i, 28, 9)] else '{}' end
from (
  select i,
    pg_temp.music(i, {contents}) as music,
    50 + (4000 * pow(pg_temp.u(i, 30), 2))::int as notes,
    round((60 + 60 * pg_temp.u(i, 31) + 60 * pg_temp.u(i, 32))::numeric, 2)::real as bpm,
    pg_temp.u(i, 33) < 0.04 as drums,
    pg_temp.u(i, 34) < 0.05 as lyrics,
    (24 + pg_temp.pick(i, 35, 50))::smallint as low,
    (array['4/4', '4/4', '4/4', '4/4', '4/4', '4/4', '4/4', '3/4', '3/4', '2/4', '6/8', '12/8', '5/4', '7/8'])[pg_temp.pick(i, 36, 14)] as meter,
    (array['C major', 'G major', 'D major', 'A major', 'E major', 'B major', 'F major', 'Bb major', 'Eb major', 'Ab major', 'Db major', 'Gb major',
      'A minor', 'E minor', 'B minor', 'F# minor', 'C# minor', 'G# minor', 'D minor', 'G minor', 'C minor', 'F minor', 'Bb minor', 'Eb minor'])
      [case when pg_temp.u(i, 33) < 0.04 or pg_temp.u(i, 37) < 0.05 then null else pg_temp.pick(i, 38, 24) end] as key
  from generate_series(1, {contents}) i) as random;

insert into midstream.run (run_id, started_at, finished_at, status, runner, input, options, files, analyzed, rejected, skipped)
select ('00000000-0000-0000-0000-' || lpad(to_hex(r), 12, '0'))::uuid, now() - r * interval '1 day', now() - r * interval '23 hours',
  'finished', 'DirectRunner', '/music', '{"analyzerVersion": 1}', {files} / 10, {files} / 10, 0, 0
from generate_series(1, 10) r;

-- The paths in the order in which runs have written them, the last of them now.
insert into midstream.file (uri, size_bytes, modified_at, sha256, status, reject_reason, reject_detail, reject_offset, run_id, processed_at)
select
  '/music/' || lpad((i / 1000)::text, 4, '0') || '/song-' || lpad(i::text, 7, '0') || '.mid',
  200 + (60000 * pow(pg_temp.u(i, 50), 3))::int, '2001-01-01'::timestamptz + i * interval '1 minute',
  case when rejected then sha256(('broken ' || i)::bytea)
    else sha256(('content ' || case when i <= {contents} then i when i % 20 = 0 then i / 20 % ({contents} / 1000) * 1000 + 42 else pg_temp.pick(i, 51, {contents}) end)::bytea) end,
  case when rejected then 'rejected' else 'analyzed' end,
  case when rejected then (array['not_midi', 'not_midi', 'not_midi', 'truncated_header', 'no_tracks', 'no_events', 'empty'])[pg_temp.pick(i, 52, 7)] end,
  case when rejected then 'no MThd in the first 65536 bytes' end, case when rejected then 0 end,
  ('00000000-0000-0000-0000-' || lpad(to_hex(1 + ({files} - i) * 10 / {files}), 12, '0'))::uuid,
  now() - ({files} - i) * interval '10 days' / {files}
from (select i, i > {contents} and pg_temp.u(i, 53) < 0.1 as rejected from generate_series(1, {files}) i) as random;
