-- What is owed is what was charged less what was paid; points may overpay by less than one point
-- a payment, and there are two at most.
select 'rental ' || rental.code || ' owes ' || rental.due || ' but its rows say ' || owed.amount
from rentals as rental
cross join lateral (
  select coalesce((select sum(amount) from rental_charges where rental_id = rental.id), 0)
         - coalesce((select sum(cash + goodwill + points * 10) from rental_payments
                     where rental_id = rental.id), 0) as amount) as owed
where rental.status = 'COMPLETED' and abs(greatest(owed.amount, 0) - rental.due) >= 20
union all
select 'rider ' || coalesce(owing.rider_id, account.owner_id) || ' owes ' || coalesce(owing.due, 0)
       || ' for rentals but the ledger says ' || coalesce(account.balance, 0)
from (select rider_id, sum(due) as due from rentals where not is_open and due > 0 group by rider_id) as owing
full join (select owner_id, balance from ledger_accounts where code = '1200' and balance <> 0) as account
  on account.owner_id = owing.rider_id
where coalesce(owing.due, 0) <> coalesce(account.balance, 0)
limit 20
