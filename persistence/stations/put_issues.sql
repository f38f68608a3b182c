insert into station_issues select * from json_populate_recordset(null::station_issues, $1::json)
on conflict (id) do update set
  priority = excluded.priority, status = excluded.status, assigned_to = excluded.assigned_to,
  notes = excluded.notes, updated_at = excluded.updated_at, resolved_at = excluded.resolved_at,
  is_deleted = excluded.is_deleted
