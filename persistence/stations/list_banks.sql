select json_build_object('bank', row_to_json(bank), 'serial', station.serial, 'station_name', station.name,
                         'rental_code', rental.code)
from power_banks as bank
  left join stations as station on station.id = bank.station_id
  left join rentals as rental on rental.id = bank.rental_id
where (:status = '' or bank.status = :status)
  and (:station = '' or bank.station_id = nullif(:station, '')::uuid)
  and (:search = '' or bank.serial::text like :search || '%')
  and bank.battery between :min_battery::integer and :max_battery::integer
order by bank.serial
limit :limit::integer offset :offset::bigint
