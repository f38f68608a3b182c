select 'rental ' || rental.code || ' has ' || count(*) || ' charges ' || charge.kind
from rental_charges as charge join rentals as rental on rental.id = charge.rental_id
where charge.kind in ('BASE', 'LATE_FEE')
group by rental.id, rental.code, charge.kind having count(*) > 1
union all
select 'rental ' || rental.code || ' was charged by ' || count(*) || ' journals ' || journal.event_type
from ledger_journals as journal join rentals as rental on rental.id = journal.rental_id
where journal.event_key like '%:charge' or journal.event_key like '%:earn'
   or journal.event_key like '%:release' or journal.event_key like '%:late'
group by rental.id, rental.code, journal.event_type having count(*) > 1
union all
select 'rental ' || rental.code || ' was both earned and released'
from rentals as rental
where exists (select from ledger_journals where event_key = 'rental:' || rental.id || ':earn')
  and exists (select from ledger_journals where event_key = 'rental:' || rental.id || ':release')
union all
select 'rental ' || rental.code || ' has a ' || charge.kind || ' charge of ' || charge.amount
       || ' but was never charged in the ledger'
from rental_charges as charge join rentals as rental on rental.id = charge.rental_id
where charge.kind = 'BASE' and charge.amount > 0
  and not exists (select from ledger_journals
                  where event_key in ('rental:' || rental.id || ':charge',
                                      'rental:' || rental.id || ':usage'))
union all
-- What is added to the books of a rental is found by its explanation.
select 'journal ' || journal.event_key || ' is of rental ' || rental.code || ', which will not find it'
from ledger_journals as journal join rentals as rental on rental.id = journal.rental_id
where journal.event_key not like 'rental:' || rental.id || ':%'
  and journal.event_key not in ('points:rental:' || rental.id, 'points:timely:' || rental.id)
  and not exists (select from rental_extensions as extension
                  where extension.rental_id = rental.id
                    and journal.event_key in ('ext:' || extension.id, 'ext:' || extension.id || ':share'))
limit 20
