-- The same fact told twice is one row.
insert into cabinet_reports select * from json_populate_recordset(null::cabinet_reports, :rows::json)
on conflict (dedupe_key) where dedupe_key is not null do nothing
