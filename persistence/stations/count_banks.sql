select count(*)::text from power_banks as bank
where (:status = '' or bank.status = :status)
  and (:station = '' or bank.station_id = nullif(:station, '')::uuid)
  and (:search = '' or bank.serial::text like :search || '%')
  and bank.battery between :min_battery::integer and :max_battery::integer
