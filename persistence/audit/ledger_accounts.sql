-- An account is the sum of its lines; the house's accounts are kept under the nil owner.
with summed as (
  select code, commodity, sum(credit) - sum(debit) as credits,
         case when code in ('2000', '2001', '2010', '1200', 'P200') then owner_id
              else '00000000-0000-0000-0000-000000000000' end as owner_id
  from ledger_lines group by 1, 2, 4
), account as (
  select code, commodity, owner_id, case normal when 'D' then -balance else balance end as credits
  from ledger_accounts
)
select 'account ' || code || ' of ' || owner_id || ' holds ' || coalesce(account.credits, 0)
       || ' ' || commodity || ' but its lines sum up to ' || coalesce(summed.credits, 0)
from summed full join account using (code, commodity, owner_id)
where coalesce(account.credits, 0) <> coalesce(summed.credits, 0)
union all
select 'account ' || code || ' of ' || owner_id || ' is below zero: ' || balance
from ledger_accounts where balance < 0 and not allow_negative
limit 20
