select 'command ' || command.id || ' to ' || command.cabinet || ' is still ' || command.state
       || ' but rental ' || rental.code || ' is ' || rental.status
from device_commands as command join rentals as rental on rental.id = command.rental_id
where command.is_open and command.kind = 'popup_sn' and not rental.is_open
union all
select 'rental ' || rental.code || ' is ' || rental.status || ' but its start was never answered'
from stored_answers as answer join rentals as rental on rental.started_by = answer.id
where answer.status = 0 and not rental.is_open
union all
select 'rental ' || rental.code || ' has no history'
from rentals as rental where not exists (select from rental_log where rental_id = rental.id)
limit 20
