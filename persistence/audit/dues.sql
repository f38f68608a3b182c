-- A rental's bill, added up from its columns, is the sum of its rows. Points are whole, so a payment may be
-- up to nine paisa more than what it settles. The late fee of a bank that is still out is no row yet.
with bill as (
  select id, code, is_open, due, price + late_fee_charged + coalesce(extra.charged, 0) as charged,
         price + coalesce(extra.paid, 0) as paid, late_fee_charged
  from rentals left join lateral (
    select coalesce(extensions_charged, 0) + coalesce(usage_charged, 0) + coalesce(lost_penalty_charged, 0)
             + coalesce(adjustment, 0) as charged,
           coalesce(paid_later, 0) as paid
    from json_to_record(life) as one(extensions_charged bigint, usage_charged bigint,
                                     lost_penalty_charged bigint, adjustment bigint, paid_later bigint)
    where life is not null) as extra on true
)
(select 'rental ' || code || ' was charged ' || charged || ' but its rows say ' || written.amount
 from bill cross join lateral (
   select coalesce(sum(amount), 0) + case when is_open then late_fee_charged else 0 end as amount
   from rental_charges where rental_id = bill.id) as written
 where written.amount <> charged limit 20)
union all
(select 'rental ' || code || ' was paid ' || paid || ' but its rows say ' || written.amount
 from bill cross join lateral (
   select coalesce(sum(cash + goodwill + points * 10), 0) as amount, count(*) as payments
   from rental_payments where rental_id = bill.id) as written
 where abs(written.amount - paid) > 9 * payments limit 20)
union all
(select 'rental ' || code || ' owes ' || due || ' but was charged ' || charged || ' and paid ' || paid
 from bill where not is_open and due <> charged - paid limit 20)
union all
(select 'rider ' || coalesce(owing.rider_id, account.owner_id) || ' owes ' || coalesce(owing.due, 0)
        || ' for rentals but the ledger says ' || coalesce(account.balance, 0)
 from (select rider_id, sum(due) as due from rentals where due > 0 group by rider_id) as owing
 full join (select owner_id, balance from ledger_accounts where code = '1200' and balance <> 0) as account
   on account.owner_id = owing.rider_id
 where coalesce(owing.due, 0) <> coalesce(account.balance, 0) limit 20)
union all
-- What postpaid rentals hold (2010) is given back or spent when they end.
(select 'rider ' || coalesce(holding.rider_id, account.owner_id) || ' has ' || coalesce(holding.held, 0)
        || ' held for rentals but the ledger says ' || coalesce(account.balance, 0)
 from (select rider_id, sum((life ->> 'held')::bigint) as held from rentals
       where is_open and (life ->> 'held')::bigint > 0 group by rider_id) as holding
 full join (select owner_id, balance from ledger_accounts where code = '2010' and balance <> 0) as account
   on account.owner_id = holding.rider_id
 where coalesce(holding.held, 0) <> coalesce(account.balance, 0) limit 20)
