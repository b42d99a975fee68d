-- What is asked of the library, and the indexes that answer it. docs/queries.md has the questions; every index
-- here is there for one of them, and QueriesTest holds that. What only few rows have gets a partial index,
-- which costs the others nothing.

-- From a content to its paths: most questions end with it. Hashes have no order that anybody asks for, and a hash
-- index of them is smaller than a tree, and costs less when loading.
create index file_sha256 on midstream.file using hash (sha256);

-- Rejected files are few.
create index file_rejects on midstream.file (reject_reason, uri) where status = 'rejected';

-- Rows lie in the order of time, so a summary of each block is enough.
create index file_processed_at on midstream.file using brin (processed_at);

create index analysis_key_bpm on midstream.analysis (key, bpm);

-- What is the same music is the same transposed: one index for both. So few notes are no piece: thousands of
-- files that are one note would be the same.
create index analysis_music on midstream.analysis using hash (transposed_hash) where note_count >= 8;

create index analysis_title on midstream.analysis (lower(title) collate "C") where title is not null;

create index analysis_meter on midstream.analysis (time_signature, bpm) where time_signature not in ('4/4', '3/4', '2/4', '6/8');

create index analysis_melody on midstream.analysis (pitch_min, pitch_max) where polyphony_max = 1 and drum_note_count = 0;

create view midstream.rejects as
select f.reject_reason, f.uri, f.size_bytes, f.reject_offset, f.reject_detail, f.sha256, f.modified_at, f.run_id, f.processed_at
from midstream.file f
where f.status = 'rejected';
comment on view midstream.rejects is 'Every file that could not be analysed, and why.';

create view midstream.duplicates as
select
  f.sha256,
  (array_agg(f.uri order by length(f.uri), f.uri))[1] as canonical_uri,
  array_agg(f.uri order by length(f.uri), f.uri) as uris,
  count(*) as files,
  min(f.size_bytes) as size_bytes,
  (count(*) - 1) * min(f.size_bytes) as bytes_wasted
from midstream.file f
where f.sha256 is not null and f.missing_since is null
group by f.sha256
having count(*) > 1;
comment on view midstream.duplicates is 'Every content that has several paths, those of missing files left out: the same bytes.';

create view midstream.same_music as
select
  a.music_hash,
  a.transposed_hash,
  (array_agg(f.uri order by length(f.uri), f.uri))[1] as canonical_uri,
  array_agg(f.uri order by length(f.uri), f.uri) as uris,
  count(*) as files,
  count(distinct a.sha256) as contents
from midstream.analysis a
join midstream.file f on f.sha256 = a.sha256 and f.status = 'analyzed' and f.missing_since is null
where a.note_count >= 8
group by a.transposed_hash, a.music_hash
having count(distinct a.sha256) > 1;
comment on view midstream.same_music is 'Every piece of at least eight notes that comes in several contents: the same notes in other bytes.';

create view midstream.transposed_music as
select
  a.transposed_hash,
  (array_agg(f.uri order by length(f.uri), f.uri))[1] as canonical_uri,
  array_agg(f.uri order by length(f.uri), f.uri) as uris,
  count(*) as files,
  count(distinct a.music_hash) as transpositions
from midstream.analysis a
join midstream.file f on f.sha256 = a.sha256 and f.status = 'analyzed' and f.missing_since is null
where a.note_count >= 8
group by a.transposed_hash
having count(distinct a.music_hash) > 1;
comment on view midstream.transposed_music is 'Every piece of at least eight notes that comes in several keys: the same notes, all moved by one interval.';

-- One pass over the library; then a row for each count.
create view midstream.coverage as
with counts as (
  select
    count(*) as files,
    count(*) filter (where status = 'analyzed') as analyzed,
    count(*) filter (where status = 'rejected') as rejected,
    count(bpm) filter (where bpm_method = 'tempo_events') as bpm_tempo_events,
    count(bpm) filter (where bpm_method = 'hybrid') as bpm_hybrid,
    count(bpm) filter (where bpm_method = 'onsets') as bpm_onsets,
    count(onset_bpm) as onset_bpm,
    count(key) as key,
    count(key_meta) as key_meta,
    count(time_signature) filter (where time_signature_changes <> '[]') as meter_events,
    count(time_signature) filter (where time_signature_changes = '[]') as meter_onsets,
    count(grid) as grid,
    count(duration_seconds) as duration,
    count(pitch_min) as pitch,
    count(*) filter (where programs <> '{}') as programs,
    count(*) filter (where drum_note_count > 0) as drums,
    count(music_hash) as music,
    count(title) as title,
    count(*) filter (where track_names <> '{}') as track_names,
    count(lyrics) as lyrics,
    count(copyright) as copyright,
    count(*) filter (where markers <> '{}') as markers,
    count(*) filter (where warnings <> '{}') as warnings
  from midstream.library
)
select fact.name as fact, fact.method, fact.files, fact.files::double precision / nullif(counts.files, 0) as share
from counts
cross join lateral (values
  ('status', 'analyzed', analyzed),
  ('status', 'rejected', rejected),
  ('bpm', 'tempo_events', bpm_tempo_events),
  ('bpm', 'hybrid', bpm_hybrid),
  ('bpm', 'onsets', bpm_onsets),
  ('onset_bpm', 'onsets', onset_bpm),
  ('key', 'notes', key),
  ('key_meta', 'events', key_meta),
  ('time_signature', 'events', meter_events),
  ('time_signature', 'onsets', meter_onsets),
  ('grid', 'onsets', grid),
  ('duration_seconds', 'events', duration),
  ('pitch_min, pitch_max', 'notes', pitch),
  ('programs', 'events', programs),
  ('drum_note_count', 'notes', drums),
  ('music_hash', 'notes', music),
  ('title', 'texts', title),
  ('track_names', 'texts', track_names),
  ('lyrics', 'texts', lyrics),
  ('copyright', 'texts', copyright),
  ('markers', 'texts', markers),
  ('warnings', 'reading', warnings)
) as fact (name, method, files);
comment on view midstream.coverage is 'How many files have each fact, and by which method it was found; a fact above zero for counts, not null or not empty for all others.';

-- The columns of the tables explain themselves; a view's column of the same name says the same.
do $$
declare
  target record;
begin
  for target in
    select v.table_name, v.column_name, coalesce(a.comment, f.comment) as comment
    from information_schema.columns v
    left join lateral (
      select col_description('midstream.analysis'::regclass, t.attnum) as comment
      from pg_attribute t where t.attrelid = 'midstream.analysis'::regclass and t.attname = v.column_name) a on true
    left join lateral (
      select col_description('midstream.file'::regclass, t.attnum) as comment
      from pg_attribute t where t.attrelid = 'midstream.file'::regclass and t.attname = v.column_name) f on true
    where v.table_schema = 'midstream' and v.table_name in ('library', 'rejects', 'duplicates', 'same_music', 'transposed_music')
  loop
    if target.comment is not null then
      execute format('comment on column midstream.%I.%I is %L', target.table_name, target.column_name, target.comment);
    end if;
  end loop;
end
$$;
comment on column midstream.duplicates.canonical_uri is 'The path to keep: the shortest, and of equally long ones the first by bytes.';
comment on column midstream.duplicates.uris is 'All paths, the canonical one first.';
comment on column midstream.duplicates.files is 'How many paths.';
comment on column midstream.duplicates.bytes_wasted is 'The size of all but one.';
comment on column midstream.same_music.canonical_uri is 'The shortest path of any of the contents, and of equally long ones the first by bytes.';
comment on column midstream.same_music.uris is 'All paths of all contents, the canonical one first.';
comment on column midstream.same_music.files is 'How many paths.';
comment on column midstream.same_music.contents is 'How many different contents.';
comment on column midstream.transposed_music.canonical_uri is 'The shortest path of any of the contents, and of equally long ones the first by bytes.';
comment on column midstream.transposed_music.uris is 'All paths of all contents, the canonical one first.';
comment on column midstream.transposed_music.files is 'How many paths.';
comment on column midstream.transposed_music.transpositions is 'In how many keys.';
comment on column midstream.coverage.fact is 'The column, or columns, that hold it.';
comment on column midstream.coverage.method is 'How it was found.';
comment on column midstream.coverage.files is 'Files that have it.';
comment on column midstream.coverage.share is 'Of all files of the library, 0 to 1.';
