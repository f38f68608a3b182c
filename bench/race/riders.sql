-- Riders as they are some time after signing up: number 1 to :riders, each with the 50 points of his sign-up
-- and NPR 5,000 in his wallet, in the books and in the list of his movements. Numbered as
-- `chautari seed --open-rentals` numbers the riders it makes: the first :opened of them are there already and
-- get a wallet only. The house's accounts are added up once, as the writer adds up a batch.
-- Wants \set riders and \set opened before it, and a seeded database.
begin;
set local synchronous_commit = off;
set local work_mem = '512MB';
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

-- One statement for journals and lines: the guard of the journals looks for their lines when it ends.
with event as materialized (
  select pg_temp.numbered(6 + part, n) as id, pg_temp.numbered(5, n) as rider, part,
         timestamptz '2026-01-01 00:00:00+00' + part * interval '1 day' as at
  from generate_series(1, :riders::bigint) as n, generate_series(0, 1) as part
), journal as (
  insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, memo, line_count)
  select id, case part when 0 then 'points-award' else 'topup' end,
         case part when 0 then 'points:signup:' || rider else 'topup:demo:' || id end, at, rider,
         case part when 0 then 'points earned' else 'wallet top-up' end, case part when 0 then 4 else 2 end
  from event
)
insert into ledger_lines (journal_id, n, code, owner_id, commodity, debit, credit, balance_after)
select id, line.n, code, case when is_own then rider else '00000000-0000-0000-0000-000000000000'::uuid end,
       commodity, debit, credit, case when is_own then credit end
from event join (values
  (0, 1, 'P100.SIGNUP', false, 'PTS', 50, 0), (0, 2, 'P200', true, 'PTS', 0, 50),
  (0, 3, '5200.signup', false, 'NPR', 500, 0), (0, 4, '2400', false, 'NPR', 0, 500),
  (1, 1, '1000.demo', false, 'NPR', 500000, 0), (1, 2, '2000', true, 'NPR', 0, 500000)
) as line(part, n, code, is_own, commodity, debit, credit) using (part);

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
