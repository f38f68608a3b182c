-- By id or by serial number: one of the two parameters is empty.
select json_build_object(
  'bank', row_to_json(bank), 'serial', station.serial, 'station_name', station.name,
  'rental_code', rental.code,
  'rentals', (select json_agg(past order by created_at desc, id desc) from (
                select * from rentals where bank_id = bank.id order by created_at desc, id desc limit 10
              ) as past),
  'cycles', (select json_agg(worn order by ended_at desc) from (
               select * from battery_cycles where bank_id = bank.id order by ended_at desc limit 5
             ) as worn),
  'minutes_rented', (select coalesce(sum(extract(epoch from ended_at - started_at)), 0)::bigint / 60
                     from rentals where bank_id = bank.id and ended_at > started_at))
from power_banks as bank
  left join stations as station on station.id = bank.station_id
  left join rentals as rental on rental.id = bank.rental_id
where bank.id = nullif(:id, '')::uuid or bank.serial = nullif(:serial, '')::bigint
