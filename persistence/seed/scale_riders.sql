insert into users (id, username, email, status, referral_code, created_at, last_login_at)
select pg_temp.numbered(5, n), 'rider' || n, 'rider' || n || '@example.test', 'ACTIVE', 'SCALE' || n,
       timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00'
from generate_series(1, :rentals::bigint) as n
