-- Those that are dealt with come first and give way to a new one about the same thing.
insert into rental_issues
select * from json_populate_recordset(null::rental_issues, $1::json)
order by is_resolved or is_deleted desc
on conflict (id) do update set
  is_resolved = excluded.is_resolved, notes = excluded.notes, updated_at = excluded.updated_at,
  resolved_at = excluded.resolved_at, is_deleted = excluded.is_deleted
