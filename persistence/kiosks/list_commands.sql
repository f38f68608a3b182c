-- Operators' commands, newest first; of one station also everything else it was told.
select json_build_object('command', row_to_json(command), 'station_id', station.id, 'serial', station.serial)
from device_commands as command left join stations as station on station.imei = command.cabinet
where (:station = '' or command.cabinet = (select imei from stations where serial = :station))
  and (:operators_only = 'false' or command.parameters is not null)
  and (:from = '' or command.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or command.created_at < nullif(:until, '')::timestamptz)
  and (:before_id = '' or (command.created_at, command.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by command.created_at desc, command.id desc
limit :limit::integer offset :offset::bigint
