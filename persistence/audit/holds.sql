-- Deferred income (2050) of a rental is gone when it is earned or given back.
select 'rental ' || rental.code || ' is ' || rental.status || ' but still holds ' || held.amount || ' in 2050'
from (select owner_id, sum(credit) - sum(debit) as amount from ledger_lines where code = '2050'
      group by owner_id) as held
join rentals as rental on rental.id = held.owner_id
where held.amount <> 0 and rental.status in ('ACTIVE', 'OVERDUE', 'COMPLETED', 'CANCELLED')
union all
select '2050 holds ' || sum(line.credit) - sum(line.debit) || ' for ' || line.owner_id
       || ', which is no rental'
from ledger_lines as line left join rentals as rental on rental.id = line.owner_id
where line.code = '2050' and rental.id is null
group by line.owner_id having sum(line.credit) <> sum(line.debit)
limit 20
