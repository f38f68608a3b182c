insert into power_banks
select pg_temp.numbered(2, n * 100 + number), 1000000000 + n * 100 + number, 'AVAILABLE', 90, 0, 0, 0,
       pg_temp.numbered(1, n), number, null
from generate_series(1, :stations::bigint) as n, generate_series(1, :slots::integer, 2) as number
