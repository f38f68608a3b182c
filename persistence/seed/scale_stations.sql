insert into stations (id, serial, imei, name, address, latitude, longitude, total_slots)
select pg_temp.numbered(1, n), 'SCALE-' || n, (870000000000000 + n)::text, 'Station ' || n, 'Ward ' || n % 32,
       26.5 + n % 997 * 0.003, 80.5 + n % 991 * 0.007, :slots::integer
from generate_series(1, :stations::integer) as n
