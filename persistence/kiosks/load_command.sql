select json_build_object('command', row_to_json(command), 'station_id', station.id, 'serial', station.serial)
from device_commands as command left join stations as station on station.imei = command.cabinet
where command.id = :id::uuid
