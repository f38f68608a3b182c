-- Journals, their lines and the balances, in one statement: the triggers see all of it when it ends.
-- An account is changed once a batch; a rider's line carries the balance after it, counted back from the
-- new one, which is told beside the lines as a row of its own: a window is cheaper than a join of two lists.
with journal as (
  insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count)
  select id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count
  from json_populate_recordset(null::ledger_journals, :journals::json)
), line as materialized (
  select *, case normal when 'D' then debit - credit else credit - debit end as change
  from json_to_recordset(:lines::json) as l(
    place integer, journal_id uuid, n integer, code text, owner_id uuid, account_owner_id uuid,
    commodity text, normal text, debit bigint, credit bigint, received bigint)
), delta as materialized (
  select code, account_owner_id, commodity, normal, sum(change)::bigint as change,
         sum(received)::bigint as received
  from line group by code, account_owner_id, commodity, normal
), changed as (
  update ledger_accounts as account
  set balance = account.balance + delta.change, received = account.received + delta.received
  from delta
  where account.code = delta.code and account.owner_id = delta.account_owner_id
    and account.commodity = delta.commodity
  returning account.code, account.owner_id, account.commodity, account.balance
), opened as (
  insert into ledger_accounts (code, owner_id, commodity, normal, balance, received, allow_negative)
  select code, account_owner_id, commodity, normal, change, received,
         account_owner_id = '00000000-0000-0000-0000-000000000000'
  from delta
  where not exists (
    select from ledger_accounts as account
    where account.code = delta.code and account.owner_id = delta.account_owner_id
      and account.commodity = delta.commodity)
  returning code, owner_id, commodity, balance
), told as (
  select journal_id, n, code, owner_id, account_owner_id, commodity, debit, credit, change, place,
         null::bigint as balance
  from line
  union all
  select null, null, code, null, owner_id, commodity, null, null, 0, 0, balance
  from (select * from changed union all select * from opened) as account
  where owner_id <> '00000000-0000-0000-0000-000000000000'
), counted as (
  select *, max(balance) over whole - (sum(change) over whole - sum(change) over so_far) as balance_after
  from told
  window whole as (partition by code, account_owner_id, commodity),
         so_far as (partition by code, account_owner_id, commodity order by place)
)
insert into ledger_lines
select journal_id, n, code, owner_id, commodity, debit, credit, balance_after
from counted where journal_id is not null
