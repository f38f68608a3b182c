-- Riders as they are some time after signing up: number 1 to :riders, each with the 50 points of his sign-up
-- and NPR 5,000 in his wallet, in the books and in the list of his movements. Numbered as
-- `chautari seed --open-rentals` numbers the riders it makes: the first :opened of them are there already and
-- get a wallet only. The house's accounts are added up once, as the writer adds up a batch.
-- Wants \set riders and \set opened before it, and a seeded database.
begin;
set local synchronous_commit = off;
create function pg_temp.numbered(kind integer, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;

insert into users (id, username, email, status, referral_code, created_at, last_login_at)
select pg_temp.numbered(5, n), 'rider' || n, 'rider' || n || '@example.test', 'ACTIVE', 'SCALE' || n,
       timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00'
from generate_series(:opened::bigint + 1, :riders::bigint) as n;

insert into ledger_accounts (code, owner_id, commodity, normal, balance, received, allow_negative)
select code, pg_temp.numbered(5, n), commodity, 'C', amount, amount, false
from generate_series(1, :riders::bigint) as n,
     (values ('2000', 'NPR', 500000), ('P200', 'PTS', 50)) as account(code, commodity, amount);

-- Without the guards of the ledger: they would sort six million lines to find what is so by construction, and
-- `chautari audit` finds it too.
set local session_replication_role = replica;
insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, memo, line_count)
select pg_temp.numbered(6, n), 'points-award', 'points:signup:' || pg_temp.numbered(5, n),
       timestamptz '2026-01-01 00:00:00+00', pg_temp.numbered(5, n), 'points earned', 4
from generate_series(1, :riders::bigint) as n;
insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, memo, line_count)
select pg_temp.numbered(7, n), 'topup', 'topup:demo:' || pg_temp.numbered(7, n),
       timestamptz '2026-01-02 00:00:00+00', pg_temp.numbered(5, n), 'wallet top-up', 2
from generate_series(1, :riders::bigint) as n;
-- In the order of their keys.
insert into ledger_lines (journal_id, n, code, owner_id, commodity, debit, credit, balance_after)
select pg_temp.numbered(6, rider), line.n, code, owner, commodity, debit, credit, after
from generate_series(1, :riders::bigint) as rider cross join lateral (values
  (1, 'P100.SIGNUP', '00000000-0000-0000-0000-000000000000'::uuid, 'PTS', 50, 0, null),
  (2, 'P200', pg_temp.numbered(5, rider), 'PTS', 0, 50, 50),
  (3, '5200.signup', '00000000-0000-0000-0000-000000000000', 'NPR', 500, 0, null),
  (4, '2400', '00000000-0000-0000-0000-000000000000', 'NPR', 0, 500, null)
) as line(n, code, owner, commodity, debit, credit, after);
insert into ledger_lines (journal_id, n, code, owner_id, commodity, debit, credit, balance_after)
select pg_temp.numbered(7, rider), line.n, code, owner, 'NPR', debit, credit, after
from generate_series(1, :riders::bigint) as rider cross join lateral (values
  (1, '1000.demo', '00000000-0000-0000-0000-000000000000'::uuid, 500000, 0, null),
  (2, '2000', pg_temp.numbered(5, rider), 0, 500000, 500000)
) as line(n, code, owner, debit, credit, after);

-- The open rentals of the seed have no history and no books yet.
insert into rental_log
select id, 2, 0, 'ejection-confirmed', '4.8-4', created_at, created_at, '{"result":"confirmed"}'
from rentals where is_open;
insert into rental_charges select id, 'BASE', 0, price, '{"duration_minutes":60}' from rentals where is_open;
insert into rental_payments select id, 0, null, price, 0, 0, false from rentals where is_open;
insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count)
select pg_temp.numbered(10 + part, substring(rider_name from 6)::bigint),
       case part when 0 then 'rental-charge' else 'rental-earn' end,
       'rental:' || id || case part when 0 then ':charge' else ':earn' end, created_at, rider_id, id,
       case part when 0 then 'rental ordered' else 'rental dispensed' end, 2
from rentals, generate_series(0, 1) as part where is_open;
insert into ledger_lines (journal_id, n, code, owner_id, commodity, debit, credit, balance_after)
select pg_temp.numbered(kind, substring(rider_name from 6)::bigint), line.n, line.code, owner, 'NPR', debit,
       credit, after
from rentals cross join lateral (values
  (10, 1, '2000', rider_id, price, 0, 500000 - price), (10, 2, '2050', rentals.id, 0, price, null),
  (11, 1, '2050', rentals.id, price, 0, null),
  (11, 2, '4000', '00000000-0000-0000-0000-000000000000', 0, price, null)
) as line(kind, n, code, owner, debit, credit, after) where is_open;
update ledger_accounts set balance = balance - rentals.price
from rentals where is_open and owner_id = rider_id and ledger_accounts.code = '2000';
insert into ledger_accounts (code, owner_id, commodity, normal, balance, received, allow_negative)
select '4000', '00000000-0000-0000-0000-000000000000', 'NPR', 'C', sum(price), 0, true from rentals
where is_open having count(*) > 0;

insert into transactions (id, code, rider_id, kind, status, method, amount, wallet_part, points_used,
                          journal_id, created_at)
select pg_temp.numbered(9, n), 'SCALE' || n, pg_temp.numbered(5, n), 'TOPUP', 'SUCCESS', 'GATEWAY', 500000,
       0, 0, pg_temp.numbered(7, n), timestamptz '2026-01-02 00:00:00+00'
from generate_series(1, :riders::bigint) as n;

insert into ledger_accounts (code, owner_id, commodity, normal, balance, received, allow_negative)
select code, '00000000-0000-0000-0000-000000000000', commodity, normal, amount * :riders::bigint, 0, true
from (values ('P100.SIGNUP', 'PTS', 'D', 50), ('5200.signup', 'NPR', 'D', 500), ('2400', 'NPR', 'C', 500),
             ('1000.demo', 'NPR', 'D', 500000)) as house(code, commodity, normal, amount);
commit;
