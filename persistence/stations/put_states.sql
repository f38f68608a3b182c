insert into station_states select * from json_populate_recordset(null::station_states, :rows::json)
on conflict (station_id) do update set
  is_online = excluded.is_online, last_seen_at = excluded.last_seen_at,
  online_since = excluded.online_since, hardware = excluded.hardware
