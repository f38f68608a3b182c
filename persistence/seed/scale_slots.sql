insert into station_slots
select pg_temp.numbered(1, n), number, case when number % 2 = 1 then 'OCCUPIED' else 'AVAILABLE' end,
       number % 2, case when number % 2 = 1 then 90 else -1 end, 25, 50, 0, 0, 0, false,
       timestamptz '2026-01-01 00:00:00+00'
from generate_series(1, :stations::integer) as n, generate_series(1, :slots::integer) as number
