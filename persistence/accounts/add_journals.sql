-- Journals, balances and lines, in one statement: the triggers see all of it when it ends.
-- The writer has added up what the batch changes in each account, so an account is changed once a batch; a
-- line knows the sum up to itself. What the sum is added to is read here: the statement sees the accounts as
-- they were before it, whatever it changes.
with journal as (
  insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count)
  select id, event_type, event_key, occurred_at, rider_id, rental_id, memo, line_count
  from json_to_recordset(:journals::json) as j(
    id uuid, event_type text, event_key text, occurred_at timestamptz, rider_id uuid, rental_id uuid,
    memo text, line_count integer)
), delta as materialized (
  select * from json_to_recordset(:accounts::json) as d(
    code text, owner_id uuid, commodity text, normal text, change bigint, received bigint)
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
       case when so_far is not null then so_far + coalesce((
         select balance from ledger_accounts as before
         where before.code = line.code and before.owner_id = line.owner_id
           and before.commodity = line.commodity), 0) end
from json_to_recordset(:lines::json) as line(
  journal_id uuid, n integer, code text, owner_id uuid, commodity text, debit bigint, credit bigint,
  so_far bigint)
