select 'bank ' || bank.serial || ' is ' || bank.status || ' but '
       || coalesce('rental ' || rental.code || ' is ' || rental.status, 'no rental has it')
from power_banks as bank left join rentals as rental on rental.id = bank.rental_id
where (bank.status = 'RENTED'
       and (rental.id is null or not rental.is_open or rental.bank_id is distinct from bank.id))
   or (bank.status = 'RESERVED'
       and (rental.id is null or rental.status not in ('PENDING', 'PENDING_POPUP')
            or rental.bank_id is distinct from bank.id))
limit 20
