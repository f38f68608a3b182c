-- Journals, balances and lines, in one statement: the triggers see all of it when it ends.
-- The writer has added up what the batch changes in each account, so an account is changed once a batch; a
-- line knows the sum up to itself. What the sum is added to is read here: the statement sees the accounts as
-- they were before it, whatever it changes. So the rows given carry changes where the tables have balances.
with journal as (
  insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count)
  select id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count
  from unnest($1::ledger_journals[])
), delta as materialized (
  select code, owner_id, commodity, normal, balance as change, received from unnest($2::ledger_accounts[])
), changed as (
  update ledger_accounts as account
  set balance = account.balance + delta.change, received = account.received + delta.received
  from delta
  where account.code = delta.code and account.owner_id = delta.owner_id
    and account.commodity = delta.commodity
), opened as (
  insert into ledger_accounts (code, owner_id, commodity, normal, balance, received, allow_negative)
  select code, owner_id, commodity, normal, change, received,
         owner_id = '00000000-0000-0000-0000-000000000000'
  from delta
  where not exists (
    select from ledger_accounts as account
    where account.code = delta.code and account.owner_id = delta.owner_id
      and account.commodity = delta.commodity)
)
insert into ledger_lines
select journal_id, n, code, owner_id, commodity, debit, credit,
       case when balance_after is not null then balance_after + coalesce((
         select balance from ledger_accounts as before
         where before.code = line.code and before.owner_id = line.owner_id
           and before.commodity = line.commodity), 0) end
from unnest($3::ledger_lines[]) as line
