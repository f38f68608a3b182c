insert into strangers select * from json_populate_recordset(null::strangers, $1::json)
on conflict (cabinet) do update set
  state = excluded.state, last_seen_at = excluded.last_seen_at, calls = excluded.calls,
  door = excluded.door, address = excluded.address, sim = excluded.sim, hardware = excluded.hardware,
  notes = excluded.notes
