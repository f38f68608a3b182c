select json_build_object(
  'rental', row_to_json(rental),
  'return_serial', (select serial from stations where id = rental.return_station_id),
  'log', (select json_agg(line) from (
            select * from rental_log where rental_id = rental.id
            order by revision, n limit :rows::integer) as line),
  'charges', (select json_agg(charge) from (
                select * from rental_charges where rental_id = rental.id
                order by kind, n limit :rows::integer) as charge),
  'payments', (select json_agg(payment) from (
                 select * from rental_payments where rental_id = rental.id
                 order by n limit :rows::integer) as payment))
from rentals as rental where id = :rental::uuid
