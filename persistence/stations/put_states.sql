insert into station_states select * from unnest($1::station_states[])
on conflict (station_id) do update set
  is_online = excluded.is_online, last_seen_at = excluded.last_seen_at,
  online_since = excluded.online_since, hardware = excluded.hardware
