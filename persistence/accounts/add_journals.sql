-- Journals, their lines and the balances, in one statement: the triggers see all of it when it ends.
-- An account is changed once a batch; a rider's line carries the balance after it, counted back from the
-- new one.
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
), account as materialized (
  select * from changed union all select * from opened
)
insert into ledger_lines
select line.journal_id, line.n, line.code, line.owner_id, line.commodity, line.debit, line.credit,
       account.balance - (sum(line.change) over whole - sum(line.change) over so_far)
from line
left join account
  on account.code = line.code and account.owner_id = line.account_owner_id
     and account.commodity = line.commodity
     and line.account_owner_id <> '00000000-0000-0000-0000-000000000000'
window whole as (partition by line.code, line.account_owner_id, line.commodity),
       so_far as (partition by line.code, line.account_owner_id, line.commodity order by line.place)
