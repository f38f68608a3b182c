insert into rentals
select pg_temp.numbered(4, n), lpad(n::text, 8, 'Z'), pg_temp.numbered(5, n), 'rider' || n,
       pg_temp.numbered(1, 1 + n % :stations::bigint), 'SCALE-' || 1 + n % :stations::bigint,
       'Station ' || 1 + n % :stations::bigint, (870000000000001 + n % :stations::bigint)::text, 1,
       pg_temp.numbered(3, n), 3000000000 + n, 1, 90,
       (select row_to_json(rental_packages) from rental_packages order by duration_minutes limit 1),
       (select row_to_json(late_fee_configurations) from late_fee_configurations where is_active),
       'wallet', 5000, 5000, 0, 0, null, 'ACTIVE', true, 'NONE', false, false, 1,
       now(), now(), now() + interval '1 hour', null, null, '', 0, -1, false, false, 0, 0, false, null, 0, 2
from generate_series(1, :rentals::bigint) as n
