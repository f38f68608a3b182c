select 'rental ' || rental.code || ' is ' || rental.status || ' but its bank '
       || coalesce(bank.serial::text || ' is ' || bank.status, 'is unknown')
       || case when bank.rental_id is distinct from rental.id then ' and not bound to it' else '' end
from rentals as rental left join power_banks as bank on bank.id = rental.bank_id
where rental.is_open and rental.bank_id is not null
  -- The old bank of a swap is back; the new one is on its way.
  and (rental.life is null or rental.life -> 'swap' ->> 'returned_at' is null)
  and (bank.id is null
       or bank.rental_id is distinct from rental.id
       or (rental.status in ('ACTIVE', 'OVERDUE') and bank.status not in ('RENTED', 'QUARANTINED'))
       or (rental.status in ('PENDING', 'PENDING_POPUP') and not rental.ejection_uncertain
           and bank.status <> 'RESERVED'))
limit 20
