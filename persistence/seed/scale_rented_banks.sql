insert into power_banks
select pg_temp.numbered(3, n), 3000000000 + n, 'RENTED', 90, 0, 0, 1, null, null, pg_temp.numbered(4, n)
from generate_series(1, :rentals::bigint) as n
