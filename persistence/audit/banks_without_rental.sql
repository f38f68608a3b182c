select 'bank ' || bank.serial || ' is ' || bank.status || ' but '
       || coalesce('rental ' || rental.code || ' is ' || rental.status, 'no rental has it')
from power_banks as bank left join rentals as rental on rental.id = bank.rental_id
where (bank.status = 'RENTED'
       and (rental.id is null or not rental.is_open or rental.bank_id is distinct from bank.id))
   or (bank.status = 'RESERVED'
       -- For a start, or for a swap; the old bank of a swap too, until the new one is out.
       and (rental.id is null or not rental.is_open
            or not ((rental.status in ('PENDING', 'PENDING_POPUP') and rental.bank_id = bank.id)
                    or (rental.bank_id = bank.id and rental.life -> 'swap' ->> 'returned_at' is not null)
                    or coalesce(rental.life -> 'swap' ->> 'bank' = bank.id::text, false))))
limit 20
