insert into station_states (station_id, is_online, last_seen_at, online_since)
select pg_temp.numbered(1, n), false, timestamptz '2026-01-01 00:00:00+00',
       timestamptz '2026-01-01 00:00:00+00'
from generate_series(1, :stations::integer) as n
