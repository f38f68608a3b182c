-- The same fact told twice is one row.
insert into cabinet_reports select * from unnest($1::cabinet_reports[])
on conflict (dedupe_key) where dedupe_key is not null do nothing
